using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Plans;

namespace Spectral.Core.Networks;

/// <summary>
/// The paper's network f(x; W) = V phi(W x), W [k, d] and V [K, k], without biases. V holds random signs of size
/// nu / sqrt(k K) and stays as drawn unless both layers are trained.
/// </summary>
/// <param name="Hidden">k, the hidden units.</param>
/// <param name="Activation">phi, elementwise.</param>
/// <param name="Nu">nu, the scale of V.</param>
/// <param name="Train"><c>first</c> for W alone, <c>both</c> for W and V.</param>
/// <param name="Initialization">The distribution of W's initial values.</param>
public sealed record OneHiddenLayer(
    int Hidden, Layer Activation, double Nu, string Train, Initialization Initialization) : Network
{
    private const string First = "first";

    private static readonly Field<int> HiddenField = Field.Integer(
        "hidden", (OneHiddenLayer network) => network.Hidden, "Hidden units k.", minimum: 1);

    private static readonly Field<Layer> ActivationField = Field.Component<OneHiddenLayer, Layer>(
        "activation", network => network.Activation, "phi, elementwise; the theory wants it smooth.", new Softplus());

    private static readonly Field<double> NuField = Field.Real(
        "nu",
        (OneHiddenLayer network) => network.Nu,
        "Scale of the output layer V: every value is +-nu / sqrt(k K).",
        Interval.Positive,
        preset: 1);

    private static readonly Field<string> TrainField = Field.Choice(
        "train",
        (OneHiddenLayer network) => network.Train,
        "Whether W alone is trained, or V too.",
        [First, "both"],
        First);

    private static readonly Field<Initialization> InitializationField = Field.Component<OneHiddenLayer, Initialization>(
        "initialization",
        network => network.Initialization,
        "Distribution of W's initial values.",
        new UnscaledNormal(1));

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Network, OneHiddenLayer>(
        kind: "one_hidden_layer",
        summary: "The paper's V phi(W x) on flattened examples, V random signs; hidden.weight is W, output.weight V.",
        source: "arXiv:1906.05392v2, equation 1.1 and theorem 3.2",
        example: "{one_hidden_layer: {hidden: 100, activation: softplus}}",
        fields: [HiddenField, ActivationField, NuField, TrainField, InitializationField],
        bind: settings => new OneHiddenLayer(
            settings.Of(HiddenField),
            settings.Of(ActivationField),
            settings.Of(NuField),
            settings.Of(TrainField),
            settings.Of(InitializationField)),
        check: network => Elementwise.Problems(network.Activation));

    /// <inheritdoc/>
    public override ImmutableArray<NamedLayer> Layers(Shape input, int outputs) =>
    [
        new NamedLayer("flatten", new Flatten()),
        new NamedLayer("hidden", new Dense(Hidden, Bias: false, Initialization)),
        new NamedLayer("activation", Activation),
        new NamedLayer("output", new Dense(outputs, Bias: false, new Signs(Nu))
        {
            Role = Train == First ? ParameterRole.Fixed : ParameterRole.Weight,
        }),
    ];
}
