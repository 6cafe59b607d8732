using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>The values of another initialisation times a factor, biases too.</summary>
/// <param name="Factor">The factor; small ones make small outputs of a last layer.</param>
/// <param name="Of">The initialisation that is scaled.</param>
public sealed record Scaled(double Factor, Initialization Of) : Initialization
{
    private static readonly Field<double> FactorField = Field.Real(
        "factor", (Scaled start) => start.Factor, "Factor of every value.", Interval.NotNegative);

    private static readonly Field<Initialization> OfField = Field.Component<Scaled, Initialization>(
        "of", start => start.Of, "The initialisation that is scaled.", new PyTorchUniform());

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, Scaled>(
        kind: "scaled",
        summary: "The values of another initialisation times a factor, weights and biases.",
        source: "Chizat et al., arXiv:1812.07956, section 1.1, for the scale of outputs",
        example: "{scaled: {factor: 0.1, of: pytorch}}",
        fields: [FactorField, OfField],
        bind: settings => new Scaled(settings.Of(FactorField), settings.Of(OfField)));

    /// <inheritdoc/>
    public override Initialization OfBiases() => new Scaled(Factor, Of.OfBiases());

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut) =>
        [.. Of.Draw(stream, count, fanIn, fanOut).Select(value => Factor * value)];
}
