using System.Runtime.CompilerServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// A symmetric matrix [N, N] in binary64 by panels of rows: of each panel the columns up to and with its square on the
/// diagonal, so that the memory is N^2 / 2 numbers and 264 N more, and every row starts at a multiple of 64 bytes. Of
/// row i the elements j &lt;= i are the matrix; behind them, as far as the panel's square reaches, is room to work in.
/// </summary>
public sealed unsafe class LowerTriangle : IDisposable
{
    /// <summary>Rows of a panel: long enough for matrix products down a panel's columns.</summary>
    internal const int PanelRows = 512;

    /// <summary>Numbers of a cache line, 64 bytes.</summary>
    private const int Line = 8;

    private readonly AlignedMemory? _memory;
    private readonly nint[] _starts; // of a panel's first row, as an address
    private readonly long[] _strides;
    private bool _isDisposed;

    /// <summary>Allocates a matrix without setting its elements.</summary>
    /// <param name="order">N, 1 or more.</param>
    /// <exception cref="InsufficientMemoryException">The system gives no such memory.</exception>
    public LowerTriangle(long order)
        : this(order, panel => Stride(order, panel))
    {
        _memory = SpareMemory.Take(Numbers(order));
        double* start = _memory.Pointer;
        for (int panel = 0; panel < _starts.Length; panel++)
        {
            _starts[panel] = (nint)start;
            start += _strides[panel] * Math.Min(PanelRows, order - ((long)panel * PanelRows));
        }
    }

    private LowerTriangle(long order, Func<long, long> stride)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        Order = order;
        _starts = new nint[((order - 1) / PanelRows) + 1];
        _strides = [.. Enumerable.Range(0, _starts.Length).Select(panel => stride(panel))];
    }

    /// <summary>N.</summary>
    public long Order { get; }

    /// <summary>One element, of either triangle.</summary>
    /// <param name="row">0 to N - 1.</param>
    /// <param name="column">0 to N - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    /// <exception cref="ObjectDisposedException">The matrix was disposed of.</exception>
    public double this[long row, long column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)row, (ulong)Order, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)column, (ulong)Order, nameof(column));
            return Elements(Math.Max(row, column))[(int)Math.Min(row, column)];
        }
    }

    /// <summary>
    /// A square matrix of the caller's as it lies: nothing is copied, and it must stay where it is.
    /// </summary>
    /// <param name="a">A [N, N]: of each row i the elements j &lt;= i.</param>
    /// <param name="order">N, 1 or more.</param>
    /// <param name="stride">Elements from a row to the next, N to 2^31 - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order or the stride is out of range.</exception>
    public static LowerTriangle Of(double* a, int order, long stride)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, order);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(stride, int.MaxValue);
        LowerTriangle matrix = new(order, _ => stride);
        for (int panel = 0; panel < matrix._starts.Length; panel++)
            matrix._starts[panel] = (nint)(a + (panel * PanelRows * stride));
        return matrix;
    }

    /// <summary>Numbers in memory for a matrix of this order.</summary>
    /// <param name="order">N, 0 or more.</param>
    public static long Numbers(long order)
    {
        long whole = order / PanelRows, rest = order % PanelRows;
        long full = PanelRows * ((PanelRows * (whole * (whole + 1) / 2)) + (Line * whole));
        return checked(rest == 0 ? full : full + (rest * Stride(order, whole)));
    }

    /// <summary>
    /// Where a row starts; not checked. Elements up to the end of the panel's square may be read and written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double* Row(long row)
    {
        long panel = row / PanelRows;
        return (double*)_starts[panel] + ((row - (panel * PanelRows)) * _strides[panel]);
    }

    /// <summary>Elements from a row to the next one of its panel.</summary>
    /// <param name="row">The row.</param>
    public int Stride(long row) => (int)_strides[row / PanelRows];

    /// <summary>The elements j &lt;= i of row i.</summary>
    /// <param name="row">i.</param>
    /// <exception cref="ObjectDisposedException">The matrix was disposed of.</exception>
    public ReadOnlySpan<double> Elements(long row)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new ReadOnlySpan<double>(Row(row), checked((int)(row + 1)));
    }

    /// <summary>Gives the memory back where it is this object's own, for the next matrix; pointers into it die.</summary>
    public void Dispose()
    {
        if (!_isDisposed && _memory is not null)
            SpareMemory.Give(_memory);
        _isDisposed = true;
    }

    /// <summary>
    /// A row's elements in whole cache lines, and one more: rows a power of two apart would share their place in a
    /// cache.
    /// </summary>
    private static long Stride(long order, long panel)
    {
        long columns = Math.Min(order, (panel + 1) * PanelRows);
        return ((columns + Line - 1) / Line * Line) + Line;
    }
}
