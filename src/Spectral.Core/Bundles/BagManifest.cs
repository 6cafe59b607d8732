using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>One line of a manifest.</summary>
/// <param name="Hash">The SHA-512 of the file, 128 lower-case hexadecimal digits.</param>
/// <param name="Path">The file, from the bag's root with '/' between segments, decoded.</param>
public sealed record ManifestEntry(string Hash, string Path);

/// <summary>
/// A manifest of a bag (RFC 8493, sections 2.1.3 and 2.2.1) in the one form that we write: lower-case hash, two spaces
/// (which <c>sha512sum -c</c> reads), path; lines in the order of the paths' bytes, each ended by LF.
/// </summary>
/// <param name="Entries">The lines.</param>
public sealed record BagManifest(ImmutableArray<ManifestEntry> Entries)
{
    private const string Separator = "  ";
    private const string HashExpectation = "128 lower-case hexadecimal digits";

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The whole file, sorted.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries.OrderBy(entry => entry.Path, Utf8Order.Instance))
            text.Append(entry.Hash).Append(Separator).Append(Encode(entry.Path)).Append('\n');
        return StrictUtf8.GetBytes(text.ToString());
    }

    /// <summary>Reads a manifest in the form that <see cref="ToBytes"/> writes.</summary>
    /// <param name="utf8">The whole file.</param>
    /// <exception cref="FormatException">The first departure from that form.</exception>
    public static BagManifest Parse(ReadOnlySpan<byte> utf8)
    {
        var problems = new List<BundleProblem>();
        var manifest = Read(utf8, "manifest", problems);
        return problems is [var first, ..]
            ? throw new FormatException($"{first.Path}, {first.Found}: expected {first.Expected}")
            : manifest;
    }

    /// <summary>Reads what can be read of a manifest from a source that is not trusted, and reports the rest.</summary>
    /// <param name="utf8">The whole file.</param>
    /// <param name="name">Its name, for the report.</param>
    /// <param name="problems">Where every departure from the form is put.</param>
    internal static BagManifest Read(ReadOnlySpan<byte> utf8, string name, List<BundleProblem> problems)
    {
        var entries = ImmutableArray.CreateBuilder<ManifestEntry>();
        string text;
        try
        {
            text = StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new BundleProblem(name, "invalid UTF-8", "UTF-8"));
            return new BagManifest([]);
        }

        if (text.Length > 0 && text[^1] != '\n')
            problems.Add(new BundleProblem(name, "a last line without an end", "LF at the end of every line"));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? previous = null;
        var number = 0;
        foreach (var line in text.EndsWith('\n') ? text[..^1].Split('\n') : text.Length > 0 ? text.Split('\n') : [])
        {
            number++;
            if (ReadLine(line, Report) is not { } entry)
                continue;
            if (!seen.Add(entry.Path))
                Report($"'{entry.Path}' a second time", "each file once");
            else if (previous is not null && Utf8Order.Instance.Compare(previous, entry.Path) > 0)
                Report($"'{entry.Path}' after '{previous}'", "the order of the paths' bytes");
            previous = entry.Path;
            entries.Add(entry);
        }

        return new BagManifest(entries.ToImmutable());

        void Report(string found, string expected) => problems.Add(
            new BundleProblem(name, string.Create(CultureInfo.InvariantCulture, $"line {number}: {found}"), expected));
    }

    private static ManifestEntry? ReadLine(string line, Action<string, string> report)
    {
        var space = line.IndexOf(' ');
        var hash = space < 0 ? line : line[..space];
        if (hash.Length != Hex.Sha512Length || !hash.All(char.IsAsciiHexDigit))
        {
            report($"'{Shortened(hash)}' for a hash", HashExpectation);
            return null;
        }

        if (!Hex.IsSha512(hash))
            report($"the hash '{Shortened(hash)}' in upper case", HashExpectation);
        if (space < 0 || !line.AsSpan(space).StartsWith(Separator))
        {
            report("no two spaces after the hash", "hash, two spaces, path");
            return null;
        }

        var written = line[(space + Separator.Length)..];
        if (Decode(written) is not { } path)
        {
            report($"the path '{written}'", "no '%' but in %0A, %0D and %25");
            return null;
        }

        // Nothing refused here is ever looked up on the disk (RFC 8493, section 5.1).
        if (PathFault(path) is { } fault)
        {
            report($"the path '{path}'", $"a path inside the bag, but {fault}");
            return null;
        }

        return new ManifestEntry(hash.ToLowerInvariant(), path);
    }

    // A payload file is also a name below data/, where a '~' or a drive letter would come first again.
    private static string? PathFault(string path) => ArtifactName.Fault(path)
        ?? (path.StartsWith(BagLayout.PayloadPrefix, StringComparison.Ordinal)
            ? ArtifactName.Fault(path[BagLayout.PayloadPrefix.Length..]) : null);

    private static string Encode(string path) => path
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string? Decode(string written)
    {
        var path = new StringBuilder();
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] != '%')
            {
                path.Append(written[i]);
                continue;
            }

            if (i + 2 >= written.Length)
                return null;
            char? decoded = written.AsSpan(i, 3) switch { "%0A" => '\n', "%0D" => '\r', "%25" => '%', _ => null };
            if (decoded is null)
                return null;
            path.Append(decoded.Value);
            i += 2;
        }

        return path.ToString();
    }

    private static string Shortened(string text) => text.Length <= 20 ? text : text[..20] + "...";
}
