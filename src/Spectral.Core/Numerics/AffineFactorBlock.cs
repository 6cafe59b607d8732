using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of a layer whose output channels each have a row of weights and perhaps an offset: first the weight's C
/// F columns, channel by channel, then the bias' C.
/// </summary>
/// <param name="Input">What the layer saw, [n, ...].</param>
/// <param name="Cotangents">g [n, K, C, ...], the outputs' derivatives by the layer's output.</param>
/// <param name="Bias">Whether the layer has a bias.</param>
public abstract record AffineFactorBlock(Tensor Input, Tensor Cotangents, bool Bias) : FactorBlock
{
    /// <inheritdoc/>
    public sealed override long Examples => Cotangents.shape[0];

    /// <inheritdoc/>
    public sealed override long Outputs => Cotangents.shape[1];

    /// <inheritdoc/>
    public sealed override long Columns => Weights + (Bias ? Channels : 0);

    /// <inheritdoc/>
    public sealed override ImmutableArray<Tensor> Factors => [Input, Cotangents];

    /// <summary>C, the layer's output channels.</summary>
    public long Channels => Cotangents.shape[2];

    /// <summary>F, the inputs of one output channel.</summary>
    public abstract long Fan { get; }

    /// <summary>The weight's columns, C F.</summary>
    protected long Weights => Channels * Fan;

    /// <summary>
    /// Whether every channel sees all inputs, so that some of the channels are a layer of the same kind.
    /// </summary>
    protected abstract bool SeesAllInputs { get; }

    /// <inheritdoc/>
    public sealed override FactorBlock Slice(long first, long count) =>
        this with { Input = Input.narrow(0, first, count), Cotangents = Cotangents.narrow(0, first, count) };

    /// <inheritdoc/>
    public sealed override FactorBlock Map(Func<Tensor, Tensor> change) =>
        this with { Input = change(Input), Cotangents = change(Cotangents) };

    /// <inheritdoc/>
    public sealed override IEnumerable<ColumnRange> Ranges(long width) =>
    [
        .. new ColumnRange(0, Weights).Cut(Math.Max(1, (width + Fan - 1) / Fan) * Fan),
        .. Bias ? [new ColumnRange(Weights, Channels)] : Array.Empty<ColumnRange>(),
    ];

    /// <inheritdoc/>
    protected sealed override FactorBlock? Part(ImmutableArray<ColumnRange> wanted)
    {
        if (wanted is not [{ } range])
            return null;
        if (range == new ColumnRange(0, Weights))
            return this with { Bias = false };
        if (range == new ColumnRange(Weights, Channels))
            return new BiasFactorBlock(Cotangents.reshape(Examples, Outputs, Channels, -1));
        return SeesAllInputs && range.End <= Weights && range.First % Fan == 0 && range.Count % Fan == 0
            ? this with { Cotangents = Cotangents.narrow(2, range.First / Fan, range.Count / Fan), Bias = false }
            : null;
    }
}
