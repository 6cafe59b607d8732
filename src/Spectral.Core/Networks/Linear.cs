using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Plans;

namespace Spectral.Core.Networks;

/// <summary>f = W x + b on the flattened example: linear regression, whose Jacobian never changes.</summary>
/// <param name="Bias">Whether there is a b.</param>
/// <param name="Initialization">The distribution of W's and b's initial values.</param>
public sealed record Linear(bool Bias, Initialization Initialization) : Network
{
    private static readonly Field<bool> BiasField = Field.Flag(
        "bias", (Linear network) => network.Bias, "Whether an offset b is added.", preset: true);

    private static readonly Field<Initialization> InitializationField = Field.Component<Linear, Initialization>(
        "initialization",
        network => network.Initialization,
        "Distribution of the initial values.",
        new PyTorchUniform());

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Network, Linear>(
        kind: "linear",
        summary: "f = W x + b on the flattened example; parameters linear.weight, linear.bias.",
        source: "arXiv:1906.05392v2, section 2.1, with bias false and zeros",
        example: "{linear: {bias: false, initialization: zeros}}",
        fields: [BiasField, InitializationField],
        bind: settings => new Linear(settings.Of(BiasField), settings.Of(InitializationField)));

    /// <inheritdoc/>
    public override ImmutableArray<NamedLayer> Layers(Shape input, int outputs) =>
        [new NamedLayer("flatten", new Flatten()), new NamedLayer("linear", new Dense(outputs, Bias, Initialization))];
}
