using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>max(0, x) of every element; its derivative at 0 is taken as 0.</summary>
public sealed record Relu : Activation
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Relu>(
        kind: "relu",
        summary: "max(0, x) of every element; its derivative at 0 is taken as 0.",
        source: "torch.nn.ReLU",
        example: "relu",
        fields: [],
        bind: _ => new Relu());

    /// <summary>phi' jumps at 0: |phi'| is at most 1, and phi'' has no bound.</summary>
    public override SlopeBounds Bounds => new(1, double.PositiveInfinity, 0);

    /// <inheritdoc/>
    public override SlopeKernel Slopes => new KinkedSlopeKernel(0, 1);

    /// <inheritdoc/>
    public override T Phi<T>(T x) => T.IsPositive(x) ? x : T.Of(0);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) => input.relu();
}
