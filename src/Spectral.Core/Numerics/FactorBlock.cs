using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of a Jacobian that belong to one layer's parameters, kept as factors: what the layer saw and what the
/// outputs' cotangents are behind it. Row (i, c) = i*K + c; columns in PyTorch's order of the parameters.
/// </summary>
public abstract record FactorBlock
{
    /// <summary>n, the number of examples.</summary>
    public abstract long Examples { get; }

    /// <summary>K, the number of outputs.</summary>
    public abstract long Outputs { get; }

    /// <summary>The number of columns: the layer's parameters, or those of them that are wanted.</summary>
    public abstract long Columns { get; }

    /// <summary>The factors themselves; everything else of the block follows from them.</summary>
    public abstract ImmutableArray<Tensor> Factors { get; }

    /// <summary>The columns themselves, [nK, <see cref="Columns"/>]; cost nK * Columns multiplications.</summary>
    public abstract Tensor Explicit();

    /// <summary>J_l V without J_l, [nK, b], where the layer's structure allows it.</summary>
    /// <param name="vectors">V [<see cref="Columns"/>, b], in the factors' element type.</param>
    public abstract Tensor Times(Tensor vectors);

    /// <summary>J_l^T U without J_l, [<see cref="Columns"/>, b], where the layer's structure allows it.</summary>
    /// <param name="vectors">U [nK, b], in the factors' element type.</param>
    public abstract Tensor TransposeTimes(Tensor vectors);

    /// <summary>The block of some neighbouring examples; shares memory with this one.</summary>
    /// <param name="first">The first example.</param>
    /// <param name="count">How many.</param>
    public abstract FactorBlock Slice(long first, long count);

    /// <summary>The block with every factor changed, such as detached from its graph; shapes stay.</summary>
    /// <param name="change">Called once for each of <see cref="Factors"/>, in their order.</param>
    public abstract FactorBlock Map(Func<Tensor, Tensor> change);

    /// <summary>The block of some of the columns, in the given order.</summary>
    /// <param name="wanted">The columns, counted within the block.</param>
    /// <exception cref="ArgumentOutOfRangeException">A range does not lie within the block.</exception>
    public FactorBlock Select(ImmutableArray<ColumnRange> wanted)
    {
        foreach (ColumnRange range in wanted)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(range.First, nameof(wanted));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(range.End, Columns, nameof(wanted));
        }

        ImmutableArray<ColumnRange> merged = ColumnRange.Merge(wanted);
        return merged is [{ First: 0 } all] && all.Count == Columns
            ? this
            : Part(merged) ?? new SelectedFactorBlock(this, merged);
    }

    /// <summary>
    /// The columns in order, in ranges of about a width whose <see cref="Select"/> forms nothing but them: whole
    /// channels, where a layer has channels.
    /// </summary>
    /// <param name="width">1 or more.</param>
    public virtual IEnumerable<ColumnRange> Ranges(long width) => new ColumnRange(0, Columns).Cut(width);

    /// <summary>
    /// The part of the block that is one parameter's columns, where it has a structure of its own; else null.
    /// </summary>
    /// <param name="wanted">Columns within the block, neighbouring ranges merged.</param>
    protected virtual FactorBlock? Part(ImmutableArray<ColumnRange> wanted) => null;
}
