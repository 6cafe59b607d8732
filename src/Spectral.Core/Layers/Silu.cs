using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>x / (1 + exp(-x)) of every element; smooth, also known as swish.</summary>
public sealed record Silu : Layer
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Silu>(
        kind: "silu",
        summary: "x / (1 + exp(-x)) of every element; smooth, also known as swish.",
        source: "torch.nn.SiLU; Elfwing et al., arXiv:1702.03118, equation 7",
        example: "silu",
        fields: [],
        bind: _ => new Silu());

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        nn.functional.silu(input);
}
