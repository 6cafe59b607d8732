using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>Columns of J themselves, multiplied: what large matrix products are fastest at.</summary>
/// <param name="layer">The layer's place in the source.</param>
/// <param name="outputs">K.</param>
/// <param name="columns">The columns, counted within the layer.</param>
internal sealed class DeviceColumnTerm(int layer, long outputs, ColumnRange columns) : DeviceTerm(layer)
{
    private readonly ImmutableArray<ColumnRange> _wanted = [columns];
    private readonly long _width = DeviceGram.Aligned(columns.Count); // of a row, zeros at its end
    private Tensor? _rows;

    /// <inheritdoc/>
    public override string Method => "direct";

    /// <inheritdoc/>
    public override double PairFlops => 2.0 * columns.Count;

    /// <inheritdoc/>
    public override long KeptNumbers => outputs * _width;

    /// <inheritdoc/>
    public override void Keep(FactorBlock block, long first, long examples)
    {
        using IDisposable scope = NewDisposeScope();
        long count = block.Examples;
        Tensor rows = block.Select(_wanted).Explicit(); // [count K, columns]
        _rows ??= zeros([examples * outputs, _width], rows.dtype, rows.device).DetachFromDisposeScope();
        _rows.narrow(0, first * outputs, count * outputs).narrow(1, 0, columns.Count).copy_(rows);
    }

    /// <inheritdoc/>
    public override void Add(Tensor sum, long first, long count, long end)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor left = Rows(first, count), right = Rows(0, end).t();
        if (left.dtype == ScalarType.Float64)
            sum.addmm_(left, right, 1, 1);
        else
            Accumulate(sum, left.mm(right));
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _rows?.Dispose();
        _rows = null;
    }

    private Tensor Rows(long first, long count) =>
        _rows!.narrow(0, first * outputs, count * outputs); // [count K, width]
}
