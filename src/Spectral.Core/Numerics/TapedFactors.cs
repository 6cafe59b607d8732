using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// Turns a taped forward pass into factor blocks: one batched backward pass for each of the K outputs gives all
/// examples' cotangents at the layers' outputs. No parameter's gradient is computed.
/// </summary>
public static class TapedFactors
{
    /// <summary>
    /// The blocks of some layers, in the order of the parameters; uses of the same parameters are one block.
    /// </summary>
    /// <param name="outputs">f [n, K], with its graph, which is used up. Examples must not influence each other's
    /// outputs.</param>
    /// <param name="tape">The tape that the forward pass wrote.</param>
    /// <param name="layers">Which of the tape's <see cref="Tape.Layers"/>, ascending; null for all of them.</param>
    /// <returns>Blocks whose tensors are the caller's dispose scope's.</returns>
    /// <exception cref="InvalidOperationException">A layer with parameters gives no factor block.</exception>
    public static ImmutableArray<FactorBlock> Of(Tensor outputs, Tape tape, IReadOnlyList<int>? layers = null)
    {
        IReadOnlyList<IReadOnlyList<int>> all = tape.Layers();
        int[][] uses = [.. (layers ?? [.. Enumerable.Range(0, all.Count)]).Select(layer => all[layer].ToArray())];
        int[] entries = [.. uses.SelectMany(places => places)];
        if (entries.Length == 0)
            return [];

        Tensor[] cotangents = Cotangents(outputs, [.. entries.Select(entry => tape.Entries[entry].Output)]);
        Dictionary<int, FactorBlock> blocks = [];
        foreach ((int entry, Tensor own) in entries.Zip(cotangents))
        {
            blocks[entry] = tape.Entries[entry].Block(own) ?? throw new InvalidOperationException(
                FormattableString.Invariant($"use {entry} on the tape has parameters but gives no factor block"));
        }

        return [.. uses.Select(places => TiedFactorBlock.Of([.. places.Select(place => blocks[place])]))];
    }

    /// <summary>
    /// For each layer's output [n, ...], its cotangents [n, K, ...]. What a backward pass gives is copied to its place
    /// and freed before the next pass, which then works on the same memory.
    /// </summary>
    private static Tensor[] Cotangents(Tensor outputs, Tensor[] layerOutputs)
    {
        int classes = (int)outputs.shape[1];
        Tensor[] all =
        [
            .. layerOutputs.Select(output => empty(
                [output.shape[0], classes, .. output.shape[1..]], output.dtype, output.device)),
        ];
        using TorchSharp.Scalar one = 1.0;
        for (int c = 0; c < classes; c++)
        {
            using IDisposable scope = NewDisposeScope();
            // Output c of every example: one pass serves all of them, for example i's output depends on no other.
            Tensor unit = zeros_like(outputs, requires_grad: false); // [n, K]
            unit.select(1, c).fill_(one);
            IList<Tensor> gradients =
                autograd.grad([outputs], layerOutputs, [unit], retain_graph: c + 1 < classes, allow_unused: true);
            for (int layer = 0; layer < all.Length; layer++)
            {
                Tensor own = all[layer].select(1, c); // [n, ...]
                // libtorch gives an invalid handle, not zeros, for a layer that the output does not depend on.
                _ = gradients[layer].IsInvalid ? own.zero_() : own.copy_(gradients[layer]);
            }
        }

        return all;
    }
}
