using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>
/// A table of text with a header, as a CSV file (RFC 4180 with LF as the line end): quotes only where they are
/// needed, so that equal tables make equal bytes.
/// </summary>
/// <remarks>Two tables of equal content are not <c>==</c>: compare <see cref="ToBytes"/>.</remarks>
/// <param name="Header">The names of the columns, at least one, each once.</param>
/// <param name="Rows">The rows, each as long as the header.</param>
public sealed record CsvTable(ImmutableArray<string> Header, ImmutableArray<ImmutableArray<string>> Rows)
{
    /// <summary>The most columns of a table that is read.</summary>
    public const int MaximumColumns = 1000;

    private const int LongestQuoted = 80;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The whole file in UTF-8, the header first, every line ended by LF.</summary>
    /// <exception cref="InvalidOperationException">
    /// The header is empty or repeats a name, or a row is not as long as the header.
    /// </exception>
    /// <exception cref="ArgumentException">A field is not well-formed Unicode.</exception>
    public byte[] ToBytes()
    {
        if (HeaderFault(Header) is { } fault)
            throw new InvalidOperationException(fault);
        var text = new StringBuilder();
        AppendLine(text, Header);
        for (var i = 0; i < Rows.Length; i++)
        {
            if (Rows[i].Length != Header.Length)
                throw new InvalidOperationException(
                    $"row {i} has {Rows[i].Length} fields, the header has {Header.Length}");
            AppendLine(text, Rows[i]);
        }

        return StrictUtf8.GetBytes(text.ToString());
    }

    /// <summary>Reads a whole file.</summary>
    /// <remarks>CR LF ends a line too; the last line must be ended, so that a file cut short is seen.</remarks>
    /// <param name="utf8">The bytes of the file, without a byte order mark.</param>
    /// <exception cref="FormatException">
    /// Invalid UTF-8, a quote where none may be, a field that is not closed, a last line without an end, no header, a
    /// header that repeats a name, more than <see cref="MaximumColumns"/> columns, or a row not as long as the header;
    /// the message begins with the line.
    /// </exception>
    public static CsvTable Parse(ReadOnlySpan<byte> utf8)
    {
        var lines = new CsvReader(utf8).Records();
        if (lines.Count == 0)
            throw new FormatException("CSV, line 1: found an empty file, expected a header");
        var header = lines[0].Fields;
        if (HeaderFault(header) is { } fault)
            throw new FormatException($"CSV, line 1: {fault}");
        foreach (var (line, fields) in lines)
        {
            if (fields.Length != header.Length)
                throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                    $"CSV, line {line}: found {fields.Length} fields, expected {header.Length}"));
        }

        return new CsvTable(header, [.. lines.Skip(1).Select(line => line.Fields)]);
    }

    /// <summary>The index of a column.</summary>
    /// <param name="name">Its name in the header; case matters.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public int Column(string name)
    {
        var index = Header.IndexOf(name);
        return index >= 0
            ? index
            : throw new ArgumentException($"no column '{name}' among {string.Join(", ", Header)}", nameof(name));
    }

    /// <summary>
    /// A number as the shortest text that reads back as the same double, such as 0.1, 1E-07 or -0; <c>nan</c>,
    /// <c>inf</c> and <c>-inf</c>, as NumPy and pandas read them.
    /// </summary>
    /// <param name="value">Any double.</param>
    public static string Number(double value) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ => ShortestNumber.Of(value),
    };

    /// <summary>Reads what <see cref="Number"/> writes, and any other decimal number without white space.</summary>
    /// <param name="text">The number.</param>
    /// <exception cref="FormatException">It is no number, or too large for a double.</exception>
    public static double ParseNumber(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const NumberStyles style =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            // The test for finiteness also turns away .NET's own words, such as Infinity, and 1e999.
            _ when double.TryParse(text, style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                => value,
            _ => throw new FormatException(
                $"found '{SafeText.Of(text, LongestQuoted)}', expected a number, nan, inf or -inf"),
        };
    }

    private static string? HeaderFault(ImmutableArray<string> header)
    {
        if (header.IsDefaultOrEmpty)
            return "the header has no columns";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return header.FirstOrDefault(name => !seen.Add(name)) is { } twice
            ? $"the header names the column '{twice}' twice"
            : null;
    }

    private static void AppendLine(StringBuilder text, ImmutableArray<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            // Many readers skip a blank line, which one empty field alone would be.
            var quoted = fields[i].AsSpan().ContainsAny(",\"\r\n") || (fields.Length == 1 && fields[i].Length == 0);
            text.Append(quoted ? $"\"{fields[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : fields[i]);
        }

        text.Append('\n');
    }
}
