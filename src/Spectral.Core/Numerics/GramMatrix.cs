using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// G = J J^T, the empirical neural tangent kernel, [nK, nK] in binary64: symmetric to the bit, in native memory, so
/// that
/// it may have more than 2^31 elements. Row (i, c) = i*K + c. Dispose of it.
/// </summary>
public sealed unsafe class GramMatrix : IDisposable
{
    private readonly AlignedMemory _memory;

    /// <summary>Allocates a matrix without setting its entries.</summary>
    /// <param name="order">nK, 1 or more.</param>
    /// <exception cref="InsufficientMemoryException">The system gives no such memory.</exception>
    internal GramMatrix(long order)
    {
        Order = order;
        _memory = new AlignedMemory(checked(order * order));
    }

    /// <summary>A copy of a matrix on a device, row by row.</summary>
    /// <param name="matrix">[nK, nK], binary64, symmetric.</param>
    internal static GramMatrix Of(Tensor matrix)
    {
        GramMatrix copy = new(matrix.shape[0]);
        long bytes = sizeof(double) * copy.Order;
        for (long row = 0; row < copy.Order; row++)
        {
            using Tensor one = matrix[row], here = one.cpu();
            Buffer.MemoryCopy(TensorMemory.Pointer(here), copy.Pointer + (row * copy.Order), bytes, bytes);
        }

        return copy;
    }

    /// <summary>nK, the number of rows and of columns.</summary>
    public long Order { get; }

    /// <summary>
    /// The first entry, at a multiple of 64 bytes; entry (r, s) is <c>Pointer[r * Order + s]</c> in 64-bit arithmetic.
    /// Valid as long as the matrix is reachable and not disposed of.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The matrix was disposed of.</exception>
    public double* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory.Pointer is null, this);
            return _memory.Pointer;
        }
    }

    /// <summary>One entry.</summary>
    /// <param name="row">0 to nK - 1.</param>
    /// <param name="column">0 to nK - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    public double this[long row, long column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)row, (ulong)Order, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)column, (ulong)Order, nameof(column));
            return Pointer[(row * Order) + column];
        }
    }

    /// <summary>tr G = ||J||_F^2, summed from the first row on.</summary>
    public double Trace()
    {
        double sum = 0;
        for (long row = 0; row < Order; row++)
            sum += Pointer[(row * Order) + row];
        return sum;
    }

    /// <summary>G V, [nK, b], the caller's dispose scope's. Cost 2 (nK)^2 b operations, G is read once.</summary>
    /// <param name="vectors">V [nK, b], binary64.</param>
    public Tensor Times(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor transposed = vectors.t().contiguous(); // [b, nK]
        long b = vectors.shape[1];
        Tensor product = empty(b, Order, dtype: ScalarType.Float64);
        double* from = TensorMemory.Pointer(transposed), to = TensorMemory.Pointer(product);
        for (long row = 0; row < Order; row++)
        {
            ReadOnlySpan<double> own = new(Pointer + (row * Order), checked((int)Order));
            for (long column = 0; column < b; column++)
            {
                ReadOnlySpan<double> other = new(from + (column * Order), (int)Order);
                to[(column * Order) + row] = ManagedProduct.Dot(own, other);
            }
        }

        return product.t().contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>A copy as a tensor [nK, nK], the caller's dispose scope's.</summary>
    public Tensor ToTensor()
    {
        Tensor copy = empty(Order, Order, dtype: ScalarType.Float64);
        for (long row = 0; row < Order; row++)
        {
            using Tensor into = copy[row];
            new ReadOnlySpan<double>(Pointer + (row * Order), checked((int)Order)).CopyTo(TensorMemory.Span(into));
        }

        return copy;
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
