using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>log(1 + exp x) of every element; smooth, the paper's example activation.</summary>
public sealed record Softplus : Layer
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Softplus>(
        kind: "softplus",
        summary: "log(1 + exp x) of every element; smooth, the paper's example activation.",
        source: "torch.nn.Softplus; arXiv:1906.05392v2, section 1",
        example: "softplus",
        fields: [],
        bind: _ => new Softplus());

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        // Beyond the threshold libtorch takes x itself; its default of 20 is off by 2e-9, where binary64 still sees it.
        nn.functional.softplus(input, beta: 1, threshold: 40);
}
