namespace Spectral.Core.Numerics;

/// <summary>
/// The rows of A - B for two Jacobians of the same split, such as one network's at two moments of training.
/// </summary>
public sealed unsafe class RowDifference : RowTiles
{
    private readonly RowTiles _one, _other;

    /// <summary>Names the difference; nothing is formed.</summary>
    /// <param name="one">A [nK, p].</param>
    /// <param name="other">B [nK, p], in chunks of the same size.</param>
    /// <exception cref="ArgumentException">The shapes or the chunks differ.</exception>
    public RowDifference(RowTiles one, RowTiles other)
    {
        if ((one.Rows, one.Columns, one.ChunkRows) != (other.Rows, other.Columns, other.ChunkRows))
            throw new ArgumentException("the two Jacobians have other shapes or chunks", nameof(other));
        (_one, _other) = (one, other);
    }

    /// <inheritdoc/>
    public override int Rows => _one.Rows;

    /// <inheritdoc/>
    public override int Columns => _one.Columns;

    /// <inheritdoc/>
    public override int ChunkRows => _one.ChunkRows;

    /// <inheritdoc/>
    public override double FormingFlops => _one.FormingFlops + _other.FormingFlops + ((double)Rows * Columns);

    /// <inheritdoc/>
    public override double FormingBytes =>
        Math.Max(_one.FormingBytes, _other.FormingBytes) + (8.0 * ChunkRows * Columns);

    /// <inheritdoc/>
    public override void Form(int chunk, double* rows, long stride)
    {
        int count = Math.Min(ChunkRows, Rows - (chunk * ChunkRows));
        using AlignedMatrix subtracted = AlignedMatrix.Unset(count, Columns);
        _one.Form(chunk, rows, stride);
        _other.Form(chunk, subtracted.Pointer, Columns);
        for (int row = 0; row < count; row++)
        {
            double* target = rows + (row * stride), source = subtracted.Row(row);
            for (int column = 0; column < Columns; column++)
                target[column] -= source[column];
        }
    }
}
