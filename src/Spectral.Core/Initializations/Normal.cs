using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Independent normal values with a standard deviation of gain / sqrt(fan in).</summary>
/// <param name="Gain">1 is LeCun's start, sqrt 2 is He's.</param>
public sealed record Normal(double Gain) : Initialization
{
    private static readonly Field<double> GainField = Field.Real(
        "gain",
        (Normal normal) => normal.Gain,
        "Standard deviation times sqrt(fan_in): 1 after LeCun, sqrt 2 after He.",
        Interval.NotNegative,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, Normal>(
        kind: "normal",
        summary: "Normal with mean 0 and standard deviation gain / sqrt(fan_in), weights and biases.",
        source: "LeCun et al. 1998, section 4.6; He et al. 2015, equation 10, for gain sqrt 2",
        example: "{normal: 1.0}",
        fields: [GainField],
        bind: settings => new Normal(settings.Of(GainField)));

    /// <inheritdoc/>
    public override Initialization OfBiases() => this;

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut)
    {
        double deviation = Gain / Math.Sqrt(fanIn);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = deviation * stream.NextNormal();
        return values;
    }
}
