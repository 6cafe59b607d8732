using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Independent normal values whose standard deviation does not depend on the layer's size.</summary>
/// <param name="Deviation">The standard deviation; 1 is the paper's N(0, 1).</param>
public sealed record UnscaledNormal(double Deviation) : Initialization
{
    private static readonly Field<double> DeviationField = Field.Real(
        "deviation",
        (UnscaledNormal start) => start.Deviation,
        "Standard deviation of every value.",
        Interval.NotNegative,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, UnscaledNormal>(
        kind: "unscaled_normal",
        summary: "Normal with mean 0 and the given standard deviation whatever the fans, weights and biases.",
        source: "torch.nn.init.normal_; W0 of arXiv:1906.05392v2, theorem 3.2",
        example: "{unscaled_normal: 1.0}",
        fields: [DeviationField],
        bind: settings => new UnscaledNormal(settings.Of(DeviationField)));

    /// <inheritdoc/>
    public override Initialization OfBiases() => this;

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut) =>
        Distributions.Normal(stream, count, Deviation);
}
