using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>x / (1 + exp(-x)) of every element; smooth, also known as swish.</summary>
public sealed record Silu : Activation
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Silu>(
        kind: "silu",
        summary: "x / (1 + exp(-x)) of every element; smooth, also known as swish.",
        source: "torch.nn.SiLU; Elfwing et al., arXiv:1702.03118, equation 7",
        example: "silu",
        fields: [],
        bind: _ => new Silu());

    /// <summary>
    /// phi'' = s (1 - s)(2 - x tanh(x/2)), s the sigmoid. It is 1/2 at 0, and smaller elsewhere: s (1 - s) is at most
    /// 1/4; where x tanh(x/2) is more than 2, |x| is more than 2, and |phi''| at most exp(-|x|)(|x| - 2), below
    /// exp(-3). phi' is largest where x tanh(x/2) = 2, x = 2.39936, and is 1/2 + x/4 there; rounded up.
    /// </summary>
    public override SlopeBounds Bounds => new(1.0998394, 0.5, 0);

    /// <inheritdoc/>
    public override SlopeKernel Slopes => new SmoothSlopeKernel(Derivative);

    /// <inheritdoc/>
    public override T Phi<T>(T x) => x * Sigmoid.Of(x);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        nn.functional.silu(input);
}
