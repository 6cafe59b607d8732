using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The intervals that numbers of two tables bring with them, in columns <c>value</c>, <c>lower</c> and <c>upper</c>:
/// what is known of a number. Two runs may find any two values that lie in each other's intervals.
/// </summary>
/// <param name="original">The table of the first run.</param>
/// <param name="again">That of the second, with the same header and as many rows.</param>
internal sealed class OwnIntervals(CsvTable original, CsvTable again)
{
    private readonly int _value = original.Header.IndexOf("value");
    private readonly int _lower = original.Header.IndexOf("lower");
    private readonly int _upper = original.Header.IndexOf("upper");

    /// <summary>Whether the tables have such columns.</summary>
    public bool Any => _value >= 0 && _lower >= 0 && _upper >= 0;

    /// <summary>
    /// What both intervals let a cell move by: a value to the end of its interval on the other's side, an end by the
    /// interval's width. 0 for other cells, and for values that have no interval around them.
    /// </summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    public double Allowed(int row, int column)
    {
        if (!Any || (column != _value && column != _lower && column != _upper)
            || Read(original, row) is not { } first || Read(again, row) is not { } second)
            return 0;
        return column == _value
            ? Math.Min(first.Towards(second.Value), second.Towards(first.Value))
            : Math.Min(first.Width, second.Width);
    }

    private Known? Read(CsvTable table, int row) =>
        Number(table, row, _lower) is { } lower && Number(table, row, _value) is { } value
            && Number(table, row, _upper) is { } upper && lower <= value && value <= upper
            ? new Known(lower, value, upper)
            : null;

    private static double? Number(CsvTable table, int row, int column)
    {
        try
        {
            double number = CsvTable.ParseNumber(table.Rows[row][column]);
            return double.IsFinite(number) ? number : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>A number and what is known of it.</summary>
    private sealed record Known(double Lower, double Value, double Upper)
    {
        public double Width => Upper - Lower;

        public double Towards(double other) => other > Value ? Upper - Value : Value - Lower;
    }
}
