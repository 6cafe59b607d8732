using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>The plan of a bundle: in canonical form, and the one that the bag's metadata name.</summary>
internal static class PlanCheck
{
    private const string Path = BagLayout.PayloadPrefix + BagLayout.Plan;

    /// <summary>Checks the plan's bytes. Whether this version can run them is not asked.</summary>
    public static void Run(BundleInventory bundle, BagInfo? info, List<BundleProblem> problems)
    {
        if (bundle.Read(Path, BagLayout.LargestPlan) is not { } bytes)
            return;
        var hash = ContentHash.Sha256(bytes);
        if (info?[BagInfo.PlanHash] is { } said && said != hash)
            problems.Add(new BundleProblem(Path, $"SHA-256 {hash}", $"{said}, the plan hash in {BagLayout.Info}"));
        try
        {
            if (!CanonicalJson.Serialize(CanonicalJson.Parse(bytes)).AsSpan().SequenceEqual(bytes))
                problems.Add(new BundleProblem(Path, "JSON in another spelling", "canonical JSON (RFC 8785)"));
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            problems.Add(new BundleProblem(Path, error.Message, "canonical JSON (RFC 8785)"));
        }
    }
}
