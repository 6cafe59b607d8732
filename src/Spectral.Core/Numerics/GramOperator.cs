namespace Spectral.Core.Numerics;

/// <summary>
/// A symmetric matrix that lies in memory, such as a Gram matrix J J^T, both triangles filled. Cost of a product with b
/// vectors: 2 d^2 b flops.
/// </summary>
public sealed unsafe class GramOperator : SymmetricOperator
{
    /// <summary>Rows of the matrix in one task; a fixed grid, so that the bits do not depend on the threads.</summary>
    private const int TaskRows = 256;

    private readonly double* _matrix;
    private readonly int _stride;

    /// <summary>Wraps a matrix; its memory belongs to the caller.</summary>
    /// <param name="matrix">A [d, d], row-major.</param>
    /// <param name="stride">Elements from a row to the next, d or more.</param>
    /// <param name="order">d, 1 or more.</param>
    /// <param name="longestSide">The longer side of J, or d.</param>
    /// <exception cref="ArgumentException">The matrix has NaN or infinite entries.</exception>
    public GramOperator(double* matrix, int stride, int order, long longestSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, order);
        _matrix = matrix;
        (_stride, Order, LongestSide) = (stride, order, Math.Max(order, longestSide));
        double trace = 0;
        for (int row = 0; row < order; row++)
        {
            double sum = 0;
            foreach (double entry in new ReadOnlySpan<double>(matrix + ((long)row * stride), order))
                sum += Math.Abs(entry);
            if (!double.IsFinite(sum))
                throw new NotFiniteException(FormattableString.Invariant($"row {row} of the Gram matrix has NaN or infinite entries"));
            trace += matrix[((long)row * stride) + row];
        }

        Trace = trace;
    }

    /// <inheritdoc/>
    public override int Order { get; }

    /// <inheritdoc/>
    public override int LeftRows => 0;

    /// <inheritdoc/>
    public override long LongestSide { get; }

    /// <inheritdoc/>
    public override double Trace { get; }

    /// <inheritdoc/>
    public override double Flops(int count) => 2.0 * Order * Order * count;

    /// <inheritdoc/>
    public override double ScratchBytes(int count) => 0;

    /// <inheritdoc/>
    public override void Apply(
        double* vectors,
        int count,
        double* images,
        double* left,
        WorkerTeam team,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        int order = Order;
        // A is symmetric: its rows are its columns, and both operands are read along their rows.
        team.RunBlocks(
            order,
            TaskRows,
            (first, rows) => Blas.MultiplyTransposed(
                count, rows, order, 1, vectors, order, _matrix + ((long)first * _stride), _stride,
                0, images + first, order),
            cancellation);
        progress.Report(1);
    }
}
