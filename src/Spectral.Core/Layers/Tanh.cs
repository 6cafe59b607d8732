using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>The hyperbolic tangent of every element; smooth, with |phi'| of at most 1.</summary>
public sealed record Tanh : Activation
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Tanh>(
        kind: "tanh",
        summary: "The hyperbolic tangent of every element; smooth, with |phi'| of at most 1.",
        source: "torch.nn.Tanh",
        example: "tanh",
        fields: [],
        bind: _ => new Tanh());

    /// <summary>
    /// phi' = 1 - t^2 is at most 1, at 0. |phi''| = 2 |t| (1 - t^2) is largest where t = 1/sqrt 3, and is 4 / (3 sqrt
    /// 3) there.
    /// </summary>
    public override SlopeBounds Bounds => new(1, 4 / (3 * Math.Sqrt(3)), 0);

    /// <inheritdoc/>
    public override SlopeKernel Slopes => new SmoothSlopeKernel(Derivative);

    /// <inheritdoc/>
    public override T Phi<T>(T x) => T.Tanh(x);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) => input.tanh();
}
