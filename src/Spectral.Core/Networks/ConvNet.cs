using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Plans;

namespace Spectral.Core.Networks;

/// <summary>
/// A plain convolutional network after VGG: stages of 3x3 convolutions of one width, each stage ending in a pool of 2;
/// then dense layers.
/// </summary>
/// <param name="Widths">Channels of each stage.</param>
/// <param name="Convolutions">Convolutions in each stage.</param>
/// <param name="Pool"><c>max</c>, <c>average</c> or <c>none</c> behind each stage.</param>
/// <param name="Hidden">Widths of the dense layers before the last; may be empty.</param>
/// <param name="Normalization"><c>none</c>, <c>batch</c> or <c>group</c> behind each convolution.</param>
/// <param name="Groups">Groups of a group normalisation.</param>
/// <param name="Activation">The elementwise layer.</param>
/// <param name="Initialization">The distribution of initial weights and biases.</param>
public sealed record ConvNet(
    ImmutableArray<int> Widths,
    int Convolutions,
    string Pool,
    ImmutableArray<int> Hidden,
    string Normalization,
    int Groups,
    Layer Activation,
    Initialization Initialization) : Network
{
    private static readonly Field<ImmutableArray<int>> WidthsField = Field.Integers(
        "widths", (ConvNet network) => network.Widths, "Channels of each stage.", minimum: 1, maximum: 1 << 20);

    private static readonly Field<int> ConvolutionsField = Field.Integer(
        "convolutions",
        (ConvNet network) => network.Convolutions,
        "3x3 convolutions in each stage.",
        minimum: 1,
        maximum: 1000,
        preset: 1);

    private static readonly Field<string> PoolField = Field.Choice(
        "pool",
        (ConvNet network) => network.Pool,
        "Pool of 2 by 2 behind each stage.",
        ["max", "average", "none"],
        "max");

    private static readonly Field<ImmutableArray<int>> HiddenField = Field.Integers(
        "hidden",
        (ConvNet network) => network.Hidden,
        "Widths of the dense layers before the last.",
        minimum: 1,
        minimumCount: 0,
        preset: []);

    private static readonly Field<string> NormalizationField = Field.Choice(
        "normalization",
        (ConvNet network) => network.Normalization,
        Networks.Normalization.Doc,
        Networks.Normalization.Choices,
        Networks.Normalization.None);

    private static readonly Field<int> GroupsField = Field.Integer(
        "groups", (ConvNet network) => network.Groups, Networks.Normalization.GroupsDoc, minimum: 1, preset: 8);

    private static readonly Field<Layer> ActivationField = Field.Component<ConvNet, Layer>(
        "activation", network => network.Activation, "The elementwise layer behind each hidden layer.", new Relu());

    private static readonly Field<Initialization> InitializationField = Field.Component<ConvNet, Initialization>(
        "initialization",
        network => network.Initialization,
        "Distribution of the initial values.",
        new PyTorchUniform());

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Network, ConvNet>(
        kind: "conv_net",
        summary: "Stages of 3x3 convolutions with pools, then dense layers; parameters features.N and classifier.N.",
        source: "Simonyan and Zisserman, arXiv:1409.1556, section 2.1; names as in torchvision.models.vgg",
        example: "{conv_net: {widths: [16, 32], normalization: batch}}",
        fields:
        [
            WidthsField, ConvolutionsField, PoolField, HiddenField, NormalizationField, GroupsField, ActivationField,
            InitializationField,
        ],
        bind: settings => new ConvNet(
            settings.Of(WidthsField),
            settings.Of(ConvolutionsField),
            settings.Of(PoolField),
            settings.Of(HiddenField),
            settings.Of(NormalizationField),
            settings.Of(GroupsField),
            settings.Of(ActivationField),
            settings.Of(InitializationField)),
        check: network =>
        [
            .. Networks.Normalization.Problems(network.Normalization, network.Groups, network.Widths),
            .. Elementwise.Problems(network.Activation),
        ]);

    /// <inheritdoc/>
    public override ImmutableArray<NamedLayer> Layers(Shape input, int outputs)
    {
        List<Layer> classifier = [];
        foreach (int width in Hidden)
            classifier.AddRange([new Dense(width, Bias: true, Initialization), Activation]);
        classifier.Add(new Dense(outputs, Bias: true, Initialization));
        return
        [
            .. Named("features", Widths.SelectMany(Stage)),
            new NamedLayer("flatten", new Flatten()),
            .. Named("classifier", classifier),
        ];
    }

    /// <summary>
    /// A stage; a normalisation takes away the mean, so that the convolution in front of it has no bias.
    /// </summary>
    private IEnumerable<Layer> Stage(int width)
    {
        Layer? norm = Networks.Normalization.Layer(Normalization, Groups);
        for (int i = 0; i < Convolutions; i++)
        {
            yield return Conv2d.ThreeByThree(width, stride: 1, bias: norm is null, Initialization);
            if (norm is not null)
                yield return norm;
            yield return Activation;
        }

        if (Pool == "max")
            yield return new MaxPool(2, 0, 0);
        else if (Pool == "average")
            yield return new AveragePool(2, 0, 0);
    }

    private static IEnumerable<NamedLayer> Named(string part, IEnumerable<Layer> layers) =>
        NamedLayer.Sequential(layers).Select(inner => inner with { Name = $"{part}.{inner.Name}" });
}
