using System.Globalization;
using Spectral.Core.Numerics;

namespace Spectral.Core.Cutoffs;

/// <summary>The rule that all cutoffs share: no split among values that the method could not resolve.</summary>
internal static class TrustedRank
{
    /// <summary>The split after r values, or a refusal where sigma_r lies below the trust floor.</summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="rank">r.</param>
    /// <param name="alpha">The cutoff that was asked for in units of sigma, or null where a rank was; then sigma_r is reported.</param>
    public static CutoffOutcome Split(SingularSpectrum spectrum, int rank, double? alpha)
    {
        int trusted = spectrum.TrustedCount;
        if (rank > spectrum.Values.Length)
            return Refused($"rank {rank} is more than the {spectrum.Values.Length} singular values that there are");
        if (rank > trusted)
            return Refused($"rank {rank} reaches below the trust floor {spectrum.TrustFloor:0.0e+0}: {trusted} values lie above it");
        if (alpha < spectrum.TrustFloor)
            return Refused($"the cutoff {alpha:0.0##e+0} lies below the trust floor {spectrum.TrustFloor:0.0e+0}");
        double reported = alpha ?? (rank == 0 ? spectrum.Largest : spectrum.Values[rank - 1]);
        return CutoffOutcome.Of(SpaceSplit.At(spectrum, rank, reported));
    }

    /// <summary>#{sigma_s >= alpha}.</summary>
    public static int CountFrom(SingularSpectrum spectrum, double alpha) => spectrum.Values.Count(value => value >= alpha);

    private static CutoffOutcome Refused(FormattableString reason) =>
        CutoffOutcome.Refused(reason.ToString(CultureInfo.InvariantCulture));
}
