using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Uniform weights of variance 2 / fan_in, in +-sqrt(6 / fan_in), biases 0.</summary>
/// <param name="Gain">Factor of every value; 1 is the source's own.</param>
public sealed record HeUniform(double Gain) : Initialization
{
    private static readonly Field<double> GainField = Field.Real(
        "gain",
        (HeUniform start) => start.Gain,
        "Factor of every value; 1 is the source's own.",
        Interval.NotNegative,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, HeUniform>(
        kind: "he_uniform",
        summary: "Uniform weights of variance 2 / fan_in, in +-sqrt(6 / fan_in), biases 0.",
        source: "He et al., arXiv:1502.01852, equation 10; torch.nn.init.kaiming_uniform_ for relu",
        example: "he_uniform",
        fields: [GainField],
        bind: settings => new HeUniform(settings.Of(GainField)));

    /// <summary>Zeros.</summary>
    public override Initialization OfBiases() => new Zeros();

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut) =>
        Distributions.Uniform(stream, count, Gain * Math.Sqrt(6.0 / fanIn));
}
