namespace Spectral.Core.Numerics;

/// <summary>
/// A symmetric band matrix with room for the bulges that chase through it: of each column the diagonal element and the
/// 2w - 1 below it, in order. Columns beyond the matrix hold zeros, so that a block at the end is as long as any other.
/// </summary>
internal sealed unsafe class SymmetricBand : IDisposable
{
    private readonly AlignedMatrix _columns;

    /// <summary>Allocates zeros for order N and half-bandwidth w.</summary>
    public SymmetricBand(int order, int width)
    {
        Order = order;
        Width = width;
        // Vectors of eight start below the diagonal in a multiple of eight: up to seven elements before a column are
        // touched.
        Stride = (2 * width) + 8;
        _columns = new AlignedMatrix(order + (3L * width) + 1, Stride);
    }

    /// <summary>N.</summary>
    public int Order { get; }

    /// <summary>w.</summary>
    public int Width { get; }

    /// <summary>
    /// From a column's element to the next column's on the same diagonal; one less leads to the same row.
    /// </summary>
    public int Stride { get; }

    /// <summary>A column's diagonal element.</summary>
    public double* Column(int column) => _columns.Row(column) + 8;

    /// <summary>
    /// The largest sum of magnitudes in a row, a bound of the norm and at most sqrt(2w + 1) times it.
    /// </summary>
    public double LargestRowSum()
    {
        double[] sums = new double[Order];
        for (int j = 0; j < Order; j++)
        {
            double* column = Column(j);
            sums[j] += Math.Abs(column[0]);
            for (int i = j + 1; i <= Math.Min(Order - 1, j + Width); i++)
            {
                sums[i] += Math.Abs(column[i - j]);
                sums[j] += Math.Abs(column[i - j]);
            }
        }

        return sums.Max();
    }

    /// <summary>y = B x, for vectors of N elements.</summary>
    public void Multiply(double* x, double* y)
    {
        new Span<double>(y, Order).Clear();
        for (int j = 0; j < Order; j++)
        {
            double* column = Column(j);
            double sum = column[0] * x[j];
            for (int i = j + 1; i <= Math.Min(Order - 1, j + Width); i++)
            {
                sum += column[i - j] * x[i];
                y[i] += column[i - j] * x[j];
            }

            y[j] += sum;
        }
    }

    /// <summary>A copy.</summary>
    public SymmetricBand Copy()
    {
        SymmetricBand copy = new(Order, Width);
        long count = _columns.Rows * _columns.Columns;
        Buffer.MemoryCopy(_columns.Pointer, copy._columns.Pointer, count * sizeof(double), count * sizeof(double));
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose() => _columns.Dispose();
}
