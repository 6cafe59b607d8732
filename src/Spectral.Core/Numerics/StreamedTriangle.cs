namespace Spectral.Core.Numerics;

/// <summary>
/// The triangle L of J = L Q^T, L [N, N] lower and Q orthonormal, from J's columns in any number of blocks: each block
/// is folded into L by Householder reflections that leave L's zeros alone (TSQR; Demmel, Grigori, Hoemmen and Langou
/// 2012). L has J's singular values and left singular vectors. 2 p N^2 flops for p columns; memory N^2 beside a block.
/// </summary>
/// <remarks>Rows lie in fixed blocks and every BLAS call has one thread: the bits do not depend on the number of
/// workers.</remarks>
internal sealed unsafe class StreamedTriangle : IDisposable
{
    private const int PanelRows = 32;
    private const int BlockRows = 128;

    /// <summary>
    /// Columns that are folded in at once: sums of more terms than this would err by more (measured).
    /// </summary>
    private const int PartColumns = 512;

    private readonly int _n;

    /// <summary>Starts with zeros.</summary>
    /// <param name="order">N.</param>
    public StreamedTriangle(int order)
    {
        _n = order;
        Lower = new AlignedMatrix(order, order);
    }

    /// <summary>L, zeros above its diagonal; elements on the diagonal may have either sign.</summary>
    public AlignedMatrix Lower { get; }

    /// <summary>L := the triangle of [L, block].</summary>
    /// <param name="block">Columns of J, [N, w]; destroyed.</param>
    /// <param name="team">The threads; their number changes no bit.</param>
    /// <param name="cancellation">Asked before each panel.</param>
    public void Add(AlignedMatrix block, WorkerTeam team, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(block.Rows, _n, nameof(block));
        using AlignedMatrix panel = new(PanelRows, PartColumns + PanelRows); // rows of [L, block], a reflection in each
        using AlignedMatrix small = new(1, (2 * PanelRows * PanelRows) + PanelRows + Lapack.QrWorkspace(PanelRows));
        team.RunTogether(worker =>
        {
            for (int column = 0; column < block.Columns; column += PartColumns)
            {
                int width = (int)Math.Min(PartColumns, block.Columns - column);
                for (int first = 0; first < _n; first += PanelRows)
                {
                    int rows = Math.Min(PanelRows, _n - first);
                    if (worker == 0)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        Factor(first, rows, block, column, width, panel, small);
                    }

                    team.Meet();
                    Update(team, first, rows, block, column, width, panel, small);
                    team.Meet();
                }
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => Lower.Dispose();

    /// <summary>
    /// The reflections that clear a panel of the block into L's diagonal block. Above V_2 stands a unit matrix: where L
    /// has zeros they stay exact zeros.
    /// </summary>
    private void Factor(
        int first, int rows, AlignedMatrix block, int column, int width, AlignedMatrix panel, AlignedMatrix small)
    {
        int joined = rows + width, stride = (int)panel.Columns;
        double* products = small.Pointer, t = products + (PanelRows * PanelRows), tau = t + (PanelRows * PanelRows);
        for (int r = 0; r < rows; r++)
        {
            double* row = panel.Row(r);
            new Span<double>(Lower.Row(first + r) + first, rows).CopyTo(new Span<double>(row, rows));
            new Span<double>(block.Row(first + r) + column, width).CopyTo(new Span<double>(row + rows, width));
        }

        Lapack.Qr(joined, rows, panel.Pointer, stride, tau, tau + PanelRows);
        for (int r = 0; r < rows; r++)
        {
            // R's column r, up to its diagonal, is L's row.
            new Span<double>(panel.Row(r), r + 1).CopyTo(new Span<double>(Lower.Row(first + r) + first, r + 1));
        }

        double* v = panel.Pointer + rows;
        Blas.MultiplyTransposed(rows, rows, width, 1, v, stride, v, stride, 0, products, rows);
        BlockReflector.FormT(rows, products, tau, t);
    }

    /// <summary>The reflections on the rows behind the panel: X = (L + B V_2) T, L - X, B - X V_2^T.</summary>
    private void Update(
        WorkerTeam team, int first, int rows, AlignedMatrix block, int column, int width, AlignedMatrix panel,
        AlignedMatrix small)
    {
        int stride = (int)panel.Columns, ldb = (int)block.Columns;
        double* v = panel.Pointer + rows, t = small.Pointer + (PanelRows * PanelRows);
        using AlignedMatrix sums = new(BlockRows, PanelRows), turned = new(BlockRows, PanelRows);
        for (int taken = team.Take(); taken * (long)BlockRows < _n; taken = team.Take())
        {
            int from = Math.Max(first + rows, taken * BlockRows), count = Math.Min(_n, (taken + 1) * BlockRows) - from;
            if (count <= 0)
                continue;
            double* x = sums.Pointer, y = turned.Pointer;
            for (int r = 0; r < count; r++)
                new Span<double>(Lower.Row(from + r) + first, rows).CopyTo(new Span<double>(x + (r * rows), rows));
            Blas.MultiplyTransposed(count, rows, width, 1, block.Row(from) + column, ldb, v, stride, 1, x, rows);
            Blas.Multiply(count, rows, rows, 1, x, rows, t, rows, 0, y, rows);
            for (int r = 0; r < count; r++)
            {
                double* lower = Lower.Row(from + r) + first;
                for (int c = 0; c < rows; c++)
                    lower[c] -= y[(r * rows) + c];
            }

            Blas.Multiply(count, width, rows, -1, y, rows, v, stride, 1, block.Row(from) + column, ldb);
        }
    }
}
