using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The two manifests of a bundle: their form, that they list every file they must and no other, the hashes.
/// </summary>
internal static class ManifestCheck
{
    /// <summary>
    /// The payload manifest lists each payload file exactly once and nothing else (RFC 8493, section 3).
    /// </summary>
    public static void Payload(BundleInventory bundle, List<BundleProblem> problems) => Check(
        bundle, BagLayout.PayloadManifest, IsPayload, bundle.Files.Keys.Where(IsPayload), problems);

    /// <summary>The tag manifest lists the other tag files and nothing else (RFC 8493, section 2.2.1).</summary>
    public static void Tags(BundleInventory bundle, List<BundleProblem> problems) => Check(
        bundle, BagLayout.TagManifest, path => BagLayout.TagFiles.Contains(path), BagLayout.TagFiles, problems);

    /// <summary>Whether a path from the bundle's root lies in the payload.</summary>
    public static bool IsPayload(string path) => path.StartsWith(BagLayout.PayloadPrefix, StringComparison.Ordinal);

    private static void Check(
        BundleInventory bundle, string manifest, Func<string, bool> mayList, IEnumerable<string> mustList,
        List<BundleProblem> problems)
    {
        if (bundle.Read(manifest) is not { } bytes)
            return;
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in BagManifest.Read(bytes, manifest, problems).Entries)
        {
            listed.Add(entry.Path);
            if (!mayList(entry.Path))
                problems.Add(new BundleProblem(manifest, $"'{entry.Path}'", "only files that this manifest is for"));
            else if (bundle.IsRefused(entry.Path))
                continue;
            else if (!bundle.Files.ContainsKey(entry.Path))
                problems.Add(new BundleProblem(entry.Path, "no such file", $"a file, since {manifest} lists it"));
            else if (Hash(bundle, entry.Path) is { } found && found != entry.Hash)
                problems.Add(new BundleProblem(
                    entry.Path, $"SHA-512 {found}", $"SHA-512 {entry.Hash}, as {manifest} says"));
        }

        foreach (var path in mustList.Where(path => !listed.Contains(path)))
            problems.Add(new BundleProblem(path, $"no line in {manifest}", $"one line in {manifest}"));
    }

    private static string? Hash(BundleInventory bundle, string path) =>
        bundle.Attempt(path, () => ContentHash.Sha512OfFile(bundle.Locate(path)));
}
