using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Normal weights of variance 2 / fan_in, biases 0; keeps the size of signals through relu layers.</summary>
/// <param name="Gain">Factor of every value; 1 is the source's own.</param>
public sealed record HeNormal(double Gain) : Initialization
{
    private static readonly Field<double> GainField = Field.Real(
        "gain",
        (HeNormal start) => start.Gain,
        "Factor of every value; 1 is the source's own.",
        Interval.NotNegative,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, HeNormal>(
        kind: "he_normal",
        summary: "Normal weights of variance 2 / fan_in, biases 0; keeps the size of signals through relu layers.",
        source: "He et al., arXiv:1502.01852, equation 10; torch.nn.init.kaiming_normal_ for relu",
        example: "he_normal",
        fields: [GainField],
        bind: settings => new HeNormal(settings.Of(GainField)));

    /// <summary>Zeros.</summary>
    public override Initialization OfBiases() => new Zeros();

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut) =>
        Distributions.Normal(stream, count, Gain * Math.Sqrt(2.0 / fanIn));
}
