using System.Collections.Immutable;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>A network at one checkpoint, differentiated on one split in binary64.</summary>
internal static class CheckpointJacobian
{
    /// <summary>
    /// f [n, K] and J [nK, p], without graph. Binary32 weights are binary64 weights exactly, so that this is the network
    /// as it was trained.
    /// </summary>
    public static (Tensor Outputs, Tensor Jacobian) Form(NetworkLayout layout, ImmutableArray<Tensor> weights, Tensor inputs)
    {
        Tape tape = new();
        ImmutableArray<Tensor> leaves = InBinary64(weights, differentiable: true);
        Tensor outputs = layout.Forward(inputs, leaves, tape); // [n, K]
        return (outputs.detach(), ExplicitJacobian.Form(outputs, tape).detach());
    }

    /// <summary>The weights in binary64.</summary>
    public static ImmutableArray<Tensor> InBinary64(ImmutableArray<Tensor> weights, bool differentiable) =>
        [.. weights.Select(weight => weight.detach().to(ScalarType.Float64, copy: true).requires_grad_(differentiable))];
}
