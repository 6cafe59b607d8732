using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Noises;

/// <summary>
/// Every training target, one-hot or real, gets an independent Gaussian number added; class labels stay. The numbers
/// are one draw times the standard deviation, so that a sweep over it is paired; any standard deviation above 0 touches
/// every example.
/// </summary>
/// <param name="StandardDeviation">0 or more, in units of the targets.</param>
public sealed record GaussianNoise(double StandardDeviation) : LabelNoise
{
    private static readonly Field<double> StandardDeviationField = Field.Real(
        "standard_deviation",
        (GaussianNoise noise) => noise.StandardDeviation,
        "Standard deviation of the number added to each of the n K training targets.",
        Interval.NotNegative,
        unit: "units of the targets");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<LabelNoise, GaussianNoise>(
        kind: "gaussian",
        summary: "Independent Gaussian noise on every training target, one-hot or real; class labels stay.",
        source: "arXiv:1906.05392v2, section 2.1, the noise z",
        example: "{gaussian: 0.1}",
        fields: [StandardDeviationField],
        bind: settings => new GaussianNoise(settings.Of(StandardDeviationField)));

    /// <inheritdoc/>
    public override string? Problem(int outputs, bool areClasses) => null;

    /// <inheritdoc/>
    public override TargetArrays Corrupt(TargetArrays clean, ulong seed)
    {
        float[] values = [.. clean.Values];
        for (int example = 0; example < clean.Count; example++)
        {
            RandomStream stream = new(seed, "noise/gaussian", (ulong)example);
            for (int output = 0; output < clean.Outputs; output++)
            {
                int index = (example * clean.Outputs) + output;
                values[index] = (float)(values[index] + (StandardDeviation * stream.NextNormal()));
            }
        }

        return clean with { Values = [.. values] };
    }
}
