using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Noises;

/// <summary>A fraction of the training labels becomes the next class: c turns into c + 1 mod K.</summary>
/// <param name="Rate">rho in [0, 1]; exactly round(rho n) labels change, halves rounded up.</param>
public sealed record PairFlipNoise(double Rate) : LabelNoise
{
    private static readonly Field<double> RateField = Field.Real(
        "rate",
        (PairFlipNoise noise) => noise.Rate,
        "Fraction rho of the training labels that are replaced; exactly round(rho n) of them.",
        Interval.Closed(0, 1),
        unit: "fraction of n");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<LabelNoise, PairFlipNoise>(
        kind: "pair_flip",
        summary: "A fraction of the training labels becomes the next class, c + 1 mod K in the order of the outputs.",
        source: "arXiv:1804.06872, pair flipping",
        example: "{pair_flip: 0.45}",
        fields: [RateField],
        bind: settings => new PairFlipNoise(settings.Of(RateField)));

    /// <inheritdoc/>
    public override string? Problem(int outputs, bool areClasses) => NoiseTargets.TwoClasses(outputs, areClasses);

    /// <inheritdoc/>
    public override TargetArrays Corrupt(TargetArrays clean, ulong seed)
    {
        NoiseTargets.Require(this, clean);
        int[] given = [.. clean.Labels];
        foreach (int example in CorruptedExamples.Choose(Rate, given.Length, seed))
            given[example] = (given[example] + 1) % clean.Outputs;
        return TargetArrays.OneHot([.. given], clean.Outputs);
    }
}
