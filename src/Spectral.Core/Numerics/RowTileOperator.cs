using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>
/// J^T J applied in one pass over explicit rows: for every tile of rows, J_tile is formed once, Y = J_tile V and
/// Z += J_tile^T Y. Cost of a pass with b vectors: the forming and 4 nK p b flops. Memory: one tile and nothing of the
/// size of J.
/// </summary>
/// <remarks>
/// A tile is as many chunks as fit in <see cref="TileBytes"/>, at most <see cref="TileRowLimit"/> rows: a choice by
/// shape alone. Each of a tile's three steps is cut into tasks by a fixed grid (chunks, blocks of rows, blocks of
/// columns), and tiles are added to Z in order, so that the bits depend neither on threads nor on their luck.
/// </remarks>
/// <param name="tiles">The Jacobian.</param>
public sealed unsafe class RowTileOperator(RowTiles tiles) : SymmetricOperator, IDisposable
{
    /// <summary>The most bytes that a tile takes, unless one chunk takes more.</summary>
    public const long TileBytes = 1L << 30;

    /// <summary>The most rows of a tile: more would not make its products faster.</summary>
    public const int TileRowLimit = 512;

    /// <summary>Rows in one task of Y = J V.</summary>
    private const int RowBlock = 128;

    /// <summary>Columns in one task of Z += J^T Y.</summary>
    private const int ColumnBlock = 4096;

    private readonly int _tileRows = TileRows(tiles);
    private readonly Stopwatch _forming = new(), _products = new();
    private AlignedMatrix? _tile;

    /// <inheritdoc/>
    public override int Order => tiles.Columns;

    /// <inheritdoc/>
    public override int LeftRows => tiles.Rows;

    /// <inheritdoc/>
    public override long LongestSide => Math.Max(tiles.Rows, tiles.Columns);

    /// <inheritdoc/>
    public override double Trace => _trace;

    /// <summary>Time spent so far in forming rows.</summary>
    public TimeSpan FormingTime => _forming.Elapsed;

    /// <summary>Time spent so far in the products Y and Z.</summary>
    public TimeSpan ProductTime => _products.Elapsed;

    private double _trace = double.NaN;

    /// <inheritdoc/>
    public override double Flops(int count) => tiles.FormingFlops + (4.0 * tiles.Rows * tiles.Columns * count);

    /// <inheritdoc/>
    public override double ScratchBytes(int count) =>
        (8.0 * _tileRows * (tiles.Columns + count)) + (8.0 * count * tiles.Rows) + tiles.FormingBytes;

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
        _tile ??= AlignedMatrix.Unset(Math.Min(_tileRows, tiles.Rows), tiles.Columns);
        using AlignedMatrix products = AlignedMatrix.Unset(Math.Min(_tileRows, tiles.Rows), count); // Y of one tile
        bool isFirst = double.IsNaN(_trace);
        double trace = 0;
        for (int first = 0; first < tiles.Rows; first += _tileRows)
        {
            int rows = Math.Min(_tileRows, tiles.Rows - first);
            _forming.Start();
            double[] squares = Form(first, rows, isFirst, team, cancellation);
            _forming.Stop();
            trace += Checked(squares, first);
            _products.Start();
            Project(vectors, count, rows, products.Pointer, team, cancellation);
            Accumulate(products.Pointer, count, rows, images, isFirstTile: first == 0, team, cancellation);
            Transpose(products.Pointer, rows, count, left + first);
            _products.Stop();
            progress.Report((double)(first + rows) / tiles.Rows);
        }

        if (isFirst)
            _trace = trace;
    }

    /// <inheritdoc/>
    public void Dispose() => _tile?.Dispose();

    /// <summary>Forms a tile's rows; on the first pass gives each chunk's sum of squares.</summary>
    private double[] Form(int first, int rows, bool isFirst, WorkerTeam team, CancellationToken cancellation)
    {
        int chunkRows = tiles.ChunkRows, columns = tiles.Columns;
        double[] squares = new double[(rows + chunkRows - 1) / chunkRows];
        team.Run(
            squares.Length,
            chunk =>
            {
                int formed = Math.Min(chunkRows, rows - (chunk * chunkRows));
                double* start = _tile!.Row((long)chunk * chunkRows);
                tiles.Form((first / chunkRows) + chunk, start, columns);
                if (isFirst)
                    squares[chunk] = SumOfSquares(start, (long)formed * columns);
            },
            cancellation);
        return squares;
    }

    /// <summary>Y [rows, count] = J_tile V, a block of rows a task.</summary>
    private void Project(
        double* vectors, int count, int rows, double* y, WorkerTeam team, CancellationToken cancellation)
    {
        int columns = tiles.Columns;
        team.RunBlocks(
            rows,
            RowBlock,
            (first, size) => Blas.MultiplyTransposed(
                size, count, columns, 1, _tile!.Row(first), columns, vectors, columns,
                0, y + ((long)first * count), count),
            cancellation);
    }

    /// <summary>Z [count, p] += Y^T J_tile, a block of columns a task; the first tile overwrites Z.</summary>
    private void Accumulate(
        double* y,
        int count,
        int rows,
        double* images,
        bool isFirstTile,
        WorkerTeam team,
        CancellationToken cancellation)
    {
        int columns = tiles.Columns;
        team.RunBlocks(
            columns,
            ColumnBlock,
            (first, size) => Blas.TransposedMultiply(
                count, size, rows, 1, y, count, _tile!.Pointer + first, columns,
                isFirstTile ? 0 : 1, images + first, columns),
            cancellation);
    }

    /// <summary>Writes a tile's Y [rows, count] into the left images [count, nK].</summary>
    private void Transpose(double* y, int rows, int count, double* left)
    {
        for (int vector = 0; vector < count; vector++)
        {
            for (int row = 0; row < rows; row++)
                left[((long)vector * tiles.Rows) + row] = y[((long)row * count) + vector];
        }
    }

    private double Checked(double[] squares, int first)
    {
        for (int chunk = 0; chunk < squares.Length; chunk++)
        {
            int row = first + (chunk * tiles.ChunkRows), last = Math.Min(tiles.Rows, row + tiles.ChunkRows) - 1;
            if (!double.IsFinite(squares[chunk]))
            {
                throw new NotFiniteException(FormattableString.Invariant(
                    $"the Jacobian has NaN or infinite entries, or their squares have, in rows {row} to {last}"));
            }
        }

        return squares.Sum();
    }

    /// <summary>The sum of the squares of numbers that lie side by side; not finite where one of them is not.</summary>
    internal static double SumOfSquares(double* values, long count)
    {
        Vector512<double> even = Vector512<double>.Zero, odd = Vector512<double>.Zero;
        long i = 0;
        for (; i + 16 <= count; i += 16)
        {
            Vector512<double> one = Vector512.Load(values + i), two = Vector512.Load(values + i + 8);
            even += one * one;
            odd += two * two;
        }

        double sum = Vector512.Sum(even + odd);
        for (; i < count; i++)
            sum += values[i] * values[i];
        return sum;
    }

    /// <summary>The rows of a tile: whole chunks, by shape alone.</summary>
    internal static int TileRows(RowTiles tiles)
    {
        long rows = Math.Min(TileRowLimit, TileBytes / (8L * Math.Max(1, tiles.Columns)));
        return checked((int)(Math.Max(1, rows / tiles.ChunkRows) * tiles.ChunkRows));
    }
}
