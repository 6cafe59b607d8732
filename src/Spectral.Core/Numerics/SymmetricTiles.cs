namespace Spectral.Core.Numerics;

/// <summary>
/// A symmetric matrix by blocks of rows on a fixed grid: of each block the tiles up to and with the one on the
/// diagonal. A block's products and updates are BLAS calls of one thread, so that bits do not depend on who works on
/// which block.
/// </summary>
/// <param name="matrix">The matrix [N, N]; in the tiles on the diagonal both triangles are kept, above them nothing is
/// touched.</param>
internal sealed unsafe class SymmetricTiles(LowerTriangle matrix)
{
    /// <summary>Rows of a block: a tile fits a core's second cache.</summary>
    public const int BlockRows = 256;

    /// <summary>
    /// How many terms MKL adds up at a stretch. Its sums of k positive terms err by 0.25 sqrt(k) u (measured); parts of
    /// this length, added to one another, keep that near 4u for any N. It also keeps every offset within a call below
    /// 2^31.
    /// </summary>
    private const int PartRows = LowerTriangle.PanelRows;

    /// <summary>N.</summary>
    public int Order { get; } = checked((int)matrix.Order);

    /// <summary>How many blocks of rows there are.</summary>
    public int Blocks { get; } = (((int)matrix.Order - 1) / BlockRows) + 1;

    /// <summary>Where a row starts.</summary>
    public double* Row(long row) => matrix.Row(row);

    /// <summary>A block's rows from <paramref name="start"/> on; false where it has none.</summary>
    public bool Rows(int block, int start, out int from, out int to)
    {
        from = Math.Max(start, block * BlockRows);
        to = Math.Min(Order, (block + 1) * BlockRows);
        return from < to;
    }

    /// <summary>Fills the diagonal tiles' upper triangles from the lower ones; every worker calls this.</summary>
    public void Mirror(WorkerTeam team)
    {
        for (int block = team.Take(); block < Blocks; block = team.Take())
        {
            Rows(block, 0, out int from, out int to);
            for (int i = from; i < to; i++)
            {
                for (int j = from; j < i; j++)
                    Row(j)[i] = Row(i)[j];
            }
        }
    }

    /// <summary>Rows of A[start:, start:] V.</summary>
    /// <param name="from">First row, in a block.</param>
    /// <param name="to">Behind the last row, the end of that block.</param>
    /// <param name="start">Where the part of A begins.</param>
    /// <param name="v">V [N, w] from row 0 on.</param>
    /// <param name="ldv">V's row stride.</param>
    /// <param name="width">w.</param>
    /// <param name="product">The rows' product, row stride w.</param>
    /// <param name="part">Workspace of the same size.</param>
    public void Multiply(int from, int to, int start, double* v, int ldv, int width, double* product, double* part)
    {
        int rows = to - from, count = rows * width, stride = matrix.Stride(from);
        new Span<double>(product, count).Clear();
        for (int first = start; first < to; first += PartRows)
        {
            int reach = Math.Min(PartRows, to - first);
            Blas.Multiply(
                rows, width, reach, 1, Row(from) + first, stride, v + ((long)first * ldv), ldv, 0, part, width);
            Add(part, product, count);
        }

        // Behind the block a product goes down the columns, and so to the end of a panel.
        for (int first = to; first < Order; first = ((first / PartRows) + 1) * PartRows)
        {
            int reach = Math.Min(PartRows - (first % PartRows), Order - first);
            Blas.TransposedMultiply(
                rows, width, reach, 1, Row(first) + from, matrix.Stride(first), v + ((long)first * ldv), ldv, 0, part, width);
            Add(part, product, count);
        }
    }

    /// <summary>A[from:to, first:last] -= X Y^T.</summary>
    /// <param name="from">First row.</param>
    /// <param name="to">Behind the last row.</param>
    /// <param name="first">First column.</param>
    /// <param name="last">Behind the last column.</param>
    /// <param name="x">X [N, k] from row 0 on, without gaps.</param>
    /// <param name="y">Y [N, k] likewise.</param>
    /// <param name="rank">k.</param>
    public void Subtract(int from, int to, int first, int last, double* x, double* y, int rank) =>
        Blas.MultiplyTransposed(
            to - from, last - first, rank, -1, x + ((long)from * rank), rank, y + ((long)first * rank), rank, 1,
            Row(from) + first, matrix.Stride(from));

    private static void Add(double* part, double* sum, int count)
    {
        for (int i = 0; i < count; i++)
            sum[i] += part[i];
    }
}
