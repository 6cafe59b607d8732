namespace Spectral.Core.Numerics;

/// <summary>Neighbouring examples within a canonical block.</summary>
/// <param name="First">The first, counted from the first of all.</param>
/// <param name="Count">How many.</param>
internal readonly record struct SampleRange(long First, int Count)
{
    /// <summary>Just behind the last example.</summary>
    public long End => First + Count;
}

/// <summary>A block of G's lower triangle, computed at once.</summary>
/// <param name="Row">The examples of its rows.</param>
/// <param name="Column">The examples of its columns: the same, or all before.</param>
internal readonly unsafe record struct GramBlock(SampleRange Row, SampleRange Column)
{
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

    /// <summary>Copies the block out of the matrix; of one on the diagonal the lower triangle.</summary>
    public void ReadTo(double* block, LowerTriangle gram, int outputs)
    {
        for (int row = 0; row < Row.Count * outputs; row++)
            In(gram, row, outputs).CopyTo(In(block, row, outputs));
    }

    /// <summary>Writes the block; of one on the diagonal the lower triangle.</summary>
    public void Write(double* block, LowerTriangle gram, int outputs)
    {
        for (int row = 0; row < Row.Count * outputs; row++)
            In(block, row, outputs).CopyTo(In(gram, row, outputs));
    }

    private Span<double> In(double* block, int row, int outputs) =>
        new(block + ((long)row * Column.Count * outputs), Elements(row, outputs));

    private Span<double> In(LowerTriangle gram, int row, int outputs) =>
        new(gram.Row((Row.First * outputs) + row) + (Column.First * outputs), Elements(row, outputs));

    /// <summary>Behind the diagonal a row of the matrix may have ended.</summary>
    private int Elements(int row, int outputs) => Row == Column ? row + 1 : Column.Count * outputs;
}
