using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// Some columns of a layer's block that have no structure of their own, such as a part of a weight's rows.
/// </summary>
/// <param name="Whole">The layer's block.</param>
/// <param name="Wanted">The columns, counted within the block.</param>
public sealed record SelectedFactorBlock(FactorBlock Whole, ImmutableArray<ColumnRange> Wanted) : FactorBlock
{
    /// <inheritdoc/>
    public override long Examples => Whole.Examples;

    /// <inheritdoc/>
    public override long Outputs => Whole.Outputs;

    /// <inheritdoc/>
    public override long Columns => Wanted.Sum(range => range.Count);

    /// <inheritdoc/>
    public override ImmutableArray<Tensor> Factors => Whole.Factors;

    /// <inheritdoc/>
    public override Tensor Explicit()
    {
        using IDisposable scope = NewDisposeScope();
        return Chosen(Whole.Explicit(), dimension: 1).MoveToOuterDisposeScope(); // [nK, columns]
    }

    /// <inheritdoc/>
    /// <remarks>Cost of the whole block's: what is not wanted meets zeros.</remarks>
    public override Tensor Times(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor padded = zeros(Whole.Columns, vectors.shape[1], dtype: vectors.dtype, device: vectors.device);
        long row = 0;
        foreach (ColumnRange range in Wanted)
        {
            padded.narrow(0, range.First, range.Count).PlusInPlace(vectors.narrow(0, row, range.Count));
            row += range.Count;
        }

        return Whole.Times(padded).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>Cost of the whole block's.</remarks>
    public override Tensor TransposeTimes(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        return Chosen(Whole.TransposeTimes(vectors), dimension: 0).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override FactorBlock Slice(long first, long count) => this with { Whole = Whole.Slice(first, count) };

    /// <inheritdoc/>
    public override FactorBlock Map(Func<Tensor, Tensor> change) => this with { Whole = Whole.Map(change) };

    private Tensor Chosen(Tensor of, int dimension) =>
        cat([.. Wanted.Select(range => of.narrow(dimension, range.First, range.Count))], dimension);
}
