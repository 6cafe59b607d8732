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
            Value(row, "sigma_1", spectrum.Largest, floor),
            row.Within(
                "frobenius_norm",
                spectrum.FrobeniusNorm,
                Math.Max(0, spectrum.FrobeniusNorm - frobeniusSlack),
                spectrum.FrobeniusNorm + frobeniusSlack,
                Sigma),
        ];
        if (view.Cutoff.Split is not { } split)
            return facts;
        double gap = split.Gap;
        return
        [
            .. facts,
            Value(row, "sigma_r", split.SigmaAt, floor),
            Value(row, "sigma_r_plus_1", split.SigmaBelow, floor),
            double.IsNaN(gap) ? row.Undefined("gap", Sigma) : row.Within("gap", gap, Math.Max(0, gap - (2 * floor)), gap + (2 * floor), Sigma),
            row.Exact("information_angle_bound", split.AngleBound, "sine"),
        ];
    }

    /// <summary>A singular value; below the floor only that is known of it.</summary>
    private static Measurement Value(MeasurementRow row, string quantity, double value, double floor)
    {
        if (double.IsNaN(value))
            return row.Undefined(quantity, Sigma);
        return value >= floor
            ? row.Within(quantity, value, value - floor, value + floor, Sigma)
            : row.Within(quantity, double.NaN, 0, floor, Sigma) with { Status = "below_trust_floor" };
    }
}
