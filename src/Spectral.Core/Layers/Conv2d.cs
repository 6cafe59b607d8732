using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>
/// Convolution of an image with square windows (a cross-correlation, as in every deep-learning library), weight
/// [outputs, inputs / groups, kernel_size, kernel_size].
/// </summary>
/// <param name="Outputs">Channels that come out.</param>
/// <param name="KernelSize">Side of the window, in taps.</param>
/// <param name="Stride">Pixels between neighbouring windows.</param>
/// <param name="Padding">Zeros added on each side of the image, in pixels.</param>
/// <param name="Dilation">Pixels between neighbouring taps.</param>
/// <param name="Groups">Into how many the channels fall; an output channel sees the inputs of its own group
/// only.</param>
/// <param name="Bias">Whether an offset is added for each output channel.</param>
/// <param name="Initialization">The distribution of the weights' and offsets' initial values.</param>
public sealed record Conv2d(
    int Outputs,
    int KernelSize,
    int Stride,
    int Padding,
    int Dilation,
    int Groups,
    bool Bias,
    Initialization Initialization) : Layer
{
    private static readonly Field<int> OutputsField = Field.Integer(
        "outputs", (Conv2d conv) => conv.Outputs, "Channels that come out.", minimum: 1, maximum: 1 << 20);

    private static readonly Field<int> KernelSizeField = Field.Integer(
        "kernel_size",
        (Conv2d conv) => conv.KernelSize,
        "Side of the window, in taps.",
        minimum: 1,
        maximum: 1024,
        preset: 3);

    private static readonly Field<int> StrideField = Field.Integer(
        "stride", (Conv2d conv) => conv.Stride, "Step between windows.", minimum: 1, preset: 1, unit: "pixels");

    private static readonly Field<int> PaddingField = Field.Integer(
        "padding",
        (Conv2d conv) => conv.Padding,
        "Zeros on each side of the image.",
        minimum: 0,
        maximum: 1024,
        preset: 0,
        unit: "pixels");

    private static readonly Field<int> DilationField = Field.Integer(
        "dilation", (Conv2d conv) => conv.Dilation, "Step between taps.", minimum: 1, preset: 1, unit: "pixels");

    private static readonly Field<int> GroupsField = Field.Integer(
        "groups",
        (Conv2d conv) => conv.Groups,
        "Groups of channels that do not see each other.",
        minimum: 1,
        preset: 1);

    private static readonly Field<bool> BiasField = Field.Flag(
        "bias", (Conv2d conv) => conv.Bias, "Whether an offset is added for each output channel.", preset: true);

    private static readonly Field<Initialization> InitializationField = Field.Component<Conv2d, Initialization>(
        "initialization", conv => conv.Initialization, "Distribution of the initial values.", new PyTorchUniform());

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Conv2d>(
        kind: "conv2d",
        summary: "Convolution of an image [channels, height, width] with square windows.",
        source: "torch.nn.Conv2d",
        example: "{conv2d: {outputs: 16, kernel_size: 3, padding: 1}}",
        fields:
        [
            OutputsField, KernelSizeField, StrideField, PaddingField, DilationField, GroupsField, BiasField,
            InitializationField,
        ],
        bind: settings => new Conv2d(
            settings.Of(OutputsField),
            settings.Of(KernelSizeField),
            settings.Of(StrideField),
            settings.Of(PaddingField),
            settings.Of(DilationField),
            settings.Of(GroupsField),
            settings.Of(BiasField),
            settings.Of(InitializationField)),
        check: conv => conv.Outputs % conv.Groups == 0
            ? []
            : [
                new FieldProblem(
                    "groups",
                    FormattableString.Invariant($"{conv.Groups} groups for {conv.Outputs} outputs"),
                    FormattableString.Invariant($"a divisor of {conv.Outputs}")),
            ]);

    /// <summary>A convolution as a network of 3x3 windows wants it: padding 1, no groups.</summary>
    public static Conv2d ThreeByThree(int outputs, int stride, bool bias, Initialization initialization) =>
        new(outputs, KernelSize: 3, stride, Padding: 1, Dilation: 1, Groups: 1, bias, initialization);

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => input.Rank == 3 && input.Dimensions[0] % Groups != 0
        ? ShapeMatch.Mismatch(FormattableString.Invariant($"an image whose channels {Groups} groups divide evenly"))
        : ImageShape.Slide(input, Outputs, KernelSize, Stride, Padding, Dilation);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) =>
        2.0 * OutputShape(input).Output!.Count * (input.Dimensions[0] / Groups) * KernelSize * KernelSize;

    /// <inheritdoc/>
    public override ImmutableArray<LayerWork> Work(Shape input) =>
    [
        new LayerWork(
            WorkKind.Convolution,
            ForwardFlops(input),
            OutputShape(input).Output!.Count,
            Math.Min(Outputs, input.Dimensions[0]) / Groups),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input)
    {
        int inputs = input.Dimensions[0] / Groups;
        int fanIn = Fan(inputs), fanOut = Fan(Outputs / Groups);
        Shape shape = new(Outputs, inputs, KernelSize, KernelSize);
        ParameterSlot weight = new("weight", shape, Initialization, fanIn, fanOut);
        return Bias
            ? [weight, new ParameterSlot("bias", new Shape(Outputs), Initialization.OfBiases(), fanIn, fanOut)]
            : [weight];
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        ConvWindow window = new(KernelSize, Stride, Padding, Dilation, Groups);
        Tensor? bias = Bias ? parameters[1] : null;
        Tensor output = pass.Tape switch
        {
            not null when CpuConvolution.Takes(input) => CpuConvolution.Of(input, parameters[0], bias, window),
            not null when DeviceConvolution.Takes(input) => DeviceConvolution.Of(input, parameters[0], bias, window),
            _ => nn.functional.conv2d(
                input,
                parameters[0],
                bias,
                [Stride, Stride],
                [Padding, Padding],
                [Dilation, Dilation],
                Groups),
        }; // [n, outputs, places, places]
        pass.Tape?.Record(output, cotangents => new ConvFactorBlock(input.detach(), cotangents, window, Bias));
        return output;
    }

    /// <summary>
    /// Channels times taps; a layer with more than 2^31 of them is never drawn, but its spec is checked.
    /// </summary>
    private int Fan(int channels) => (int)Math.Min(int.MaxValue, (long)channels * KernelSize * KernelSize);
}
