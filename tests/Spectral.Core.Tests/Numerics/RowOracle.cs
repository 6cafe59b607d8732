using Spectral.Core.Execution;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// The slow Jacobian that is obviously right: one forward pass of one example and one backward pass for every row, with
/// respect to the parameters themselves. It shares nothing with the factor blocks.
/// </summary>
internal static class RowOracle
{
    /// <summary>J [nK, p], row (i, c) = i*K + c, columns in the order of the parameters; buffers have none.</summary>
    public static Tensor Jacobian(NetworkLayout layout, Tensor inputs, IReadOnlyList<Tensor> weights)
    {
        Tensor[] all = [.. weights.Select(weight => weight.detach().clone())];
        Tensor[] leaves =
        [
            .. all.Where((_, i) => layout.Parameters[i].Slot.Role != ParameterRole.Buffer)
                .Select(leaf => leaf.requires_grad_(true)),
        ];
        List<Tensor> rows = [];
        for (long example = 0; example < inputs.shape[0]; example++)
        {
            Tensor output = layout.Forward(inputs.narrow(0, example, 1), [.. all], ForwardPass.Evaluation); // [1, K]
            for (long c = 0; c < output.shape[1]; c++)
            {
                IList<Tensor> gradients = autograd.grad(
                    [output[0, c]], leaves, null, retain_graph: c + 1 < output.shape[1], allow_unused: true);
                rows.Add(cat([.. gradients.Select((gradient, i) =>
                    (gradient.IsInvalid ? zeros_like(leaves[i]) : gradient).flatten())])); // [p]
            }
        }

        return stack(rows); // [nK, p]
    }

    /// <summary>J by central differences of the outputs, a parameter at a time: right even if autograd were not.</summary>
    public static Tensor ByDifferences(NetworkLayout layout, Tensor inputs, IReadOnlyList<Tensor> weights, double step)
    {
        using IDisposable graphless = no_grad();
        List<Tensor> columns = [];
        foreach (Tensor weight in weights.Where((_, i) => layout.Parameters[i].Slot.Role != ParameterRole.Buffer))
        {
            for (long index = 0; index < weight.numel(); index++)
            {
                Tensor ahead = Shifted(weight, index, step), behind = Shifted(weight, index, -step);
                columns.Add((Outputs(weight, ahead) - Outputs(weight, behind)).flatten() / (2 * step)); // [nK]
            }
        }

        return stack(columns, dim: 1); // [nK, p]

        Tensor Outputs(Tensor changed, Tensor to) =>
            layout.Forward(
                inputs, [.. weights.Select(weight => ReferenceEquals(weight, changed) ? to : weight)], ForwardPass.Evaluation);
    }

    private static Tensor Shifted(Tensor weight, long index, double step)
    {
        Tensor shifted = weight.detach().clone();
        shifted.view(-1)[index] += step;
        return shifted;
    }
}
