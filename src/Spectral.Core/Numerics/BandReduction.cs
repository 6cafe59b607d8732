namespace Spectral.Core.Numerics;

/// <summary>
/// Stage 1 of the eigenvalue problem: A = Q B Q^T with B of half-bandwidth w, by QR of panels of w columns and updates
/// of rank 2w (Bischof, Lang and Sun 2000: successive band reduction). Nearly all of its 4/3 N^3 flops are matrix
/// products. Vectors of R^N that are carried along become Q^T c.
/// </summary>
/// <remarks>
/// A's lower triangle is overwritten: B in its place, below it the Householder vectors of Q. The bits do not depend on
/// the number of workers.
/// </remarks>
internal sealed unsafe class BandReduction : IDisposable
{
    private readonly SymmetricTiles _tiles;
    private readonly int _n;
    private readonly int _width;
    private readonly AlignedMatrix _left; // [V W], two panels in turn
    private readonly AlignedMatrix _right; // [W V]
    private readonly AlignedMatrix _product; // A V T [N, w]
    private readonly AlignedMatrix _partial; // V^T A V T of each block of rows [blocks, w w]
    private readonly AlignedMatrix _factors; // T of each panel [panels, w w]
    private readonly AlignedMatrix _panel; // column-major [N, w]
    private readonly AlignedMatrix _small;

    /// <summary>Allocates for a matrix; nothing is computed yet.</summary>
    /// <param name="tiles">The matrix, diagonal tiles whole.</param>
    /// <param name="width">w, the half-bandwidth to reach.</param>
    /// <param name="carried">m, how many vectors are carried.</param>
    public BandReduction(SymmetricTiles tiles, int width, int carried)
    {
        int order = tiles.Order;
        (_tiles, _n, _width) = (tiles, order, width);
        Panels = Math.Max(0, order - 2) / width;
        int square = width * width;
        _left = new AlignedMatrix(2L * order, 2 * width);
        _right = new AlignedMatrix(2L * order, 2 * width);
        _product = new AlignedMatrix(order, width);
        _partial = new AlignedMatrix(tiles.Blocks, square);
        _factors = new AlignedMatrix(Math.Max(Panels, 1), square);
        _panel = new AlignedMatrix(width, order);
        _small = new AlignedMatrix(
            1, square + width + Lapack.QrWorkspace(width) + (2 * width * Math.Max(carried, 1)));
    }

    /// <summary>How many panels there are to eliminate.</summary>
    public int Panels { get; }

    /// <summary>Reduces A and turns the carried vectors; every worker of the team calls this.</summary>
    /// <param name="team">The team.</param>
    /// <param name="worker">The worker's number.</param>
    /// <param name="carried">The vectors as columns [N, m], row stride m.</param>
    /// <param name="m">How many.</param>
    /// <param name="finished">Called by worker 0 with the fraction of the flops done; may throw.</param>
    public void Run(WorkerTeam team, int worker, double* carried, int m, Action<double> finished)
    {
        if (worker == 0 && Panels > 0)
            Factor(0, carried, m);
        team.Meet();
        for (int panel = 0; panel < Panels; panel++)
        {
            MultiplyTrailing(team, panel);
            team.Meet();
            if (worker == 0)
                SumPartials(panel);
            team.Meet();
            FormUpdate(team, panel);
            team.Meet();
            UpdateNextPanel(team, panel);
            team.Meet();
            if (worker == 0)
            {
                double left = (double)(Panels - panel - 1) / Panels;
                finished(1 - (left * left * left));
                if (panel + 1 < Panels)
                    Factor(panel + 1, carried, m);
            }

            UpdateTrailing(team, panel);
            team.Meet();
        }
    }

    /// <summary>B, read from A's band.</summary>
    public void CopyBand(SymmetricBand band)
    {
        for (int i = 0; i < _n; i++)
        {
            for (int j = Math.Max(0, i - _width); j <= i; j++)
                band.Column(j)[i - j] = _tiles.Row(i)[j];
        }
    }

