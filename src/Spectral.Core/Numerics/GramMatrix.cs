using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// G = J J^T, the empirical neural tangent kernel, [nK, nK] in binary64, of which the lower triangle is kept, in native
/// memory: it may have more than 2^31 elements. Row (i, c) = i*K + c. Dispose of it.
/// </summary>
public sealed unsafe class GramMatrix : IDisposable
{
    /// <summary>Allocates a matrix without setting its entries.</summary>
    /// <param name="order">nK, 1 or more.</param>
    /// <exception cref="InsufficientMemoryException">The system gives no such memory.</exception>
    internal GramMatrix(long order) => Triangle = new LowerTriangle(order);

    /// <summary>A copy of a matrix on a device, a panel of rows at a time.</summary>
    /// <param name="matrix">[nK, nK], binary64, symmetric.</param>
    internal static GramMatrix Of(Tensor matrix)
    {
        GramMatrix copy = new(matrix.shape[0]);
        for (long first = 0; first < copy.Order; first += LowerTriangle.PanelRows)
        {
            using IDisposable scope = NewDisposeScope();
            long rows = Math.Min(LowerTriangle.PanelRows, copy.Order - first);
            Tensor here = matrix.narrow(0, first, rows).narrow(1, 0, first + rows).cpu().contiguous();
            double* from = TensorMemory.Pointer(here);
            for (long row = 0; row < rows; row++)
            {
                long bytes = sizeof(double) * (first + row + 1);
                Buffer.MemoryCopy(from + (row * (first + rows)), copy.Triangle.Row(first + row), bytes, bytes);
            }
        }

        return copy;
    }

    /// <summary>nK, the number of rows and of columns.</summary>
    public long Order => Triangle.Order;

    /// <summary>The entries, for what computes in their place; they are this object's.</summary>
    public LowerTriangle Triangle { get; }

    /// <summary>One entry.</summary>
    /// <param name="row">0 to nK - 1.</param>
    /// <param name="column">0 to nK - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    /// <exception cref="ObjectDisposedException">The matrix was disposed of.</exception>
    public double this[long row, long column] => Triangle[row, column];

    /// <summary>tr G = ||J||_F^2, summed from the first row on.</summary>
    public double Trace()
    {
        double sum = 0;
        for (long row = 0; row < Order; row++)
            sum += Triangle[row, row];
        return sum;
    }

    /// <summary>G V, [nK, b], the caller's dispose scope's. Cost 2 (nK)^2 b operations, G is read once.</summary>
    /// <param name="vectors">V [nK, b], binary64.</param>
    public Tensor Times(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor transposed = vectors.t().contiguous(); // [b, nK]
        int order = checked((int)Order), b = checked((int)vectors.shape[1]);
        Tensor product = zeros(b, Order, dtype: ScalarType.Float64);
        ReadOnlySpan<double> from = TensorMemory.Span(transposed);
        Span<double> to = TensorMemory.Span(product);
        // What rows give the columns before them, summed by panels: sums of all rows at once would err by more.
        double[] above = new double[checked(b * order)];
        for (int row = 0; row < order; row++)
        {
            ReadOnlySpan<double> own = Triangle.Elements(row);
            for (int column = 0; column < b; column++)
            {
                ReadOnlySpan<double> vector = from.Slice(column * order, order);
                to[(column * order) + row] += ManagedProduct.Dot(own, vector[..(row + 1)]);
                ManagedProduct.Add(vector[row], own[..row], above.AsSpan(column * order, row));
            }

            if ((row + 1) % LowerTriangle.PanelRows == 0 || row + 1 == order)
            {
                ManagedProduct.Add(1, above, to);
                Array.Clear(above);
            }
        }

        return product.t().contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>A copy of both triangles as a tensor [nK, nK], the caller's dispose scope's.</summary>
    public Tensor ToTensor()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor lower = zeros(Order, Order, dtype: ScalarType.Float64);
        for (long row = 0; row < Order; row++)
        {
            using Tensor into = lower[row];
            ReadOnlySpan<double> own = Triangle.Elements(row);
            own.CopyTo(TensorMemory.Span(into));
        }

        return lower.Plus(lower.tril(-1).t()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => Triangle.Dispose();
}
