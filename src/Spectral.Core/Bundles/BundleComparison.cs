using System.Collections.Immutable;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Bundles;

/// <summary>
/// Compares the content of two runs of one plan, file by file, with a measure and a tolerance for each kind. Trained
/// weights have no tolerance, since training amplifies rounding without bound.
/// </summary>
/// <remarks>
/// Singular values: max |d sigma| / sigma_1. Left singular vectors: sine of the largest principal angle between spans
/// that gaps bound, blind to sign and rotation. Projections: the norm of each cluster's part, in parts of the vector's.
/// Other real arrays: max |d| / max |x|. Tables: real numbers by an absolute and a relative tolerance or within their
/// own intervals, errors as counts, other integers and texts equal. Everything else: bitwise.
/// </remarks>
public static class BundleComparison
{
    private const int BlockLength = 1 << 20;

    /// <summary>Gives every content file of either payload its verdict.</summary>
    /// <param name="original">The payload of the first run.</param>
    /// <param name="again">The payload of the second.</param>
    /// <param name="tolerances">What counts as the same.</param>
    /// <returns>One verdict for each file, in the order of the paths' bytes.</returns>
    /// <exception cref="IOException">A file cannot be read, or a symbolic link lies in a payload.</exception>
    public static ImmutableArray<ArtifactVerdict> Compare(
        ArtifactFolder original, ArtifactFolder again, Tolerances tolerances)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(again);
        ArgumentNullException.ThrowIfNull(tolerances);
        var (first, second) = (ContentOf(original), ContentOf(again));
        return
        [
            .. first.Union(second).Order(Utf8Order.Instance).Select(path =>
                !second.Contains(path) ? ArtifactVerdict.Missing(path, "only in the original")
                : !first.Contains(path) ? ArtifactVerdict.Missing(path, "only in the second run")
                : Judge(path, original, again, tolerances)),
        ];
    }

    private static HashSet<string> ContentOf(ArtifactFolder payload) =>
        payload.Files().Where(ContentDigest.Covers).ToHashSet(StringComparer.Ordinal);

    private static ArtifactVerdict Judge(
        string path, ArtifactFolder original, ArtifactFolder again, Tolerances tolerances)
    {
        if (HasSameBytes(Path.Combine(original.Root, path), Path.Combine(again.Root, path)))
            return new ArtifactVerdict(path, Verdict.Bitwise, 0, null, "bytes");
        try
        {
            return (Path.GetFileName(path), Path.GetExtension(path)) switch
            {
                ("singular_values.npy", _) => SpectrumDistance.Judge(path, original, again, tolerances.Spectra),
                ("projections.npy", _) => ProjectionDistance.Judge(path, original, again, tolerances),
                ("left_vectors.npy", _) => SubspaceDistance.Judge(path, original, again, tolerances.Subspaces),
                (_, ".npy") => ArrayDistance.Judge(
                    path, Npy(original, path), Npy(again, path), tolerances.Arrays),
                (_, ".csv") => TableDistance.Judge(
                    path, CsvTable.Parse(original.Read(path)), CsvTable.Parse(again.Read(path)), tolerances),
                (_, ".safetensors") => WeightsDistance.Judge(
                    path, Safetensors.Parse(original.Read(path)), Safetensors.Parse(again.Read(path))),
                _ => ArtifactVerdict.Incomparable(path, "bytes"),
            };
        }
        catch (FormatException error)
        {
            return ArtifactVerdict.Incomparable(path, $"unreadable: {error.Message}");
        }
    }

    private static NpyArray Npy(ArtifactFolder payload, string path) => NpyArray.Parse(payload.Read(path));

    private static bool HasSameBytes(string first, string second)
    {
        using var a = new FileStream(first, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        using var b = new FileStream(second, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        if (a.Length != b.Length)
            return false;
        var (left, right) = (new byte[BlockLength], new byte[BlockLength]);
        while (true)
        {
            var count = a.ReadAtLeast(left, BlockLength, throwOnEndOfStream: false);
            if (count != b.ReadAtLeast(right, BlockLength, throwOnEndOfStream: false)
                || !left.AsSpan(0, count).SequenceEqual(right.AsSpan(0, count)))
                return false;
            if (count < BlockLength)
                return true;
        }
    }
}
