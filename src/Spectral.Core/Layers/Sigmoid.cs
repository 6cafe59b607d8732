using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>1 / (1 + exp(-x)) of every element; smooth, with phi' of at most 1/4.</summary>
public sealed record Sigmoid : Activation
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Sigmoid>(
        kind: "sigmoid",
        summary: "1 / (1 + exp(-x)) of every element; smooth, with phi' of at most 1/4.",
        source: "torch.nn.Sigmoid",
        example: "sigmoid",
        fields: [],
        bind: _ => new Sigmoid());

    /// <summary>
    /// phi' = s (1 - s) is at most 1/4, at 0. phi'' = s (1 - s)(1 - 2s) is largest where s = 1/2 -+ 1/(2 sqrt 3), and
    /// is 1 / (6 sqrt 3) there.
    /// </summary>
    public override SlopeBounds Bounds => new(0.25, 1 / (6 * Math.Sqrt(3)), 0.5);

    /// <inheritdoc/>
    public override SlopeKernel Slopes => new SmoothSlopeKernel(Derivative);

    /// <inheritdoc/>
    public override T Phi<T>(T x) => Of(x);

    /// <summary>1 / (1 + exp(-x)), each sign of x with the exponential that is small.</summary>
    internal static T Of<T>(T x)
        where T : struct, IElementary<T>
    {
        if (T.IsPositive(x))
            return T.Of(1) / (T.Of(1) + T.Exp(-x));
        T small = T.Exp(x);
        return small / (T.Of(1) + small);
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        input.sigmoid();
}
