using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of a normalisation's scale and offset, y = weight * xhat + bias: row (i, c) of the weight's columns is
/// the sum over the places that share a weight of g_ic xhat_i, of the bias' the sum of g_ic. xhat depends on no weight
/// of the layer.
/// </summary>
/// <param name="Normalized">xhat [n, C, P]: C weights, each shared by P places.</param>
/// <param name="Cotangents">g [n, K, C, P], the outputs' derivatives by the layer's output.</param>
public sealed record AffineNormFactorBlock(Tensor Normalized, Tensor Cotangents) : FactorBlock
{
    /// <inheritdoc/>
    public override long Examples => Cotangents.shape[0];

    /// <inheritdoc/>
    public override long Outputs => Cotangents.shape[1];

    /// <inheritdoc/>
    public override long Columns => 2 * Normalized.shape[1];

    /// <inheritdoc/>
    public override ImmutableArray<Tensor> Factors => [Normalized, Cotangents];

    /// <inheritdoc/>
    public override Tensor Explicit()
    {
        long rows = Cotangents.shape[0] * Cotangents.shape[1], c = Normalized.shape[1];
        // Output by output: the product is as large as the cotangents themselves.
        Tensor weight = stack(
            [.. Enumerable.Range(0, (int)Cotangents.shape[1]).Select(k => Summed(Cotangents.select(1, k)))],
            dim: 1).reshape(rows, c); // [nK, C]
        return cat([weight, Cotangents.sum(3).reshape(rows, c)], dim: 1); // [nK, 2 C]
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The columns are formed, 2 nK C P operations, and fewer than the cotangents they come from unless P is 1; then
    /// 4 nK C b. Every other order carries P to the b columns.
    /// </remarks>
    public override Tensor Times(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        return Explicit().mm(vectors).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>As <see cref="Times"/>: 2 nK C P + 4 nK C b operations.</remarks>
    public override Tensor TransposeTimes(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        return Explicit().t().mm(vectors).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override FactorBlock Slice(long first, long count) =>
        new AffineNormFactorBlock(Normalized.narrow(0, first, count), Cotangents.narrow(0, first, count));

    /// <inheritdoc/>
    public override FactorBlock Map(Func<Tensor, Tensor> change) =>
        new AffineNormFactorBlock(change(Normalized), change(Cotangents));

    /// <inheritdoc/>
    protected override FactorBlock? Part(ImmutableArray<ColumnRange> wanted) =>
        wanted is [{ } range] && range == new ColumnRange(Columns / 2, Columns / 2)
            ? new BiasFactorBlock(Cotangents)
            : null;

    /// <summary>The sum over places of g xhat for one output, [n, C].</summary>
    private Tensor Summed(Tensor cotangents)
    {
        using Tensor product = cotangents * Normalized; // [n, C, P]
        return product.sum(2);
    }
}
