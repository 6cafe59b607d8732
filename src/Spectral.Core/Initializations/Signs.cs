using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Independent fair signs times scale / sqrt(fan_in fan_out).</summary>
/// <param name="Scale">nu of the paper: with k inputs and K outputs every value is +-nu / sqrt(k K).</param>
public sealed record Signs(double Scale) : Initialization
{
    private static readonly Field<double> ScaleField = Field.Real(
        "scale",
        (Signs start) => start.Scale,
        "Size of every value, times sqrt(fan_in fan_out).",
        Interval.NotNegative,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, Signs>(
        kind: "signs",
        summary: "scale / sqrt(fan_in fan_out) with a random sign; biases 0.",
        source: "V of arXiv:1906.05392v2, theorem 3.2",
        example: "{signs: 1.0}",
        fields: [ScaleField],
        bind: settings => new Signs(settings.Of(ScaleField)));

    /// <summary>Zeros.</summary>
    public override Initialization OfBiases() => new Zeros();

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut)
    {
        double size = Scale / Math.Sqrt(fanIn * (double)fanOut);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = (stream.NextUInt32() & 0x80000000) == 0 ? size : -size;
        return values;
    }
}
