using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>Single singular values by their index, and where the spectrum falls most steeply.</summary>
/// <param name="Indices">Indices s from 1; one that a spectrum does not reach is undefined there.</param>
/// <param name="Beyond">Ratios sigma_s / sigma_{s+1} are compared for s above this index, 0 or more.</param>
public sealed record SingularValues(ImmutableArray<int> Indices, int Beyond) : SpectralAnalysis
{
    private static readonly Field<ImmutableArray<int>> IndicesField = Field.Integers(
        "indices", (SingularValues analysis) => analysis.Indices, "Indices s of singular values, from 1.", minimum: 1);

    private static readonly Field<int> BeyondField = Field.Integer(
        "beyond",
        (SingularValues analysis) => analysis.Beyond,
        "The largest ratio sigma_s / sigma_{s+1} is looked for at s above this index.",
        minimum: 0,
        preset: 0);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, SingularValues>(
        kind: "singular_values",
        summary: "Singular values by index, and the largest ratio of neighbours beyond an index.",
        source: "arXiv:1906.05392v2, figure 4",
        example: "{singular_values: {indices: [1, 4, 90, 91], beyond: 63}}",
        fields: [IndicesField, BeyondField],
        bind: settings => new SingularValues(settings.Of(IndicesField), settings.Of(BeyondField)));

    /// <summary>
    /// <c>sigma_S</c> for each index; <c>largest_ratio</c> and the s at which it stands, <c>largest_ratio_index</c>, whose
    /// interval covers every s that the errors of the values leave possible.
    /// </summary>
    /// <inheritdoc/>
    public override ImmutableArray<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "singular_values");
        SingularSpectrum spectrum = view.Spectrum;
        return
        [
            .. Indices.Select(index => Value(row, spectrum, index)),
            .. Largest(row, spectrum),
        ];
    }

    private static Measurement Value(MeasurementRow row, SingularSpectrum spectrum, int index)
    {
        const string Unit = "sigma of J";
        string quantity = string.Create(CultureInfo.InvariantCulture, $"sigma_{index}");
        if (index > spectrum.Values.Length)
            return row.Undefined(quantity, Unit);
        double value = spectrum.Values[index - 1], error = spectrum.ErrorOf(index - 1);
        return value >= spectrum.TrustFloor && value > 0
            ? row.Within(quantity, value, value - error, value + error, Unit)
            : row.Within(quantity, double.NaN, 0, spectrum.TrustFloor, Unit) with { Status = "below_trust_floor" };
    }

    private ImmutableArray<Measurement> Largest(MeasurementRow row, SingularSpectrum spectrum)
    {
        ImmutableArray<Ratio> ratios =
        [
            .. Enumerable.Range(Beyond + 1, Math.Max(0, spectrum.TrustedCount - Beyond - 1)).Select(s => Ratio.At(spectrum, s)),
        ];
        if (ratios.IsEmpty)
            return [row.Undefined("largest_ratio"), row.Undefined("largest_ratio_index")];
        Ratio largest = ratios.MaxBy(ratio => ratio.Value)!;
        ImmutableArray<Ratio> possible = [.. ratios.Where(ratio => ratio.Upper >= largest.Lower)];
        return
        [
            row.Within("largest_ratio", largest.Value, largest.Lower, possible.Max(ratio => ratio.Upper)),
            row.Within(
                "largest_ratio_index", largest.Index, possible[0].Index, possible[^1].Index, "index of a singular value"),
        ];
    }

    /// <summary>sigma_s / sigma_{s+1} with what the errors of both leave possible.</summary>
    private sealed record Ratio(int Index, double Value, double Lower, double Upper)
    {
        public static Ratio At(SingularSpectrum spectrum, int s)
        {
            double above = spectrum.Values[s - 1], below = spectrum.Values[s];
            double over = spectrum.ErrorOf(s - 1), under = spectrum.ErrorOf(s);
            return new Ratio(
                s,
                above / below,
                (above - over) / (below + under),
                below > under ? (above + over) / (below - under) : double.PositiveInfinity);
        }
    }
}
