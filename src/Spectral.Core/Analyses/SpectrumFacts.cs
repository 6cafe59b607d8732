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
        double frobeniusSlack = spectrum.FrobeniusError;
        ImmutableArray<Measurement> facts =
        [
            row.Exact("parameters", spectrum.Columns, "parameters"),
            row.Exact("trust_floor", floor, Sigma),
            row.Exact("below_trust_floor", spectrum.Values.Length - spectrum.TrustedCount, "singular values"),
            Value(row, "sigma_1", spectrum, 0),
            row.Within(
                "frobenius_norm",
                spectrum.FrobeniusNorm,
                Math.Max(0, spectrum.FrobeniusNorm - frobeniusSlack),
                spectrum.FrobeniusNorm + frobeniusSlack,
                Sigma),
            .. spectrum.SquareError > 0 && spectrum.IsComplete
                ? [
                    row.Exact("negative_eigenvalues", spectrum.NegativeCount, "eigenvalues of J J^T"),
                    row.Exact("most_negative_eigenvalue", spectrum.MostNegative, "sigma of J squared"),
                ]
                : ImmutableArray<Measurement>.Empty,
            .. spectrum.Residuals.IsEmpty
                ? ImmutableArray<Measurement>.Empty
                : [row.Exact("largest_residual", spectrum.Residuals.Max(), "sigma of J squared")],
            .. view.SelfCheck is { } apart ? [row.Exact("self_check", apart, "ratio")] : ImmutableArray<Measurement>.Empty,
        ];
        if (view.Cutoff.Split is not { } split)
            return facts;
        double gap = split.Gap;
        double slack = Error(spectrum, split.Rank - 1) + Error(spectrum, split.Rank);
        return
        [
            .. facts,
            Value(row, "sigma_r", spectrum, split.Rank - 1),
            Value(row, "sigma_r_plus_1", spectrum, split.Rank),
            double.IsNaN(gap) || IsLeftOut(spectrum, split.Rank)
                ? row.Undefined("gap", Sigma)
                : row.Within("gap", gap, Math.Max(0, gap - slack), gap + slack, Sigma),
            row.Exact("information_angle_bound", split.AngleBound, "sine"),
        ];
    }

    /// <summary>
    /// A singular value by its index; below the floor only that is known of it, and a value that was left out of a partial
    /// spectrum is undefined. Behind the last of a complete spectrum stands 0.
    /// </summary>
    private static Measurement Value(MeasurementRow row, string quantity, SingularSpectrum spectrum, int index)
    {
        if (index < 0 || IsLeftOut(spectrum, index))
            return row.Undefined(quantity, Sigma);
        double value = index < spectrum.Values.Length ? spectrum.Values[index] : 0, error = Error(spectrum, index);
        return value >= spectrum.TrustFloor
            ? row.Within(quantity, value, value - error, value + error, Sigma)
            : row.Within(quantity, double.NaN, 0, spectrum.TrustFloor, Sigma) with { Status = "below_trust_floor" };
    }

    private static bool IsLeftOut(SingularSpectrum spectrum, int index) =>
        index >= spectrum.Values.Length && !spectrum.IsComplete;

    private static double Error(SingularSpectrum spectrum, int index) =>
        index >= 0 && index < spectrum.Values.Length ? spectrum.ErrorOf(index) : spectrum.TrustFloor;
}
