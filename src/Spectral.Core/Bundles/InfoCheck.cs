using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Bundles;

/// <summary>The bag's metadata: every required label once, values of their form, and the payload's true size.</summary>
internal static class InfoCheck
{
    private static readonly ImmutableArray<(string Label, Func<string, bool> IsRight, string Expected)> Forms =
    [
        (BagInfo.SoftwareAgent, value => value.Trim().Length > 0, "a program"),
        (BagInfo.BaggingDate, IsDay, "a day as YYYY-MM-DD"),
        (BagInfo.Identifier, BundleIdentity.IsName, "a name of a-z, 0-9 and -"),
        (BagInfo.BundleVersion, value => value == BagInfo.Version, BagInfo.Version),
        (BagInfo.PlanHash, Hex.IsSha256, "a lower-case SHA-256"),
        (BagInfo.ContentDigestLabel, Hex.IsSha256, "a lower-case SHA-256"),
        (BagInfo.NumericEnvironment, Hex.IsSha256, "a lower-case SHA-256"),
    ];

    /// <summary>
    /// Checks the file and gives it to the checks that compare with it; null where it cannot be read.
    /// </summary>
    public static BagInfo? Run(BundleInventory bundle, List<BundleProblem> problems)
    {
        if (bundle.Read(BagLayout.Info) is not { } bytes)
            return null;
        var info = BagInfo.Read(bytes, problems);
        foreach (var label in BagInfo.Required.Add(BagInfo.ExternalDescription))
        {
            var count = info.Fields.Count(field => field.Key.Equals(label, StringComparison.OrdinalIgnoreCase));
            if (count > 1 || (count == 0 && label != BagInfo.ExternalDescription))
                problems.Add(new BundleProblem(BagLayout.Info, $"{count} lines of {label}", "one"));
        }

        foreach (var (label, isRight, expected) in Forms)
        {
            if (info[label] is { } value && !isRight(value))
                problems.Add(new BundleProblem(BagLayout.Info, $"{label}: {value}", expected));
        }

        CheckOxum(bundle, info, problems);
        return info;
    }

    private static void CheckOxum(BundleInventory bundle, BagInfo info, List<BundleProblem> problems)
    {
        var payload = bundle.Files.Where(file => ManifestCheck.IsPayload(file.Key)).Select(file => file.Value).ToList();
        var found = new PayloadOxum(payload.Sum(), payload.Count).ToString();
        if (info[BagInfo.Oxum] is { } said && said != found)
            problems.Add(new BundleProblem(
                BagLayout.PayloadFolder, $"octets and files {found}", $"{said}, as {BagLayout.Info} says"));
    }

    private static bool IsDay(string text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
