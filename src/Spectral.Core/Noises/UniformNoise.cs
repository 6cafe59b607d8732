using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Noises;

/// <summary>A fraction of the training labels is replaced by a uniformly random, strictly different class.</summary>
/// <param name="Rate">rho in [0, 1]; exactly round(rho n) labels change, halves rounded up.</param>
public sealed record UniformNoise(double Rate) : LabelNoise
{
    private static readonly Field<double> RateField = Field.Real(
        "rate",
        (UniformNoise noise) => noise.Rate,
        "Fraction rho of the training labels that are replaced; exactly round(rho n) of them.",
        Interval.Closed(0, 1),
        unit: "fraction of n");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<LabelNoise, UniformNoise>(
        kind: "uniform",
        summary: "A fraction of the training labels becomes a uniformly random other class.",
        source: "arXiv:1906.05392v2, section 4, label corruption",
        example: "{uniform: 0.5}",
        fields: [RateField],
        bind: settings => new UniformNoise(settings.Of(RateField)));

    /// <inheritdoc/>
    public override string? Problem(int outputs, bool areClasses) => NoiseTargets.TwoClasses(outputs, areClasses);

    /// <inheritdoc/>
    public override TargetArrays Corrupt(TargetArrays clean, ulong seed)
    {
        NoiseTargets.Require(this, clean);
        int[] given = [.. clean.Labels];
        foreach (int example in CorruptedExamples.Choose(Rate, given.Length, seed))
        {
            int shift = new RandomStream(seed, "noise/label", (ulong)example).NextIndex(clean.Outputs - 1);
            given[example] = (given[example] + 1 + shift) % clean.Outputs;
        }

        return TargetArrays.OneHot([.. given], clean.Outputs);
    }
}
