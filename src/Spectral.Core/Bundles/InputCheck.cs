using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The files that a plan was given: each is named by the SHA-256 of its own bytes, so that the plan's hash, which holds
/// that digest, vouches for them.
/// </summary>
internal static class InputCheck
{
    private const string Prefix = BagLayout.PayloadPrefix + "inputs/";

    /// <summary>Checks every file below <c>inputs/</c>.</summary>
    public static void Run(BundleInventory bundle, List<BundleProblem> problems)
    {
        foreach (var path in bundle.Files.Keys.Where(path => path.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (!bundle.IsRefused(path)
                && bundle.Attempt(path, () => ContentHash.Sha256OfFile(bundle.Locate(path))) is { } hash
                && path != $"{Prefix}{hash}.safetensors")
                problems.Add(new BundleProblem(path, $"SHA-256 {hash}", "the one that its name says"));
        }
    }
}
