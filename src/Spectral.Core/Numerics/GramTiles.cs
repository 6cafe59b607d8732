using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// The tiles of a Gram matrix: squares of canonical blocks in the lower triangle, filled by workers. Tiles group blocks for scheduling and for the disk and change no bit.
/// </summary>
internal sealed unsafe class GramTiles
{
    /// <summary>
    /// Canonical blocks of a side: few, so that threads end together; more where every tile is a durable file.
    /// </summary>
    private const int ScheduledBlocks = 2, DurableBlocks = 8;

    /// <summary>Numbers of a durable tile, at most, unless one block has more: 512 MiB.</summary>
    private const double DurableNumbers = 1 << 26;

    private readonly GramMatrix _gram;
    private readonly SampleGrid _grid;
    private readonly GramOptions _options;
    private readonly GramTileFolder? _folder;
    private readonly int _side;
    private readonly ImmutableArray<(int Row, int Column)> _tiles;
    private readonly int[] _terms;

    /// <summary>Divides a matrix.</summary>
    /// <param name="gram">The matrix; its entries count as not set.</param>
    /// <param name="grid">The examples' division.</param>
    /// <param name="options">Tile size, products, folder.</param>
    /// <param name="key">What the numbers of a tile depend on, for the folder.</param>
    public GramTiles(GramMatrix gram, SampleGrid grid, GramOptions options, string key)
    {
        (_gram, _grid, _options) = (gram, grid, options);
        _folder = options.Tiles is { } tiles ? tiles with { Key = key } : null;
        int preset = _folder is null ? ScheduledBlocks : DurableBlocks;
        _side = Math.Min(
            grid.Blocks, options.TileExamples is { } examples ? ((examples - 1) / grid.Block) + 1 : preset);
        double rows = (double)grid.Block * grid.Outputs;
        if (_folder is not null)
            _side = Math.Min(_side, Math.Max(1, (int)(Math.Sqrt(DurableNumbers) / rows)));
        int tilesOfSide = (grid.Blocks + _side - 1) / _side;
        _tiles =
        [
            .. Enumerable.Range(0, tilesOfSide).SelectMany(row =>
                Enumerable.Range(0, row + 1).Select(column => (row, column))),
        ];
        _terms = new int[_tiles.Length];
    }

    /// <summary>How many tiles there are.</summary>
    public int Count => _tiles.Length;

    /// <summary>Whether some tile lacks terms before this one.</summary>
    public bool AnyBefore(int end) => _terms.Any(terms => terms < end);

    /// <summary>Takes what the folder holds.</summary>
    /// <param name="passEnds">After which terms tiles may have been written.</param>
    public void Resume(ImmutableArray<int> passEnds)
    {
        if (_folder is null)
            return;
        for (int tile = 0; tile < Count; tile++)
        {
            double[] numbers = new double[Numbers(tile)];
            int end = passEnds.Reverse().FirstOrDefault(end => _folder.TryRead(Name(tile, end), numbers));
            if (end == 0)
                continue;
            _terms[tile] = end;
            fixed (double* from = numbers)
                Exchange(tile, from, toMatrix: true);
            foreach (int before in passEnds.Where(before => before < end))
                _folder.Remove(Name(tile, before)); // left by a process that ended between writing and removing
        }
    }

    /// <summary>Adds terms to all tiles that lack them.</summary>
    /// <param name="terms">The terms, in order.</param>
    /// <param name="kept">What each keeps of each chunk, [term][chunk].</param>
    /// <param name="start">The place of the first term among all.</param>
    /// <param name="team">The threads.</param>
    /// <param name="progress">Told the number of tiles done.</param>
    /// <param name="cancellation">Asked before each tile.</param>
    public void Fill(
        ImmutableArray<GramTerm> terms,
        KeptFactors[][] kept,
        int start,
        WorkerTeam team,
        Action<int> progress,
        CancellationToken cancellation)
    {
        int done = 0, end = start + terms.Length;
        // The last rows have the most blocks of full size: begun first, they are not waited for at the end.
        team.Run(
            Count,
            () => new BlockScratch(_options.UseBlas),
            (task, scratch) =>
            {
                int tile = Count - 1 - task;
                if (_terms[tile] < end)
                {
                    FillTile(tile, terms, kept, isFirst: start == 0, scratch);
                    Keep(tile, end);
                }

                progress(Interlocked.Increment(ref done));
            },
            cancellation);
    }

