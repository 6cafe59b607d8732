using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>One example of any shape as a feature vector, in row-major order.</summary>
public sealed record Flatten : Layer
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Flatten>(
        kind: "flatten",
        summary: "Any shape to a feature vector.",
        source: "torch.nn.Flatten",
        example: "flatten",
        fields: [],
        bind: _ => new Flatten());

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => input.Count <= int.MaxValue
        ? ShapeMatch.To(new Shape((int)input.Count))
        : ShapeMatch.Mismatch("fewer than 2^31 elements");

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => 0;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        input.reshape(input.shape[0], -1); // [n, features]; libtorch's flatten refuses an example without axes
}
