using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The Jacobian J [nK, p] formed as a matrix: one batched forward pass, then one batched backward pass for each of the
/// K
/// outputs (K passes, not nK), whose cotangents meet the layers' inputs in outer products. Row (i, c) = i*K + c.
/// </summary>
public static class ExplicitJacobian
{
    /// <summary>
    /// Forms J from a taped forward pass. Cost: K backward passes, nK*p multiplications and as many elements of memory
    /// twice over (the layers' blocks and their concatenation). Layers without a wanted column are not formed.
    /// </summary>
    /// <param name="outputs">f [n, K], with its graph. Examples must not influence each other's outputs.</param>
    /// <param name="tape">The tape that the forward pass wrote.</param>
    /// <param name="columns">The columns that are wanted, in order, counted over all weights on the tape.</param>
    /// <returns>J [nK, p] in the outputs' element type; owned by the caller's dispose scope.</returns>
    public static Tensor Form(Tensor outputs, Tape tape, ImmutableArray<ColumnRange> columns)
    {
        using IDisposable scope = NewDisposeScope();
        List<Tensor> parts = [];
        long first = 0;
        foreach (FactorBlock block in TapedFactors.Of(outputs, tape))
        {
            long end = first + block.Columns;
            ImmutableArray<ColumnRange> wanted = [.. columns.Where(range => range.First >= first && range.End <= end)];
            if (!wanted.IsEmpty)
            {
                Tensor whole = block.Explicit(); // [nK, columns of the layer]
                parts.AddRange(wanted.Select(range => whole.narrow(1, range.First - first, range.Count)));
            }

            first = end;
        }

        return cat(parts, dim: 1).MoveToOuterDisposeScope(); // [nK, p]
    }
}
