using System.Runtime.CompilerServices;

namespace Spectral.Core.Numerics;

/// <summary>A canonical block of G in the lower triangle, with its mirror image.</summary>
/// <param name="Gram">The matrix.</param>
/// <param name="Grid">The examples' division.</param>
/// <param name="Row">The block's row of blocks.</param>
/// <param name="Column">Its column of blocks, at most the row.</param>
internal readonly unsafe record struct GramBlock(GramMatrix Gram, SampleGrid Grid, int Row, int Column)
{
    /// <summary>Side of the squares in which a block is transposed: 8 numbers are a cache line.</summary>
    private const int Square = 8;

    private int Rows => Grid.BlockCount(Row) * Grid.Outputs;

    private int Columns => Grid.BlockCount(Column) * Grid.Outputs;

    private long FirstRow => Grid.BlockStart(Row) * Grid.Outputs;

    private long FirstColumn => Grid.BlockStart(Column) * Grid.Outputs;

    /// <summary>Entries of the block.</summary>
    public int Numbers => Rows * Columns;

    /// <summary>Copies the block out of the matrix.</summary>
    public void ReadTo(double* block)
    {
        for (int row = 0; row < Rows; row++)
            new Span<double>(Own(row), Columns).CopyTo(new Span<double>(block + ((long)row * Columns), Columns));
    }

    /// <summary>Writes the block and its transpose; of a block on the diagonal the lower triangle, twice.</summary>
    public void WriteMirrored(double* block)
    {
        int rows = Rows, columns = Columns;
        for (int row = 0; row < rows; row++)
        {
            int count = Row == Column ? row + 1 : columns;
            new Span<double>(block + ((long)row * columns), count).CopyTo(new Span<double>(Own(row), count));
        }

        double* mirror = Gram.Pointer + (FirstColumn * Gram.Order) + FirstRow;
        for (int row = 0; row < rows; row += Square)
        {
            for (int column = 0; column < columns; column += Square)
                Transpose(block, mirror, row, Math.Min(rows, row + Square), column, Math.Min(columns, column + Square));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Transpose(double* block, double* mirror, int row, int rowEnd, int column, int columnEnd)
    {
        int columns = Columns;
        bool isDiagonal = Row == Column;
        for (int c = column; c < columnEnd; c++)
        {
            double* target = mirror + (c * Gram.Order);
            for (int r = isDiagonal ? Math.Max(row, c) : row; r < rowEnd; r++)
                target[r] = block[((long)r * columns) + c];
        }
    }

    private double* Own(int row) => Gram.Pointer + ((FirstRow + row) * Gram.Order) + FirstColumn;
}
