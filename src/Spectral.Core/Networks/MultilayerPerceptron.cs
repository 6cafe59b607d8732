using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Plans;

namespace Spectral.Core.Networks;

/// <summary>Dense layers with an activation between them; the output layer is linear, without softmax.</summary>
/// <param name="Hidden">Width of each hidden layer; empty gives a linear model.</param>
/// <param name="Activation">The layer between dense layers.</param>
/// <param name="Initialization">The distribution of initial weights and biases.</param>
public sealed record MultilayerPerceptron(
    ImmutableArray<int> Hidden, Layer Activation, Initialization Initialization) : Network
{
    private static readonly Field<ImmutableArray<int>> HiddenField = Field.Integers(
        "hidden", (MultilayerPerceptron mlp) => mlp.Hidden, "Width of each hidden layer.", minimum: 1, minimumCount: 0);

    private static readonly Field<Layer> ActivationField = Field.Component<MultilayerPerceptron, Layer>(
        "activation", mlp => mlp.Activation, "The layer between dense layers.", new Relu());

    private static readonly Field<Initialization> InitializationField = Field.Component<MultilayerPerceptron, Initialization>(
        "initialization", mlp => mlp.Initialization, "Distribution of the initial values.", new PyTorchUniform());

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Network, MultilayerPerceptron>(
        kind: "mlp",
        summary: "A multilayer perceptron: flatten, then dense layers with an activation between them.",
        source: "torch.nn.Sequential(Flatten, Linear, activation, ..., Linear), whose parameter names it has",
        example: "{mlp: {hidden: [32], activation: tanh}}",
        fields: [HiddenField, ActivationField, InitializationField],
        bind: settings => new MultilayerPerceptron(
            settings.Of(HiddenField), settings.Of(ActivationField), settings.Of(InitializationField)),
        check: mlp => Elementwise.Problems(mlp.Activation));

    /// <inheritdoc/>
    public override ImmutableArray<NamedLayer> Layers(Shape input, int outputs)
    {
        List<Layer> layers = [];
        layers.Add(new Flatten());
        foreach (int width in Hidden)
        {
            layers.Add(new Dense(width, Bias: true, Initialization));
            layers.Add(Activation);
        }

        layers.Add(new Dense(outputs, Bias: true, Initialization));
        return NamedLayer.Sequential(layers);
    }
}
