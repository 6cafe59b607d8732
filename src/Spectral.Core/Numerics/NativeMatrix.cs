using System.Runtime.InteropServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// A row-major matrix of doubles outside the managed heap, aligned to 64 bytes: larger than a .NET array may be, at an
/// address that stays, so that BLAS works on it in place. Its content is undefined until it is written.
/// </summary>
public sealed unsafe class NativeMatrix : IDisposable
{
    private const nuint Alignment = 64;

    private double* _pointer;

    /// <summary>Allocates the matrix.</summary>
    /// <param name="rows">Rows, 0 or more.</param>
    /// <param name="columns">Columns, 0 or more; also the row stride.</param>
    /// <exception cref="OutOfMemoryException">The system gives no such piece of memory.</exception>
    public NativeMatrix(long rows, long columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        (Rows, Columns) = (rows, columns);
        _pointer = (double*)NativeMemory.AlignedAlloc(checked((nuint)(rows * columns) * sizeof(double)), Alignment);
    }

    /// <summary>Gives the memory back where nobody has disposed the matrix.</summary>
    ~NativeMatrix() => Free();

    /// <summary>Rows.</summary>
    public long Rows { get; }

    /// <summary>Columns and row stride.</summary>
    public long Columns { get; }

    /// <summary>The first element; null once the matrix is disposed.</summary>
    public double* Pointer => _pointer;

    /// <summary>The first element of a row.</summary>
    public double* Row(long row) => _pointer + (row * Columns);

    /// <summary>Sets every element to 0.</summary>
    public void Clear() => NativeMemory.Clear(_pointer, (nuint)(Rows * Columns) * sizeof(double));

    /// <summary>Rows from <paramref name="first"/> on as an array, row-major.</summary>
    public double[] ToArray(long first, long count)
    {
        double[] values = new double[checked(count * Columns)];
        fixed (double* target = values)
            NativeMemory.Copy(Row(first), target, (nuint)values.LongLength * sizeof(double));
        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}
