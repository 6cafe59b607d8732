using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of parameters that a network uses in several places: the sum of the uses' columns. Products of the uses
/// would miss those between one use and another; so the sum comes before every product.
/// </summary>
/// <param name="Uses">The uses' blocks, two or more, over the same parameters in the same order.</param>
public sealed record TiedFactorBlock(ImmutableArray<FactorBlock> Uses) : FactorBlock
{
    /// <inheritdoc/>
    public override long Examples => Uses[0].Examples;

    /// <inheritdoc/>
    public override long Outputs => Uses[0].Outputs;

    /// <inheritdoc/>
    public override long Columns => Uses[0].Columns;

    /// <inheritdoc/>
    public override ImmutableArray<Tensor> Factors => [.. Uses.SelectMany(use => use.Factors)];

    /// <summary>One block for all uses of some parameters: the use itself where there is one.</summary>
    /// <exception cref="ArgumentException">The uses have different numbers of columns: they do not share
    /// parameters.</exception>
    public static FactorBlock Of(ImmutableArray<FactorBlock> uses)
    {
        if (uses.Select(use => use.Columns).Distinct().Count() != 1)
        {
            string columns = string.Join(", ", uses.Select(use => FormattableString.Invariant($"{use.Columns}")));
            throw new ArgumentException($"uses of the same parameters have {columns} columns", nameof(uses));
        }

        return uses.Length == 1 ? uses[0] : new TiedFactorBlock(uses);
    }

    /// <inheritdoc/>
    public override Tensor Explicit() => Sum(use => use.Explicit());

    /// <inheritdoc/>
    public override Tensor Times(Tensor vectors) => Sum(use => use.Times(vectors));

    /// <inheritdoc/>
    public override Tensor TransposeTimes(Tensor vectors) => Sum(use => use.TransposeTimes(vectors));

    /// <inheritdoc/>
    public override FactorBlock Slice(long first, long count) =>
        new TiedFactorBlock([.. Uses.Select(use => use.Slice(first, count))]);

    /// <inheritdoc/>
    public override FactorBlock Map(Func<Tensor, Tensor> change) =>
        new TiedFactorBlock([.. Uses.Select(use => use.Map(change))]);

    /// <inheritdoc/>
    protected override FactorBlock? Part(ImmutableArray<ColumnRange> wanted) =>
        new TiedFactorBlock([.. Uses.Select(use => use.Select(wanted))]);

    private Tensor Sum(Func<FactorBlock, Tensor> part)
    {
        using IDisposable scope = NewDisposeScope();
        return Uses.Skip(1).Aggregate(part(Uses[0]), (sum, use) => sum.Plus(part(use))).MoveToOuterDisposeScope();
    }
}
