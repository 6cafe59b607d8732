using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>A network at one checkpoint, differentiated on one split in binary64.</summary>
internal static class CheckpointJacobian
{
    /// <summary>
    /// f [n, K] and J [nK, p], without graph. Binary32 weights are binary64 weights exactly, so that this is the
    /// network as it was trained.
    /// </summary>
    public static (Tensor Outputs, Tensor Jacobian) Form(
        RunPlan plan, NetworkLayout layout, ImmutableArray<Tensor> weights, Tensor inputs)
    {
        Tape tape = new();
        // A weight without gradients would leave its layer's output without a graph to take cotangents from.
        ImmutableArray<Tensor> leaves =
        [
            .. InBinary64(weights).Zip(
                layout.Parameters,
                (leaf, parameter) => leaf.requires_grad_(parameter.Slot.Role != ParameterRole.Buffer)),
        ];
        Tensor outputs = layout.Forward(inputs, leaves, ForwardPass.Taped(tape)); // [n, K]
        return (outputs.detach(), ExplicitJacobian.Form(outputs, tape, layout.Columns(plan)).detach());
    }

    /// <summary>The weights in binary64.</summary>
    public static ImmutableArray<Tensor> InBinary64(ImmutableArray<Tensor> weights) =>
        [.. weights.Select(weight => weight.detach().to(ScalarType.Float64, copy: true))];
}
