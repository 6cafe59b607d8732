using System.Globalization;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart two tables are. Header, rows, texts and integers must be equal; a real number may be off by
/// 1e-9 + 1e-6 |x|, and the distance is the largest departure in units of that.
/// </summary>
internal static class TableDistance
{
    private const double Absolute = 1e-9;
    private const double Relative = 1e-6;
    private const string Measure = "max |d| / (1e-9 + 1e-6 |x|)";

    /// <summary>Compares two tables cell by cell.</summary>
    public static ArtifactVerdict Judge(string path, CsvTable original, CsvTable again)
    {
        if (!original.Header.AsSpan().SequenceEqual(again.Header.AsSpan()))
            return ArtifactVerdict.Incomparable(path, "other columns");
        if (original.Rows.Length != again.Rows.Length)
            return ArtifactVerdict.Incomparable(path, string.Create(CultureInfo.InvariantCulture,
                $"{original.Rows.Length} rows, then {again.Rows.Length}"));
        var largest = 0.0;
        for (var row = 0; row < original.Rows.Length; row++)
        {
            for (var column = 0; column < original.Header.Length; column++)
            {
                var (a, b) = (original.Rows[row][column], again.Rows[row][column]);
                if (a == b)
                    continue;
                if (Distance(a, b) is not { } distance)
                    return ArtifactVerdict.Incomparable(path, string.Create(CultureInfo.InvariantCulture,
                        $"row {row + 1}, {original.Header[column]}: '{a}', then '{b}'"));
                largest = Math.Max(largest, distance);
            }
        }

        return ArtifactVerdict.Measured(path, largest, 1, Measure);
    }

    // Null for cells that differ and are not two finite reals.
    private static double? Distance(string a, string b)
    {
        if ((IsInteger(a) && IsInteger(b)) || Real(a) is not { } x || Real(b) is not { } y)
            return null;
        return Math.Abs(x - y) / (Absolute + Relative * Math.Abs(x));
    }

    // A real may be written without a point, so only two such cells are taken for a count.
    private static bool IsInteger(string text) => text.AsSpan(text.StartsWith('-') ? 1 : 0) is { Length: > 0 } digits
        && !digits.ContainsAnyExceptInRange('0', '9');

    private static double? Real(string text)
    {
        try
        {
            var value = CsvTable.ParseNumber(text);
            return double.IsFinite(value) ? value : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
