using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>x Phi(x) of every element, Phi the normal distribution function; smooth, the exact form with erf.</summary>
public sealed record Gelu : Activation
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Gelu>(
        kind: "gelu",
        summary: "x Phi(x) of every element, Phi the normal distribution function; smooth, the exact form with erf.",
        source: "torch.nn.GELU(approximate='none'); Hendrycks and Gimpel, arXiv:1606.08415, section 2",
        example: "gelu",
        fields: [],
        bind: _ => new Gelu());

    /// <summary>
    /// With the normal density d: phi'' = d(x)(2 - x^2), whose extrema are 2 d(0) = sqrt(2/pi) and -2 d(2). So phi' is
    /// largest at sqrt 2, Phi(sqrt 2) + sqrt 2 d(sqrt 2) = 1.12890; rounded up.
    /// </summary>
    public override SlopeBounds Bounds => new(1.1289043, Math.Sqrt(2 / Math.PI), 0);

    /// <inheritdoc/>
    public override SlopeKernel Slopes => new SmoothSlopeKernel(Derivative);

    /// <inheritdoc/>
    public override T Phi<T>(T x) => x * T.NormalDistribution(x);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        nn.functional.gelu(input);
}
