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

        Tensor[][] byClass = Cotangents(outputs, [.. entries.Select(entry => tape.Entries[entry].Output)]);
        Dictionary<int, FactorBlock> blocks = [];
        for (int index = 0; index < entries.Length; index++)
        {
            TapeEntry entry = tape.Entries[entries[index]];
            Tensor cotangents = stack(
                byClass.Select(gradients => OrZero(gradients[index], entry.Output)), dim: 1); // [n, K, ...]
            blocks[entries[index]] = entry.Block(cotangents) ?? throw new InvalidOperationException(
                FormattableString.Invariant(
                    $"use {entries[index]} on the tape has parameters but gives no factor block"));
        }

        return [.. uses.Select(places => TiedFactorBlock.Of([.. places.Select(place => blocks[place])]))];
    }

    /// <summary>For each output, the cotangents of the layers' outputs.</summary>
    private static Tensor[][] Cotangents(Tensor outputs, Tensor[] layerOutputs)
    {
        int classes = (int)outputs.shape[1];
        Tensor[][] byClass = new Tensor[classes][];
        using TorchSharp.Scalar one = 1.0;
        for (int c = 0; c < classes; c++)
        {
            // Output c of every example: one pass serves all of them, for example i's output depends on no other.
            Tensor unit = zeros_like(outputs, requires_grad: false); // [n, K]
            unit.select(1, c).fill_(one);
            byClass[c] = [.. autograd.grad(
                [outputs], layerOutputs, [unit], retain_graph: c + 1 < classes, allow_unused: true)];
        }

        return byClass;
    }

    /// <summary>libtorch gives an invalid handle, not zeros, for a layer that the output does not depend on.</summary>
    private static Tensor OrZero(Tensor gradient, Tensor like) => gradient.IsInvalid ? zeros_like(like) : gradient;
}
