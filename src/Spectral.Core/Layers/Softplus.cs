using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>log(1 + exp x) of every element; smooth, the paper's example activation.</summary>
public sealed record Softplus : Activation
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Softplus>(
        kind: "softplus",
        summary: "log(1 + exp x) of every element; smooth, the paper's example activation.",
        source: "torch.nn.Softplus; arXiv:1906.05392v2, section 1",
        example: "softplus",
        fields: [],
        bind: _ => new Softplus());

    /// <summary>
    /// phi' is the sigmoid s, below 1 and as near to it as one likes; phi'' = s (1 - s) is at most 1/4.
    /// </summary>
    public override SlopeBounds Bounds => new(1, 0.25, Math.Log(2));

    /// <inheritdoc/>
    public override SlopeKernel Slopes => new SmoothSlopeKernel(Derivative);

    /// <inheritdoc/>
    public override T Phi<T>(T x) =>
        T.IsPositive(x) ? x + T.LogOnePlus(T.Exp(-x)) : T.LogOnePlus(T.Exp(x));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        // libtorch's own softplus takes x itself above a threshold, and TorchSharp hands it temporary numbers.
        nn.functional.logsigmoid(input.neg()).neg();
}
