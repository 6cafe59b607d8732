using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The intervals that numbers of a table bring with them, in columns <c>value</c>, <c>lower</c> and <c>upper</c>: what
/// is known of a number. Another run may find any other value of the interval.
/// </summary>
/// <param name="table">The table of the first run.</param>
internal sealed class OwnIntervals(CsvTable table)
{
    private readonly int _value = table.Header.IndexOf("value");
    private readonly int _lower = table.Header.IndexOf("lower");
    private readonly int _upper = table.Header.IndexOf("upper");

    /// <summary>Whether the table has such columns.</summary>
    public bool Any => _value >= 0 && _lower >= 0 && _upper >= 0;

    /// <summary>
    /// What the interval lets a cell move by towards its new value: a value to the interval's end, an end by the
    /// interval's width. 0 for other cells, and for values that have no interval around them.
    /// </summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <param name="before">The cell's number.</param>
    /// <param name="after">The second run's.</param>
    public double Allowed(int row, int column, double before, double after)
    {
        if (!Any || (column != _value && column != _lower && column != _upper)
            || Read(row, _lower) is not { } lower || Read(row, _value) is not { } value
            || Read(row, _upper) is not { } upper || !(lower <= value && value <= upper))
            return 0;
        return column != _value ? upper - lower : after > before ? upper - value : value - lower;
    }

    private double? Read(int row, int column)
    {
        try
        {
            return CsvTable.ParseNumber(table.Rows[row][column]) is var number && double.IsFinite(number) ? number : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
