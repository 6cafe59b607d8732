using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// A network's weights with the trained ones side by side in one vector, of which the network's tensors are views: an
/// optimizer's step is then a few operations whatever the number of layers.
/// </summary>
internal sealed class TrainedWeights
{
    private readonly ImmutableArray<Tensor> _leaves;

    private TrainedWeights(ImmutableArray<Tensor> all, ImmutableArray<Tensor> leaves, Tensor vector)
    {
        All = all;
        _leaves = leaves;
        Vector = vector;
    }

    /// <summary>
    /// One tensor for each of the network's parameters; those that are trained are leaves of the graph.
    /// </summary>
    public ImmutableArray<Tensor> All { get; }

    /// <summary>The trained parameters [p], in order.</summary>
    public Tensor Vector { get; }

    /// <summary>Whether training changes no parameter at all.</summary>
    public bool AreFixed => _leaves.IsEmpty;

    /// <summary>Takes weights over; the tensors belong to the caller's dispose scope.</summary>
    /// <param name="drawn">One tensor for each parameter; those that are not trained are used as they are.</param>
    /// <param name="isTrained">Which of them are trained.</param>
    public static TrainedWeights Of(ImmutableArray<Tensor> drawn, ImmutableArray<bool> isTrained)
    {
        ImmutableArray<Tensor> chosen = [.. drawn.Where((_, i) => isTrained[i])];
        if (chosen.IsEmpty)
            return new TrainedWeights(drawn, [], empty(0));
        Tensor vector = cat([.. chosen.Select(weight => weight.detach().reshape(-1))], 0); // [p]
        ImmutableArray<Tensor>.Builder all = ImmutableArray.CreateBuilder<Tensor>(drawn.Length);
        long offset = 0;
        for (int i = 0; i < drawn.Length; i++)
        {
            if (!isTrained[i])
            {
                all.Add(drawn[i]);
                continue;
            }

            long count = drawn[i].numel();
            all.Add(vector.narrow(0, offset, count).view(drawn[i].shape).requires_grad_(true));
            offset += count;
        }

        return new TrainedWeights(all.ToImmutable(), [.. all.Where((_, i) => isTrained[i])], vector);
    }

    /// <summary>The gradient [p] by the trained parameters; zero where the outputs do not depend on one.</summary>
    /// <param name="outputs">f [B, K], with a graph.</param>
    /// <param name="cotangents">The loss's gradient by f, [B, K].</param>
    public Tensor Gradient(Tensor outputs, Tensor cotangents)
    {
        IList<Tensor> gradients = autograd.grad([outputs], _leaves, [cotangents], allow_unused: true);
        Tensor[] parts = new Tensor[_leaves.Length];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = (gradients[i].IsInvalid ? zeros_like(_leaves[i]) : gradients[i]).reshape(-1);
        return cat(parts, 0); // [p]
    }

    /// <summary>A copy of all weights, without graph; owned by the caller's dispose scope.</summary>
    public ImmutableArray<Tensor> Copy() => [.. All.Select(weight => weight.detach().clone())];
}
