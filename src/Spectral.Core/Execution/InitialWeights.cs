using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>The weights before training, drawn from our own streams: the same on every machine.</summary>
public static class InitialWeights
{
    /// <summary>One tensor for each parameter, owned by the caller's dispose scope.</summary>
    /// <param name="layout">The network.</param>
    /// <param name="seed">The seed of the stream <c>init</c>; every parameter has a stream of its own by its
    /// name.</param>
    /// <param name="type">The element type; values are drawn in binary64 and rounded once.</param>
    /// <param name="device">Where they live.</param>
    public static ImmutableArray<Tensor> Draw(NetworkLayout layout, ulong seed, ScalarType type, Device device) =>
    [
        .. layout.Parameters.Select(parameter =>
        {
            (string name, ParameterSlot slot) = parameter;
            double[] values = slot.Initialization.Draw(
                new RandomStream(seed, "init/" + name), checked((int)slot.Shape.Count), slot.FanIn, slot.FanOut);
            return AlignedTensor.Of(values, slot.Shape.ToLongs(), type, device);
        }),
    ];
}
