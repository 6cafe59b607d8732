using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>The mean of each channel of an image: [C, height, width] to a feature vector [C].</summary>
public sealed record GlobalAveragePool : Layer
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, GlobalAveragePool>(
        kind: "global_average_pool",
        summary: "The mean of each channel of an image; gives a feature vector.",
        source: "Lin et al., arXiv:1312.4400, section 3.2; torch.mean over height and width",
        example: "global_average_pool",
        fields: [],
        bind: _ => new GlobalAveragePool());

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => input.Rank == 3
        ? ShapeMatch.To(new Shape(input.Dimensions[0]))
        : ShapeMatch.Mismatch(ImageShape.Expected);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        input.mean([2, 3]); // [n, C]; adaptive pooling has no deterministic backward pass on GPUs
}
