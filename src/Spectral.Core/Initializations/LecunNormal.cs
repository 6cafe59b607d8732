using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Normal weights of variance 1 / fan_in, biases 0; `normal` is the same with normal biases.</summary>
/// <param name="Gain">Factor of every value; 1 is the source's own.</param>
public sealed record LecunNormal(double Gain) : Initialization
{
    private static readonly Field<double> GainField = Field.Real(
        "gain",
        (LecunNormal start) => start.Gain,
        "Factor of every value; 1 is the source's own.",
        Interval.NotNegative,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, LecunNormal>(
        kind: "lecun_normal",
        summary: "Normal weights of variance 1 / fan_in, biases 0; `normal` is the same with normal biases.",
        source: "LeCun et al. 1998, Efficient BackProp, section 4.6",
        example: "lecun_normal",
        fields: [GainField],
        bind: settings => new LecunNormal(settings.Of(GainField)));

    /// <summary>Zeros.</summary>
    public override Initialization OfBiases() => new Zeros();

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut) =>
        Distributions.Normal(stream, count, Gain * Math.Sqrt(1.0 / fanIn));
}
