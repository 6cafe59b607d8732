namespace Spectral.Core.Numerics;

/// <summary>
/// G = J J^T as an operator, from explicit rows and without G: Z = J^T U over all tiles of rows, then Y = J Z. Cost
/// of a product with b vectors: 4 nK p b flops, and what forming the rows costs: once altogether where J fits in the
/// memory that it may take, else in every product twice (the last tile once).
/// </summary>
/// <remarks>Tiles and tasks are those of <see cref="RowTileOperator"/>: no bit depends on threads.</remarks>
public sealed unsafe class RowTileGram : SymmetricOperator, IDisposable
{
    /// <summary>Rows in one task of Y = J Z.</summary>
    private const int RowBlock = 128;

    /// <summary>Columns in one task of Z += J^T U.</summary>
    private const int ColumnBlock = 4096;

    private readonly RowTiles _tiles;
    private readonly AlignedMatrix _rows;
    private readonly int _tileRows;
    private double _trace = double.NaN;

    /// <summary>Takes a Jacobian; nothing is formed yet.</summary>
    /// <param name="tiles">Its rows.</param>
    /// <param name="keptBytes">The most bytes that all of J may take to be kept; one tile is held in any case.</param>
    public RowTileGram(RowTiles tiles, double keptBytes)
    {
        _tiles = tiles;
        IsKept = Keeps(tiles, keptBytes);
        _tileRows = RowTileOperator.TileRows(tiles);
        _rows = AlignedMatrix.Unset(IsKept ? tiles.Rows : Math.Min(_tileRows, tiles.Rows), tiles.Columns);
    }

    /// <summary>Whether J stays in memory after the first product.</summary>
    public bool IsKept { get; }

    /// <inheritdoc/>
    public override int Order => _tiles.Rows;

    /// <inheritdoc/>
    public override int LeftRows => 0;

    /// <inheritdoc/>
    public override long LongestSide => Math.Max(_tiles.Rows, _tiles.Columns);

    /// <inheritdoc/>
    public override double Trace => _trace;

    /// <summary>Whether a Jacobian of this size is kept.</summary>
    public static bool Keeps(RowTiles tiles, double keptBytes) => 8.0 * tiles.Rows * tiles.Columns <= keptBytes;

    /// <inheritdoc/>
    public override double Flops(int count) =>
        (4.0 * _tiles.Rows * _tiles.Columns * count) + (IsKept ? 0 : 2 * _tiles.FormingFlops);

    /// <inheritdoc/>
    public override double ScratchBytes(int count) =>
        (8.0 * _rows.Rows * _rows.Columns) + (8.0 * count * _tiles.Columns) + _tiles.FormingBytes;

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
        using AlignedMatrix sums = AlignedMatrix.Unset(count, _tiles.Columns); // Z
        int last = (Order - 1) / _tileRows;
        double trace = 0;
        for (int tile = 0; tile <= last; tile++)
        {
            if (!IsKept || double.IsNaN(_trace))
                trace += Form(tile, team, cancellation);
            Accumulate(tile, vectors, count, sums.Pointer, team, cancellation);
            progress.Report((tile + 1.0) / (2 * (last + 1)));
        }

        if (double.IsNaN(_trace))
            _trace = trace;
        // Backwards: the last tile is still there.
        for (int tile = last; tile >= 0; tile--)
        {
            if (!IsKept && tile < last)
                Form(tile, team, cancellation);
            Project(tile, sums.Pointer, count, images, team, cancellation);
            progress.Report(1 - (0.5 * tile / (last + 1)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private int First(int tile) => tile * _tileRows;

    private int Count(int tile) => Math.Min(_tileRows, Order - First(tile));

    private double* Start(int tile) => _rows.Row(IsKept ? First(tile) : 0);

    /// <summary>Forms a tile's rows and gives the sum of their squares.</summary>
    private double Form(int tile, WorkerTeam team, CancellationToken cancellation)
    {
        int chunkRows = _tiles.ChunkRows, columns = _tiles.Columns, rows = Count(tile), first = First(tile);
        double[] squares = new double[(rows + chunkRows - 1) / chunkRows];
        double* tileStart = Start(tile);
        team.Run(squares.Length, chunk =>
        {
            cancellation.ThrowIfCancellationRequested();
            double* start = tileStart + ((long)chunk * chunkRows * columns);
            _tiles.Form((first / chunkRows) + chunk, start, columns);
            squares[chunk] =
                RowTileOperator.SumOfSquares(start, (long)Math.Min(chunkRows, rows - (chunk * chunkRows)) * columns);
        });
        double sum = squares.Sum();
        return double.IsFinite(sum) ? sum : throw new ArgumentException(FormattableString.Invariant(
            $"the Jacobian has NaN or infinite entries, or such squares, in rows {first} to {first + rows - 1}"));
    }

    /// <summary>Z [count, p] += U_tile J_tile, a block of columns a task; the first tile overwrites Z.</summary>
    private void Accumulate(
        int tile, double* vectors, int count, double* sums, WorkerTeam team, CancellationToken cancellation)
    {
        int columns = _tiles.Columns, rows = Count(tile);
        double* start = Start(tile), own = vectors + First(tile);
        team.Run((columns + ColumnBlock - 1) / ColumnBlock, block =>
        {
            cancellation.ThrowIfCancellationRequested();
            int from = block * ColumnBlock, size = Math.Min(ColumnBlock, columns - from);
            Blas.Multiply(
                count, size, rows, 1, own, Order, start + from, columns, tile == 0 ? 0 : 1, sums + from, columns);
        });
    }

    /// <summary>Y [count, rows of the tile] = Z J_tile^T, a block of rows a task.</summary>
    private void Project(
        int tile, double* sums, int count, double* images, WorkerTeam team, CancellationToken cancellation)
    {
        int columns = _tiles.Columns, rows = Count(tile);
        double* start = Start(tile), own = images + First(tile);
        team.Run((rows + RowBlock - 1) / RowBlock, block =>
        {
            cancellation.ThrowIfCancellationRequested();
            int from = block * RowBlock, size = Math.Min(RowBlock, rows - from);
            Blas.MultiplyTransposed(
                count, size, columns, 1, sums, columns, start + ((long)from * columns), columns, 0, own + from, Order);
        });
    }
}
