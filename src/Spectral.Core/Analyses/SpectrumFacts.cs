using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// What every spectrum is recorded with, whatever a spec asks for: how far its values can be trusted and where it was
/// split. Units are those of J's singular values.
/// </summary>
public static class SpectrumFacts
{
    private const string Sigma = "sigma of J";

    /// <summary>The facts of one checkpoint and split.</summary>
    public static ImmutableArray<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "spectrum");
        SingularSpectrum spectrum = view.Spectrum;
        double floor = spectrum.TrustFloor;
        double frobeniusSlack = floor * Math.Sqrt(spectrum.Values.Length);
        ImmutableArray<Measurement> facts =
        [
            row.Exact("parameters", spectrum.Columns, "parameters"),
            row.Exact("trust_floor", floor, Sigma),
            row.Exact("below_trust_floor", spectrum.Values.Length - spectrum.TrustedCount, "singular values"),
            Value(row, "sigma_1", spectrum.Largest, floor, ErrorAt(spectrum, 1)),
            row.Within(
                "frobenius_norm",
                spectrum.FrobeniusNorm,
                Math.Max(0, spectrum.FrobeniusNorm - frobeniusSlack),
                spectrum.FrobeniusNorm + frobeniusSlack,
                Sigma),
        ];
        if (view.Cutoff.Split is not { } split)
            return facts;
        double gap = split.Gap, at = ErrorAt(spectrum, split.Rank), below = ErrorAt(spectrum, split.Rank + 1);
        return
        [
            .. facts,
            Value(row, "sigma_r", split.SigmaAt, floor, at),
            Value(row, "sigma_r_plus_1", split.SigmaBelow, floor, below),
            double.IsNaN(gap)
                ? row.Undefined("gap", Sigma)
                : row.Within("gap", gap, Math.Max(0, gap - (at + below)), gap + (at + below), Sigma),
            row.Exact("information_angle_bound", split.AngleBound, "sine"),
        ];
    }

    /// <summary>A singular value; below the floor only that is known of it.</summary>
    private static Measurement Value(MeasurementRow row, string quantity, double value, double floor, double error)
    {
        if (double.IsNaN(value))
            return row.Undefined(quantity, Sigma);
        return value >= floor
            ? row.Within(quantity, value, value - error, value + error, Sigma)
            : row.Within(quantity, double.NaN, 0, floor, Sigma) with { Status = "below_trust_floor" };
    }

    /// <summary>The error of sigma_s; the floor where there is no such value.</summary>
    private static double ErrorAt(SingularSpectrum spectrum, int position) =>
        position >= 1 && position <= spectrum.Values.Length ? spectrum.ErrorOf(position - 1) : spectrum.TrustFloor;
}
