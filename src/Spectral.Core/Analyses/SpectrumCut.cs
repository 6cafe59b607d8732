using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// A cutoff as a place on the axis of singular values, for methods that know no singular vectors: everything at or
/// above <see cref="High"/> certainly belongs to the information space, nothing below <see cref="Low"/> does.
/// </summary>
/// <param name="Alpha">The cutoff that is reported.</param>
/// <param name="Rank">r, where the spectrum was computed that far.</param>
/// <param name="Low">In units of sigma, at most <see cref="High"/>.</param>
/// <param name="High">In units of sigma.</param>
/// <param name="Slack">
/// What rounding in J J^T may move of a unit vector's energy across the cut: its bound over the gap of the squares
/// (Davis and Kahan); 0 where no gap is known and Low and High leave room for it instead.
/// </param>
/// <param name="Status"><c>ok</c>, or <c>cluster_cut</c> where the space is not unique.</param>
internal sealed record SpectrumCut(double Alpha, int? Rank, double Low, double High, double Slack, string Status)
{
    /// <summary>The cut of a run's cutoff, or null where it was refused and needs singular values that are not
    /// known.</summary>
    public static SpectrumCut? Of(Cutoff cutoff, SpectralView view)
    {
        SingularSpectrum spectrum = view.Spectrum;
        if (view.Cutoff.Split is not { } split)
        {
            return cutoff.Threshold(spectrum.Largest) is { } alpha && spectrum.Largest > 0
                ? At(alpha, spectrum, alpha / spectrum.Largest * spectrum.ErrorOf(0))
                : null;
        }

        if (split.Rank == 0)
            return At(split.Alpha, spectrum, 0);
        double floor = Floor(spectrum), error = spectrum.ErrorOf(split.Rank - 1);
        if (split.CutsCluster || double.IsNaN(split.SigmaBelow))
        {
            return At(split.SigmaAt, spectrum, error) with
            {
                Alpha = split.Alpha,
                Rank = split.Rank,
                Status = split.CutsCluster ? "cluster_cut" : "ok",
            };
        }

        // Anywhere in the gap is the same space, and far from both of its ends the bounds are tightest.
        double below = Math.Max(split.SigmaBelow, Math.Min(floor, split.SigmaAt)), middle = (split.SigmaAt + below) / 2;
        double gap = (split.SigmaAt - split.SigmaBelow) * (split.SigmaAt + split.SigmaBelow);
        return new SpectrumCut(
            split.Alpha, split.Rank, middle, middle, Math.Min(1, floor * floor / gap), "ok");
    }

    /// <summary>The cut at a cutoff, whatever stands near it: rounding in J J^T is given room on both sides.</summary>
    /// <param name="alpha">In units of sigma.</param>
    /// <param name="spectrum">For sigma_1 and the sizes.</param>
    /// <param name="error">What alpha itself may be off by.</param>
    public static SpectrumCut At(double alpha, SingularSpectrum spectrum, double error)
    {
        double room = Math.Pow(Floor(spectrum), 2), low = alpha - error, high = alpha + error;
        return new SpectrumCut(
            alpha,
            null,
            Math.Sqrt(Math.Max(0, (low * Math.Abs(low)) - room)),
            Math.Sqrt((high * high) + room),
            0,
            "ok");
    }

    /// <summary>sigma_1 sqrt(2 u max(nK, p)): what products with J J^T do not tell from rounding.</summary>
    public static double Floor(SingularSpectrum spectrum) =>
        spectrum.Largest * Math.Sqrt(2 * UnitRoundoff.Float64 * Math.Max(spectrum.Rows, spectrum.Columns));
}
