using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>x Phi(x) of every element, Phi the normal distribution function; smooth, the exact form with erf.</summary>
public sealed record Gelu : Layer
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Gelu>(
        kind: "gelu",
        summary: "x Phi(x) of every element, Phi the normal distribution function; smooth, the exact form with erf.",
        source: "torch.nn.GELU(approximate='none'); Hendrycks and Gimpel, arXiv:1606.08415, section 2",
        example: "gelu",
        fields: [],
        bind: _ => new Gelu());

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        nn.functional.gelu(input);
}
