using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Spectral.Core.Numerics;

/// <summary>Neighbouring examples within a canonical block.</summary>
/// <param name="First">The first, counted from the first of all.</param>
/// <param name="Count">How many.</param>
internal readonly record struct SampleRange(long First, int Count)
{
    /// <summary>Just behind the last example.</summary>
    public long End => First + Count;
}

/// <summary>A block of G in the lower triangle, computed at once, and its mirror image.</summary>
/// <param name="Row">The examples of its rows.</param>
/// <param name="Column">The examples of its columns: the same, or all before.</param>
internal readonly unsafe record struct GramBlock(SampleRange Row, SampleRange Column)
{
    /// <summary>Side of the squares in which a block is transposed: 8 numbers are a cache line.</summary>
    private const int Square = 8;

    /// <summary>
    /// What is computed of a pair of canonical blocks: the whole, but of one on the diagonal three of its four
    /// quarters.
    /// </summary>
    public static GramBlock[] Of(SampleGrid grid, int row, int column)
    {
        SampleRange rows = new(grid.BlockStart(row), grid.BlockCount(row));
        SampleRange upper = new(rows.First, Math.Min(rows.Count, (grid.Block + 1) / 2));
        SampleRange lower = new(upper.End, rows.Count - upper.Count);
        if (row != column)
            return [new GramBlock(rows, new SampleRange(grid.BlockStart(column), grid.BlockCount(column)))];
        return lower.Count == 0
            ? [new GramBlock(rows, rows)]
            : [new GramBlock(upper, upper), new GramBlock(lower, upper), new GramBlock(lower, lower)];
    }

    /// <summary>Entries of the block.</summary>
    /// <param name="outputs">K.</param>
    public int Numbers(int outputs) => checked(Row.Count * outputs * Column.Count * outputs);

    /// <summary>Copies the block out of the matrix.</summary>
    public void ReadTo(double* block, GramMatrix gram, int outputs)
    {
        int columns = Column.Count * outputs;
        double* own = gram.Pointer + (Row.First * outputs * gram.Order) + (Column.First * outputs);
        for (long row = 0; row < Row.Count * outputs; row++)
        {
            new Span<double>(own + (row * gram.Order), columns)
                .CopyTo(new Span<double>(block + (row * columns), columns));
        }
    }

    /// <summary>Writes the block and its transpose; of a block on the diagonal the lower triangle, twice.</summary>
    public void WriteMirrored(double* block, GramMatrix gram, int outputs)
    {
        int rows = Row.Count * outputs, columns = Column.Count * outputs;
        long order = gram.Order;
        bool isDiagonal = Row == Column;
        double* own = gram.Pointer + (Row.First * outputs * order) + (Column.First * outputs);
        double* mirror = gram.Pointer + (Column.First * outputs * order) + (Row.First * outputs);
        for (int row = 0; row < rows; row++)
        {
            int count = isDiagonal ? row + 1 : columns;
            new Span<double>(block + ((long)row * columns), count).CopyTo(new Span<double>(own + (row * order), count));
        }

        for (int row = 0; row < rows; row += Square)
        {
            int rowEnd = Math.Min(rows, row + Square);
            for (int column = 0; column < columns; column += Square)
            {
                int columnEnd = Math.Min(columns, column + Square);
                if (rowEnd - row == Square && (!isDiagonal || column + Square <= row))
                    TransposeEight(block, columns, mirror, order, row, column, columnEnd);
                else
                    Transpose(block, columns, mirror, order, row, rowEnd, column, columnEnd, isDiagonal);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeEight(
        double* block, int columns, double* mirror, long order, int row, int column, int columnEnd)
    {
        double* from = block + ((long)row * columns);
        for (int c = column; c < columnEnd; c++)
        {
            double* target = mirror + (c * order) + row;
            Vector256.Create(from[c], from[c + columns], from[c + (2L * columns)], from[c + (3L * columns)])
                .Store(target);
            Vector256.Create(
                from[c + (4L * columns)], from[c + (5L * columns)], from[c + (6L * columns)], from[c + (7L * columns)])
                .Store(target + 4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(
        double* block,
        int columns,
        double* mirror,
        long order,
        int row,
        int rowEnd,
        int column,
        int columnEnd,
        bool isDiagonal)
    {
        for (int c = column; c < columnEnd; c++)
        {
            double* target = mirror + (c * order);
            for (int r = isDiagonal ? Math.Max(row, c) : row; r < rowEnd; r++)
                target[r] = block[((long)r * columns) + c];
        }
    }
}
