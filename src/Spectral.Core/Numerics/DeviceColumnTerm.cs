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
    private Tensor? _rows;

    /// <inheritdoc/>
    public override string Method => "direct";

    /// <inheritdoc/>
    public override double PairFlops => 2.0 * columns.Count;

    /// <inheritdoc/>
    public override long KeptNumbers => outputs * columns.Count;

    /// <inheritdoc/>
    public override void Keep(FactorBlock block, long first, long examples)
    {
        using IDisposable scope = NewDisposeScope();
        long count = block.Examples;
        Tensor rows = block.Select(_wanted).Explicit().reshape(count, outputs * columns.Count); // [count, K columns]
        _rows ??= Reserve(rows, examples);
        _rows.narrow(0, first, count).copy_(rows);
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
        _rows!.narrow(0, first, count).view(count * outputs, columns.Count); // [count K, columns]
}
