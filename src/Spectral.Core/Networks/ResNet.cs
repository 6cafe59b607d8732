using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Plans;

namespace Spectral.Core.Networks;

/// <summary>
/// The residual network for small images: a convolution, three stages of m blocks of two 3x3 convolutions at widths w,
/// 2w and 4w, a global average and a dense layer; 6m + 2 layers with weights. Convolutions have no bias, shortcuts no
/// parameters (option A), the dense layer has a bias: depth 20, width 16, batch, 10 classes give 269,722 parameters.
/// </summary>
/// <remarks>
/// Without normalisation He's start at least doubles the mean square of the signal in every block; 9 blocks would make
/// outputs of thousands. PyTorch's start, the default here for every normalisation, lets a convolution pass on 1/3 of
/// the mean square of its input and relu half of that, so that a block adds 1/18 to what the shortcut carries: signals
/// neither vanish nor explode at any depth.
/// </remarks>
/// <param name="Depth">6m + 2.</param>
/// <param name="Width">w, the channels of the first stage.</param>
/// <param name="Normalization"><c>none</c>, <c>batch</c> or <c>group</c> behind each convolution.</param>
/// <param name="Groups">Groups of a group normalisation.</param>
/// <param name="Activation">The elementwise layer.</param>
/// <param name="Initialization">The distribution of initial weights.</param>
/// <param name="OutputScale">Factor of the dense layer's initial values.</param>
public sealed record ResNet(
    int Depth,
    int Width,
    string Normalization,
    int Groups,
    Layer Activation,
    Initialization Initialization,
    double OutputScale) : Network
{
    private static readonly Field<int> DepthField = Field.Integer(
        "depth",
        (ResNet network) => network.Depth,
        "Layers with weights, 6m + 2: 8, 14, 20, 32, ...",
        minimum: 8,
        maximum: 10_000);

    private static readonly Field<int> WidthField = Field.Integer(
        "width",
        (ResNet network) => network.Width,
        "Channels of the first stage; doubled twice.",
        minimum: 1,
        maximum: 1 << 20,
        preset: 16);

    private static readonly Field<string> NormalizationField = Field.Choice(
        "normalization",
        (ResNet network) => network.Normalization,
        Networks.Normalization.Doc,
        Networks.Normalization.Choices,
        "batch");

    private static readonly Field<int> GroupsField = Field.Integer(
        "groups", (ResNet network) => network.Groups, Networks.Normalization.GroupsDoc, minimum: 1, preset: 8);

    private static readonly Field<Layer> ActivationField = Field.Component<ResNet, Layer>(
        "activation", network => network.Activation, "The elementwise layer.", new Relu());

    private static readonly Field<Initialization> InitializationField = Field.Component<ResNet, Initialization>(
        "initialization",
        network => network.Initialization,
        "Distribution of the initial values.",
        new PyTorchUniform());

    private static readonly Field<double> OutputScaleField = Field.Real(
        "output_scale",
        (ResNet network) => network.OutputScale,
        "Factor of the last layer's initial values; small ones give small initial outputs.",
        Interval.NotNegative,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Network, ResNet>(
        kind: "resnet",
        summary: "A residual network of 6m + 2 layers for small images, shortcut option A, no convolution bias.",
        source: "He et al., arXiv:1512.03385, section 4.2; names as in akamaster/pytorch_resnet_cifar10",
        example: "{resnet: {depth: 20, normalization: none}}",
        fields:
        [
            DepthField, WidthField, NormalizationField, GroupsField, ActivationField, InitializationField,
            OutputScaleField,
        ],
        bind: settings => new ResNet(
            settings.Of(DepthField),
            settings.Of(WidthField),
            settings.Of(NormalizationField),
            settings.Of(GroupsField),
            settings.Of(ActivationField),
            settings.Of(InitializationField),
            settings.Of(OutputScaleField)),
        check: network =>
        [
            .. DepthProblems(network.Depth),
            .. Networks.Normalization.Problems(network.Normalization, network.Groups, [network.Width]),
            .. Elementwise.Problems(network.Activation),
        ]);

    /// <inheritdoc/>
    public override ImmutableArray<NamedLayer> Layers(Shape input, int outputs)
    {
        ImmutableArray<NamedLayer>.Builder layers = ImmutableArray.CreateBuilder<NamedLayer>();
        layers.AddRange(Convolution(1, Width, stride: 1));
        layers.Add(new NamedLayer("relu", Activation));
        for (int stage = 0; stage < 3; stage++)
        {
            for (int block = 0; block < (Depth - 2) / 6; block++)
            {
                string name = FormattableString.Invariant($"layer{stage + 1}.{block}");
                layers.Add(new NamedLayer(name, Block(Width << stage, narrows: stage > 0 && block == 0)));
                layers.Add(new NamedLayer($"{name}.relu2", Activation));
            }
        }

        Initialization start = OutputScale == 1 ? Initialization : new Scaled(OutputScale, Initialization);
        layers.Add(new NamedLayer("pool", new GlobalAveragePool()));
        layers.Add(new NamedLayer("linear", new Dense(outputs, Bias: true, start)));
        return layers.ToImmutable();
    }

    private static ImmutableArray<FieldProblem> DepthProblems(int depth) => depth % 6 == 2
        ? []
        : [
            new FieldProblem(
                "depth",
                FormattableString.Invariant($"{depth}"),
                FormattableString.Invariant($"6m + 2: {depth - ((depth + 4) % 6)} or {depth - ((depth + 4) % 6) + 6}")),
        ];

    /// <summary>Two convolutions with a shortcut; the first of a stage halves the image.</summary>
    private SkipBlock Block(int width, bool narrows) => new(
        [
            .. Convolution(1, width, stride: narrows ? 2 : 1),
            new NamedLayer("relu", Activation),
            .. Convolution(2, width, stride: 1),
        ],
        narrows ? new SubsampledShortcut(width, 2) : null);

    /// <summary>A convolution with its normalisation, <c>bn</c> whichever it is, as torchvision names it.</summary>
    private IEnumerable<NamedLayer> Convolution(int number, int width, int stride)
    {
        string digit = FormattableString.Invariant($"{number}");
        yield return new NamedLayer("conv" + digit, Conv2d.ThreeByThree(width, stride, bias: false, Initialization));
        if (Networks.Normalization.Layer(Normalization, Groups) is { } norm)
            yield return new NamedLayer("bn" + digit, norm);
    }
}
