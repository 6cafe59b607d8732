using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>The largest value in each window of an image, channel by channel.</summary>
/// <param name="KernelSize">Side of the window, in pixels.</param>
/// <param name="Stride">Pixels between neighbouring windows; 0 stands for the window's side.</param>
/// <param name="Padding">Pixels that no maximum takes on each side of the image, in pixels; at most half of the
/// window.</param>
public sealed record MaxPool(int KernelSize, int Stride, int Padding) : Layer
{
    private static readonly Field<int> KernelSizeField = Field.Integer(
        "kernel_size",
        (MaxPool pool) => pool.KernelSize,
        "Side of the window.",
        minimum: 1,
        maximum: 1024,
        unit: "pixels");

    private static readonly Field<int> StrideField = Field.Integer(
        "stride",
        (MaxPool pool) => pool.Stride,
        "Step between windows; 0 takes the window's side.",
        minimum: 0,
        preset: 0,
        unit: "pixels");

    private static readonly Field<int> PaddingField = Field.Integer(
        "padding",
        (MaxPool pool) => pool.Padding,
        "Pixels that no maximum takes on each side.",
        minimum: 0,
        preset: 0,
        unit: "pixels");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, MaxPool>(
        kind: "max_pool",
        summary: "The largest value in each window of an image, channel by channel.",
        source: "torch.nn.MaxPool2d",
        example: "{max_pool: 2}",
        fields: [KernelSizeField, StrideField, PaddingField],
        bind: settings => new MaxPool(
            settings.Of(KernelSizeField), settings.Of(StrideField), settings.Of(PaddingField)),
        check: pool => PoolWindow.Problems(pool.KernelSize, pool.Padding));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) =>
        PoolWindow.OutputShape(input, KernelSize, Stride, Padding);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) =>
        PoolWindow.Flops(OutputShape(input).Output!, KernelSize);

    /// <inheritdoc/>
    public override ImmutableArray<LayerWork> Work(Shape input) =>
        [new LayerWork(WorkKind.Pool, ForwardFlops(input), OutputShape(input).Output!.Count)];

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        // [n, C, places, places]
        nn.functional.max_pool2d(input, KernelSize, PoolWindow.Step(KernelSize, Stride), Padding);
}
