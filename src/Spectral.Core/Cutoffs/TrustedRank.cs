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
        int count = spectrum.Values.Length;
        string which = spectrum.IsComplete ? "there are" : "were computed";
        if (rank > count)
            return Refused($"rank {rank} is more than the {count} singular values that {which}");
        if (rank > trusted)
        {
            return Refused(
                $"rank {rank} reaches below the trust floor {spectrum.TrustFloor:0.0e+0}: {trusted} values lie above it");
        }

        if (alpha < spectrum.TrustFloor)
            return Refused($"the cutoff {alpha:0.0##e+0} lies below the trust floor {spectrum.TrustFloor:0.0e+0}");
        // Equal values may follow the last one that was computed.
        if (!spectrum.IsComplete && count > 0 && alpha <= spectrum.Values[^1])
        {
            return Refused(
                $"the cutoff {alpha:0.0##e+0} reaches the last of the {count} singular values that were computed: ask for more");
        }

        double reported = alpha ?? (rank == 0 ? spectrum.Largest : spectrum.Values[rank - 1]);
        return CutoffOutcome.Of(SpaceSplit.At(spectrum, rank, reported));
    }

    /// <summary>#{sigma_s >= alpha}.</summary>
    public static int CountFrom(SingularSpectrum spectrum, double alpha) => spectrum.Values.Count(value => value >= alpha);

    private static CutoffOutcome Refused(FormattableString reason) =>
        CutoffOutcome.Refused(reason.ToString(CultureInfo.InvariantCulture));
}
