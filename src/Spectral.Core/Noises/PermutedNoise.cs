using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Noises;

/// <summary>
/// The targets of a fraction of the training examples are permuted among themselves, so that class counts stay. The
/// chosen examples nest: those of a rate are among those of any higher one. The mask lies inside the chosen ones: a
/// label that moves to an example of the same class changes nothing there, so that masks themselves need not nest.
/// </summary>
/// <param name="Rate">rho in [0, 1]; exactly round(rho n) examples take part, halves rounded up.</param>
public sealed record PermutedNoise(double Rate) : LabelNoise
{
    private static readonly Field<double> RateField = Field.Real(
        "rate",
        (PermutedNoise noise) => noise.Rate,
        "Fraction rho of the training examples that permute their targets; exactly round(rho n) of them.",
        Interval.Closed(0, 1),
        unit: "fraction of n");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<LabelNoise, PermutedNoise>(
        kind: "permuted",
        summary: "The targets of a fraction of the training examples are permuted among themselves; class counts stay.",
        source: "after arXiv:1611.03530, random labels; as a permutation it is ours",
        example: "{permuted: 0.5}",
        fields: [RateField],
        bind: settings => new PermutedNoise(settings.Of(RateField)));

    /// <inheritdoc/>
    public override string? Problem(int outputs, bool areClasses) => null;

    /// <inheritdoc/>
    public override TargetArrays Corrupt(TargetArrays clean, ulong seed)
    {
        int[] chosen = CorruptedExamples.Choose(Rate, clean.Count, seed).ToArray();
        int[] order = new RandomStream(seed, "noise/permutation").Permutation(chosen.Length);
        int[] origins = [.. Enumerable.Range(0, clean.Count)];
        for (int place = 0; place < chosen.Length; place++)
            origins[chosen[place]] = chosen[order[place]];

        float[] values = new float[clean.Values.Length];
        for (int example = 0; example < origins.Length; example++)
        {
            clean.Values.AsSpan(origins[example] * clean.Outputs, clean.Outputs)
                .CopyTo(values.AsSpan(example * clean.Outputs));
        }

        ImmutableArray<int> labels = clean.AreClasses ? [.. origins.Select(origin => clean.Labels[origin])] : [];
        return new TargetArrays(labels, [.. values], clean.Outputs);
    }
}