    /// <summary>X := Q X for X [N, q], row stride q.</summary>
    /// <param name="x">X.</param>
    /// <param name="columns">q.</param>
    public void BackTransform(double* x, int columns)
    {
        using AlignedMatrix v = new(_n, _width), workspace = new(2L * _width, columns);
        for (int panel = Panels - 1; panel >= 0; panel--)
        {
            int start = (panel + 1) * _width, rows = _n - start;
            for (int r = 0; r < rows; r++)
            {
                double* from = _tiles.Row(start + r) + (panel * _width), to = v.Row(r);
                for (int c = 0; c < _width; c++)
                    to[c] = r > c ? from[c] : r == c ? 1 : 0;
            }

            BlockReflector.Apply(
                false, rows, _width, v.Pointer, _width, _factors.Row(panel), x + ((long)start * columns), columns,
                columns, workspace.Pointer);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (AlignedMatrix matrix in new[] { _left, _right, _product, _partial, _factors, _panel, _small })
            matrix.Dispose();
    }

    private double* Left(int panel) => _left.Row((panel % 2) * (long)_n);

    private double* Right(int panel) => _right.Row((panel % 2) * (long)_n);

    /// <summary>
    /// QR of a panel; its V becomes the left half of the panel's [V W], and the carried vectors are turned.
    /// </summary>
    private void Factor(int panel, double* carried, int m)
    {
        int first = panel * _width, start = first + _width, rows = _n - start, square = _width * _width;
        double* tau = _small.Pointer + square, workspace = tau + _width, apply = workspace + Lapack.QrWorkspace(_width);
        double* columns = _panel.Pointer;
        for (int r = 0; r < rows; r++)
        {
            double* from = _tiles.Row(start + r) + first;
            for (int c = 0; c < _width; c++)
                columns[((long)c * _n) + r] = from[c];
        }

        new Span<double>(tau, _width).Clear();
        Lapack.Qr(rows, _width, columns, _n, tau, workspace);
        double* left = Left(panel);
        for (int r = 0; r < rows; r++)
        {
            double* to = _tiles.Row(start + r) + first, v = left + ((long)(start + r) * 2 * _width);
            for (int c = 0; c < _width; c++)
            {
                to[c] = columns[((long)c * _n) + r];
                v[c] = r > c ? to[c] : r == c ? 1 : 0;
            }
        }

        double* behind = left + ((long)start * 2 * _width);
        Blas.TransposedMultiply(
            _width, _width, rows, 1, behind, 2 * _width, behind, 2 * _width, 0, _small.Pointer, _width);
        BlockReflector.FormT(_width, _small.Pointer, tau, _factors.Row(panel));
        BlockReflector.Apply(
            true, rows, _width, behind, 2 * _width, _factors.Row(panel), carried + ((long)start * m), m, m, apply);
    }

    /// <summary>
    /// Y = A V T and V^T Y, block by block of rows; A's part above the diagonal is the transposed part below.
    /// </summary>
    private void MultiplyTrailing(WorkerTeam team, int panel)
    {
        int start = (panel + 1) * _width, ld = 2 * _width;
        double* v = Left(panel);
        using AlignedMatrix product = new(SymmetricTiles.BlockRows, _width);
        using AlignedMatrix part = new(SymmetricTiles.BlockRows, _width);
        for (int block = team.Take(); block < _tiles.Blocks; block = team.Take())
        {
            if (!_tiles.Rows(block, start, out int from, out int to))
                continue;
            int rows = to - from;
            _tiles.Multiply(from, to, start, v, ld, _width, product.Pointer, part.Pointer);
            double* y = _product.Row(from);
            Blas.Multiply(rows, _width, _width, 1, product.Pointer, _width, _factors.Row(panel), _width, 0, y, _width);
            Blas.TransposedMultiply(
                _width, _width, rows, 1, v + ((long)from * ld), ld, y, _width, 0, _partial.Row(block), _width);
        }
    }

    /// <summary>M = T^T (V^T Y) / 2, its parts summed in the order of the blocks.</summary>
    private void SumPartials(int panel)
    {
        int square = _width * _width;
        Span<double> sum = new(_small.Pointer, square);
        sum.Clear();
        for (int block = (panel + 1) * _width / SymmetricTiles.BlockRows; block < _tiles.Blocks; block++)
        {
            double* part = _partial.Row(block);
            for (int i = 0; i < square; i++)
                sum[i] += part[i];
        }

        Blas.TransposedMultiply(
            _width, _width, _width, 0.5, _factors.Row(panel), _width, _small.Pointer, _width,
            0, _partial.Row(0), _width);
    }

    /// <summary>W = Y - V M, and both factors of the update A - [V W] [W V]^T.</summary>
    private void FormUpdate(WorkerTeam team, int panel)
    {
        int start = (panel + 1) * _width, ld = 2 * _width;
        for (int block = team.Take(); block < _tiles.Blocks; block = team.Take())
        {
            if (!_tiles.Rows(block, start, out int from, out int to))
                continue;
            double* left = Left(panel) + ((long)from * ld), right = Right(panel) + ((long)from * ld);
            double* y = _product.Row(from);
            Blas.Multiply(to - from, _width, _width, -1, left, ld, _partial.Row(0), _width, 1, y, _width);
            for (int r = 0; r < to - from; r++, left += ld, right += ld, y += _width)
            {
                for (int c = 0; c < _width; c++)
                {
                    left[_width + c] = y[c];
                    right[c] = y[c];
                    right[_width + c] = left[c];
                }
            }
        }
    }

    /// <summary>The update of the next panel's columns, which can then be factored while the rest is updated.</summary>
    private void UpdateNextPanel(WorkerTeam team, int panel)
    {
        int start = (panel + 1) * _width;
        for (int block = team.Take(); block < _tiles.Blocks; block = team.Take())
        {
            if (_tiles.Rows(block, start, out int from, out int to))
                Update(panel, from, to, start, Math.Min(_n, start + _width));
        }
    }

    private void UpdateTrailing(WorkerTeam team, int panel)
    {
        int start = (panel + 2) * _width;
        for (int taken = team.Take(); taken < _tiles.Blocks; taken = team.Take())
        {
            // The last block is the longest and goes first.
            int block = _tiles.Blocks - 1 - taken;
            if (_tiles.Rows(block, start, out int from, out int to))
                Update(panel, from, to, start, to);
        }
    }

    private void Update(int panel, int from, int to, int first, int last) =>
        _tiles.Subtract(from, to, first, last, Left(panel), Right(panel), 2 * _width);
}
