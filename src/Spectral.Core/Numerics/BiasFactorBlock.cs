using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of an offset that stands alone, y = x + bias: row (i, c) is g_ic, summed over the places that share an
/// element of the offset.
/// </summary>
/// <param name="Cotangents">g [n, K, C, P], the outputs' derivatives by the layer's output; P places share an
/// element.</param>
public sealed record BiasFactorBlock(Tensor Cotangents) : FactorBlock
{
    /// <inheritdoc/>
    public override long Examples => Cotangents.shape[0];

    /// <inheritdoc/>
    public override long Outputs => Cotangents.shape[1];

    /// <inheritdoc/>
    public override long Columns => Cotangents.shape[2];

    /// <inheritdoc/>
    public override ImmutableArray<Tensor> Factors => [Cotangents];

    /// <inheritdoc/>
    public override Tensor Explicit() => Cotangents.sum(dim: 3).view(Examples * Outputs, Columns); // [nK, C]

    /// <inheritdoc/>
    /// <remarks>The columns are as few as the layer's outputs: they are formed. Cost 2 nK C b.</remarks>
    public override Tensor Times(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        return Explicit().mm(vectors).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>Cost 2 nK C b.</remarks>
    public override Tensor TransposeTimes(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        return Explicit().t().mm(vectors).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override FactorBlock Slice(long first, long count) =>
        new BiasFactorBlock(Cotangents.narrow(0, first, count));

    /// <inheritdoc/>
    public override FactorBlock Map(Func<Tensor, Tensor> change) => new BiasFactorBlock(change(Cotangents));
}
