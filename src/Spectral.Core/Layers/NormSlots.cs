using System.Collections.Immutable;
using Spectral.Core.Initializations;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>
/// What normalisations share: a scale that starts at 1, an offset that starts at 0, and their tape entry.
/// </summary>
internal static class NormSlots
{
    /// <summary>weight and bias of a shape.</summary>
    public static ImmutableArray<ParameterSlot> ScaleAndOffset(Shape shape) =>
    [
        new ParameterSlot("weight", shape, new Ones(), 1, 1),
        new ParameterSlot("bias", shape, new Zeros(), 1, 1),
    ];

    /// <summary>Records a normalisation whose weights have <paramref name="weights"/> elements.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="output">y [n, ...], with its graph.</param>
    /// <param name="normalized">xhat [n, ...]; its elements are in the weights' order, each repeated for its
    /// places.</param>
    /// <param name="weights">C, the elements of the weight.</param>
    public static void Record(Tape tape, Tensor output, Tensor normalized, long weights)
    {
        long n = output.shape[0];
        tape.Record(output, cotangents => new AffineNormFactorBlock(
            normalized.detach().reshape(n, weights, -1), cotangents.reshape(n, cotangents.shape[1], weights, -1)));
    }
}
