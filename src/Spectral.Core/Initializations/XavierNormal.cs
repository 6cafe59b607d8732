using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Normal weights of variance 2 / (fan_in + fan_out), biases 0.</summary>
/// <param name="Gain">Factor of every value; 1 is the source's own.</param>
public sealed record XavierNormal(double Gain) : Initialization
{
    private static readonly Field<double> GainField = Field.Real(
        "gain",
        (XavierNormal start) => start.Gain,
        "Factor of every value; 1 is the source's own.",
        Interval.NotNegative,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, XavierNormal>(
        kind: "xavier_normal",
        summary: "Normal weights of variance 2 / (fan_in + fan_out), biases 0.",
        source: "Glorot and Bengio 2010, equation 12; torch.nn.init.xavier_normal_",
        example: "xavier_normal",
        fields: [GainField],
        bind: settings => new XavierNormal(settings.Of(GainField)));

    /// <summary>Zeros.</summary>
    public override Initialization OfBiases() => new Zeros();

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut) =>
        Distributions.Normal(stream, count, Gain * Math.Sqrt(2.0 / (fanIn + (double)fanOut)));
}
