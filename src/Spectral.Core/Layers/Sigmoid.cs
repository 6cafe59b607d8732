using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>1 / (1 + exp(-x)) of every element; smooth, with phi' of at most 1/4.</summary>
public sealed record Sigmoid : Layer
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Sigmoid>(
        kind: "sigmoid",
        summary: "1 / (1 + exp(-x)) of every element; smooth, with phi' of at most 1/4.",
        source: "torch.nn.Sigmoid",
        example: "sigmoid",
        fields: [],
        bind: _ => new Sigmoid());

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        input.sigmoid();
}
