using System.Collections.Immutable;

namespace Spectral.Core.Bundles;

/// <summary>
/// Where the spectra of two runs have gaps. Inside a cluster of equal singular values the single vectors are free to
/// turn, so that only what is bounded by gaps in both runs can be compared.
/// </summary>
/// <remarks>
/// By Wedin's theorem a change of J by d turns a span that a gap g bounds by an angle of sine d / g at most: a change
/// within the standard tolerance of spectra, by the standard tolerance of subspaces at most.
/// </remarks>
internal static class SpectralBlocks
{
    /// <summary>Neighbours whose values differ by less than this part of sigma_1 are of one cluster.</summary>
    public const double SmallestGap = 1e-6;

    /// <summary>Whether a gap stands between two neighbours; a NaN, under the trust floor, has none before it.</summary>
    public static bool IsGap(double value, double next, double largest) => value - next >= SmallestGap * largest;

    /// <summary>
    /// The ends of the blocks that gaps bound in both spectra: numbers k of leading values behind which a gap stands,
    /// ascending, and at last the number of all values.
    /// </summary>
    /// <param name="original">Singular values, descending; NaN below the trust floor.</param>
    /// <param name="again">As many of the second run.</param>
    public static ImmutableArray<int> Ends(ReadOnlySpan<double> original, ReadOnlySpan<double> again)
    {
        ImmutableArray<int>.Builder ends = ImmutableArray.CreateBuilder<int>();
        for (int k = 1; k <= original.Length; k++)
        {
            if (k == original.Length
                || (IsGap(original[k - 1], original[k], original[0]) && IsGap(again[k - 1], again[k], again[0])))
                ends.Add(k);
        }

        return ends.ToImmutable();
    }
}