    /// <summary>Refuses a matrix with an overflow: the diagonal bounds everything else.</summary>
    /// <exception cref="ArgumentException">A diagonal entry is not finite.</exception>
    public void CheckFinite()
    {
        for (long row = 0; row < _gram.Order; row++)
        {
            if (!double.IsFinite(_gram[row, row]))
            {
                long example = row / _grid.Outputs, output = row % _grid.Outputs;
                throw new NotFiniteException(FormattableString.Invariant(
                    $"the squared norm of the Jacobian's row for example {example}, output {output} is not a finite number"));
            }
        }
    }

    private void FillTile(
        int tile, ImmutableArray<GramTerm> terms, KeptFactors[][] kept, bool isFirst, BlockScratch scratch)
    {
        (int tileRow, int tileColumn) = _tiles[tile];
        for (int row = tileRow * _side; row < Math.Min(_grid.Blocks, (tileRow + 1) * _side); row++)
        {
            for (int column = tileColumn * _side; column <= Math.Min(row, ((tileColumn + 1) * _side) - 1); column++)
            {
                foreach (GramBlock block in GramBlock.Of(_grid, row, column))
                {
                    double* sum = scratch.Take(0, block.Numbers(_grid.Outputs));
                    if (!isFirst)
                        block.ReadTo(sum, _gram.Triangle, _grid.Outputs);
                    for (int term = 0; term < terms.Length; term++)
                    {
                        terms[term].Add(
                            At(kept[term], block.Row),
                            At(kept[term], block.Column),
                            isFirst && term == 0 ? 0 : 1,
                            sum,
                            scratch);
                    }

                    block.Write(sum, _gram.Triangle, _grid.Outputs);
                }
            }
        }
    }

    private KeptBlock At(KeptFactors[] chunks, SampleRange samples)
    {
        int chunk = (int)(samples.First / _grid.Chunk);
        return new KeptBlock(chunks[chunk], (int)(samples.First - _grid.ChunkStart(chunk)), samples.Count);
    }

    /// <summary>Notes that a tile has its terms, on disk too; the file before it is no longer needed.</summary>
    private void Keep(int tile, int end)
    {
        int before = _terms[tile];
        _terms[tile] = end;
        if (_folder is null)
            return;
        double[] numbers = new double[Numbers(tile)];
        fixed (double* to = numbers)
            Exchange(tile, to, toMatrix: false);
        _folder.Write(Name(tile, end), numbers);
        if (before > 0)
            _folder.Remove(Name(tile, before));
    }

    private string Name(int tile, int end) => GramTileFolder.NameOf(_side, _tiles[tile].Row, _tiles[tile].Column, end);

    private int Numbers(int tile) => checked((int)(Rows(_tiles[tile].Row).Count * Rows(_tiles[tile].Column).Count));

    /// <summary>The matrix' rows of a row of tiles.</summary>
    private (long First, long Count) Rows(int tileRow)
    {
        long first = (long)tileRow * _side * _grid.Block;
        long end = Math.Min(_grid.Examples, (long)(tileRow + 1) * _side * _grid.Block);
        return (first * _grid.Outputs, (end - first) * _grid.Outputs);
    }

    /// <summary>Copies a tile out of the matrix, or into it; above the diagonal a tile has zeros.</summary>
    private void Exchange(int tile, double* numbers, bool toMatrix)
    {
        (long firstRow, long rows) = Rows(_tiles[tile].Row);
        (long firstColumn, long columns) = Rows(_tiles[tile].Column);
        for (long row = 0; row < rows; row++)
        {
            int count = (int)Math.Min(columns, firstRow + row + 1 - firstColumn);
            Span<double> own = new(_gram.Triangle.Row(firstRow + row) + firstColumn, count);
            Span<double> kept = new(numbers + (row * columns), count);
            if (toMatrix)
                kept.CopyTo(own);
            else
                own.CopyTo(kept);
        }
    }
}
