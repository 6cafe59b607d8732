using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>max(0, x) of every element; its derivative at 0 is taken as 0.</summary>
public sealed record Relu : Layer
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Relu>(
        kind: "relu",
        summary: "max(0, x) of every element; its derivative at 0 is taken as 0.",
        source: "torch.nn.ReLU",
        example: "relu",
        fields: [],
        bind: _ => new Relu());

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) => input.relu();
}
