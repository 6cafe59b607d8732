using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A dense binary64 matrix, row-major without gaps, in native memory aligned to 64 bytes and indexed by long: it may
/// hold more elements than an array, at an address that stays, so that BLAS works on it in place. Elements start at 0.
/// </summary>
public sealed unsafe class AlignedMatrix : IDisposable
{
    private readonly AlignedMemory _memory;

    /// <summary>Allocates zeros.</summary>
    /// <param name="rows">At least 0.</param>
    /// <param name="columns">At least 0; the distance from a row to the next, in elements.</param>
    /// <exception cref="InsufficientMemoryException">The memory is not there.</exception>
    public AlignedMatrix(long rows, long columns)
        : this(rows, columns, isSet: true)
    {
    }

    private AlignedMatrix(long rows, long columns, bool isSet)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        _memory = new AlignedMemory(checked(rows * columns));
        if (isSet)
            Clear();
    }

    /// <summary>Number of rows.</summary>
    public long Rows { get; }

    /// <summary>Number of columns.</summary>
    public long Columns { get; }

    /// <summary>The first element.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public double* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory.Pointer is null, this);
            return _memory.Pointer;
        }
    }

    /// <summary>The element in a row and a column, both from 0; not checked.</summary>
    public ref double this[long row, long column] => ref Pointer[(row * Columns) + column];

    /// <summary>
    /// Elements that are anything until they are written: memory that is never written is never taken from the system.
    /// </summary>
    /// <param name="rows">At least 0.</param>
    /// <param name="columns">At least 0.</param>
    /// <exception cref="InsufficientMemoryException">The memory is not there.</exception>
    public static AlignedMatrix Unset(long rows, long columns) => new(rows, columns, isSet: false);

    /// <summary>
    /// A copy of an array: the last bits of MKL's products depend on where their operands lie, and an array lies where
    /// the runtime puts it.
    /// </summary>
    /// <param name="elements">Row-major.</param>
    /// <param name="rows">At least 0.</param>
    /// <param name="columns">At least 0.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    public static AlignedMatrix Of(ReadOnlySpan<double> elements, long rows, long columns)
    {
        if (elements.Length != rows * columns)
        {
            throw new ArgumentException(
                $"{elements.Length} elements are no {rows} x {columns} matrix", nameof(elements));
        }

        AlignedMatrix copy = Unset(rows, columns);
        elements.CopyTo(new Span<double>(copy.Pointer, elements.Length));
        return copy;
    }

    /// <summary>A copy of a tensor.</summary>
    /// <param name="matrix">[rows, columns], binary64, on any device.</param>
    /// <exception cref="ArgumentException">It is no such matrix.</exception>
    public static AlignedMatrix Of(Tensor matrix)
    {
        if (matrix.dtype != ScalarType.Float64 || matrix.shape.Length != 2)
            throw new ArgumentException("a matrix has two axes and elements of binary64", nameof(matrix));
        using IDisposable scope = NewDisposeScope();
        AlignedMatrix copy = new(matrix.shape[0], matrix.shape[1]);
        Tensor here = matrix.detach().cpu().contiguous();
        if (copy.Rows * copy.Columns > 0)
        {
            long bytes = copy.Rows * copy.Columns * sizeof(double);
            Buffer.MemoryCopy(TensorMemory.Pointer(here), copy.Pointer, bytes, bytes);
        }

        return copy;
    }

    /// <summary>Where a row starts; not checked.</summary>
    public double* Row(long row) => Pointer + (row * Columns);

    /// <summary>A column's elements.</summary>
    /// <param name="column">From 0.</param>
    public double[] Column(long column)
    {
        double[] elements = new double[Rows];
        for (long row = 0; row < Rows; row++)
            elements[row] = this[row, column];
        return elements;
    }

    /// <summary>Sets every element to 0.</summary>
    public void Clear() =>
        System.Runtime.InteropServices.NativeMemory.Clear(Pointer, (nuint)(Rows * Columns) * sizeof(double));

    /// <summary>All elements, row-major.</summary>
    public double[] ToArray() => ToArray(0, Rows);

    /// <summary>The elements of some rows, row-major.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many.</param>
    public double[] ToArray(long first, long count)
    {
        double[] values = new double[checked(count * Columns)];
        long bytes = values.LongLength * sizeof(double);
        fixed (double* target = values)
            Buffer.MemoryCopy(Row(first), target, bytes, bytes);
        return values;
    }

    /// <summary>The same elements in memory of their own.</summary>
    public AlignedMatrix Copy()
    {
        AlignedMatrix copy = new(Rows, Columns);
        long bytes = Rows * Columns * sizeof(double);
        Buffer.MemoryCopy(Pointer, copy.Pointer, bytes, bytes);
        return copy;
    }

    /// <summary>Gives the memory back; pointers into it die.</summary>
    public void Dispose() => _memory.Dispose();
}
