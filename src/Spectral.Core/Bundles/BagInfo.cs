using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Spectral.Core.Bundles;

/// <summary>
/// The metadata of a bag, <c>bag-info.txt</c> (RFC 8493, section 2.2.2): lines <c>Label: value</c> in a fixed order.
/// </summary>
/// <param name="Fields">Labels and values in the order of the file.</param>
public sealed record BagInfo(ImmutableArray<KeyValuePair<string, string>> Fields)
{
    /// <summary>The version of the bundle's layout, the value of <see cref="BundleVersion"/>.</summary>
    public const string Version = "1";

    /// <summary>The program that made the bag.</summary>
    public const string SoftwareAgent = "Bag-Software-Agent";

    /// <summary>The day on which it was sealed, in UTC.</summary>
    public const string BaggingDate = "Bagging-Date";

    /// <summary>The run's name.</summary>
    public const string Identifier = "External-Identifier";

    /// <summary>The author's description in one line; left out where there is none.</summary>
    public const string ExternalDescription = "External-Description";

    /// <summary>Bytes and files of the payload.</summary>
    public const string Oxum = "Payload-Oxum";

    /// <summary>The version of the bundle's layout.</summary>
    public const string BundleVersion = "Spectral-Bundle-Version";

    /// <summary>SHA-256 of <c>data/plan.json</c>.</summary>
    public const string PlanHash = "Spectral-Plan-Hash";

    /// <summary>The digest of <c>data/content.json</c>.</summary>
    public const string ContentDigestLabel = "Spectral-Content-Digest";

    /// <summary>SHA-256 of everything about the machine that decides bits.</summary>
    public const string NumericEnvironment = "Spectral-Numeric-Environment";

    /// <summary>The labels that every bundle has exactly once.</summary>
    internal static readonly ImmutableArray<string> Required =
    [
        SoftwareAgent, BaggingDate, Identifier, Oxum, BundleVersion, PlanHash, ContentDigestLabel, NumericEnvironment,
    ];

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The first value of a label, whose case does not matter; null where there is none.</summary>
    /// <param name="label">The label.</param>
    public string? this[string label] => Fields
        .Where(field => string.Equals(field.Key, label, StringComparison.OrdinalIgnoreCase))
        .Select(field => field.Value)
        .FirstOrDefault();

    /// <summary>The metadata of a bundle.</summary>
    /// <param name="identity">What the bundle is of.</param>
    /// <param name="contentDigest">The digest over its content.</param>
    /// <param name="oxum">The size of its payload.</param>
    /// <param name="finished">When the run ended.</param>
    public static BagInfo Of(
        BundleIdentity identity, string contentDigest, PayloadOxum oxum, DateTimeOffset finished)
    {
        var day = finished.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var description = OneLine(identity.Description);
        var fields = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        fields.Add(new(SoftwareAgent, identity.Software));
        fields.Add(new(BaggingDate, day));
        fields.Add(new(Identifier, identity.Name));
        if (description.Length > 0)
            fields.Add(new(ExternalDescription, description));
        fields.Add(new(Oxum, oxum.ToString()));
        fields.Add(new(BundleVersion, Version));
        fields.Add(new(PlanHash, identity.PlanHash));
        fields.Add(new(ContentDigestLabel, contentDigest));
        fields.Add(new(NumericEnvironment, identity.NumericEnvironment));
        return new BagInfo(fields.ToImmutable());
    }

    /// <summary>The whole file in UTF-8, every line ended by LF.</summary>
    public byte[] ToBytes() =>
        StrictUtf8.GetBytes(string.Concat(Fields.Select(field => $"{field.Key}: {field.Value}\n")));

    /// <summary>
    /// Reads the file in the form that <see cref="ToBytes"/> writes: no value goes over several lines.
    /// </summary>
    /// <param name="utf8">The whole file.</param>
    /// <exception cref="FormatException">The first departure from that form.</exception>
    public static BagInfo Parse(ReadOnlySpan<byte> utf8)
    {
        var problems = new List<BundleProblem>();
        var info = Read(utf8, problems);
        return problems is [var first, ..]
            ? throw new FormatException($"{first.Path}: found {first.Found}, expected {first.Expected}")
            : info;
    }

    /// <summary>Reads what can be read, and reports the rest.</summary>
    internal static BagInfo Read(ReadOnlySpan<byte> utf8, List<BundleProblem> problems)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new BundleProblem(BagLayout.Info, "invalid UTF-8", "UTF-8"));
            return new BagInfo([]);
        }

        if (!text.EndsWith('\n'))
            problems.Add(new BundleProblem(
                BagLayout.Info, "a last line without an end", "LF at the end of every line"));
        var fields = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n'))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && !line.Any(char.IsControl) && !line[..colon].Any(char.IsWhiteSpace))
                fields.Add(new(line[..colon], line[(colon + 2)..]));
            else
                problems.Add(new BundleProblem(BagLayout.Info, $"the line '{line}'", "Label: value"));
        }

        return new BagInfo(fields.ToImmutable());
    }

    private static string OneLine(string text) => string.Concat(text
        .Replace("\r\n", "\n", StringComparison.Ordinal)
        .Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
}
