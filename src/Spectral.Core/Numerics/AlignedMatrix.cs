using System.Runtime.InteropServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// A dense binary64 matrix, row-major without gaps, in native memory aligned to 64 bytes and indexed by long: it may
/// hold more elements than an array. Elements start at 0.
/// </summary>
public sealed unsafe class AlignedMatrix : IDisposable
{
    private double* _elements;

    /// <summary>Allocates zeros.</summary>
    /// <param name="rows">At least 0.</param>
    /// <param name="columns">At least 0; the distance from a row to the next, in elements.</param>
    /// <exception cref="OutOfMemoryException">The memory is not there.</exception>
    public AlignedMatrix(long rows, long columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        nuint bytes = checked((nuint)Math.Max(rows * columns, 1) * sizeof(double));
        _elements = (double*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(_elements, bytes);
    }

    /// <summary>Frees what was not disposed.</summary>
    ~AlignedMatrix() => Free();

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
            ObjectDisposedException.ThrowIf(_elements is null, this);
            return _elements;
        }
    }

    /// <summary>The element in a row and a column, both from 0; not checked.</summary>
    public ref double this[long row, long column] => ref Pointer[(row * Columns) + column];

    /// <summary>Where a row starts; not checked.</summary>
    public double* Row(long row) => Pointer + (row * Columns);

    /// <summary>The same elements in memory of their own.</summary>
    public AlignedMatrix Copy()
    {
        AlignedMatrix copy = new(Rows, Columns);
        long bytes = Rows * Columns * sizeof(double);
        Buffer.MemoryCopy(Pointer, copy.Pointer, bytes, bytes);
        return copy;
    }

    /// <summary>Gives the memory back; pointers into it die.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_elements);
        _elements = null;
    }
}
