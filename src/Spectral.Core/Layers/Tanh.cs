using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>The hyperbolic tangent of every element; smooth, with |phi'| of at most 1.</summary>
public sealed record Tanh : Layer
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Tanh>(
        kind: "tanh",
        summary: "The hyperbolic tangent of every element; smooth, with |phi'| of at most 1.",
        source: "torch.nn.Tanh",
        example: "tanh",
        fields: [],
        bind: _ => new Tanh());

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) => input.tanh();
}
