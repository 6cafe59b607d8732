using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>The content digest of a bundle: computed again, and compared with both places that state it.</summary>
internal static class ContentCheck
{
    private const string Path = BagLayout.PayloadPrefix + BagLayout.Content;

    /// <summary>Checks <c>content.json</c> file by file, its digest, its spelling, and the bag's metadata.</summary>
    public static void Run(BundleInventory bundle, BagInfo? info, List<BundleProblem> problems)
    {
        if (bundle.Read(Path) is not { } bytes || Recompute(bundle) is not { } actual)
            return;
        if (info?[BagInfo.ContentDigestLabel] is { } said && said != actual.Digest)
            problems.Add(new BundleProblem(
                BagLayout.Info, $"{BagInfo.ContentDigestLabel}: {said}", $"{actual.Digest}, the digest of the files"));
        ContentDigest stated;
        try
        {
            stated = ContentDigest.Parse(bytes);
        }
        catch (FormatException error)
        {
            problems.Add(new BundleProblem(Path, error.Message, "the content digest"));
            return;
        }

        foreach (var path in stated.Files.Keys.Union(actual.Files.Keys).Order(StringComparer.Ordinal))
        {
            var (found, expected) = (actual.Files.GetValueOrDefault(path), stated.Files.GetValueOrDefault(path));
            if (found != expected)
                problems.Add(new BundleProblem(BagLayout.PayloadPrefix + path,
                    found is null ? "no content file" : $"SHA-256 {found}",
                    expected is null ? $"none in {Path}" : $"{expected}, as {Path} says"));
        }

        if (stated.Digest != actual.Digest)
            problems.Add(new BundleProblem(
                Path, $"digest {stated.Digest}", $"{actual.Digest}, the digest of the files"));
        else if (!actual.ToBytes().AsSpan().SequenceEqual(bytes))
            problems.Add(new BundleProblem(Path, "JSON in another spelling", "canonical JSON (RFC 8785)"));
    }

    private static ContentDigest? Recompute(BundleInventory bundle)
    {
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in bundle.Files.Keys.Where(ManifestCheck.IsPayload))
        {
            var name = path[BagLayout.PayloadPrefix.Length..];
            if (!ContentDigest.Covers(name))
                continue;
            // A file that cannot be read is reported; a digest without it would only be a second report.
            if (bundle.IsRefused(path) || bundle.Attempt(path, () => ContentHash.Sha256OfFile(bundle.Locate(path))) is not { } hash)
                return null;
            hashes.Add(name, hash);
        }

        return ContentDigest.Of(hashes);
    }
}
