using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The cells of a table that count errors among examples, or are rates of such counts: columns <c>errors</c> and
/// <c>error</c> beside <c>examples</c>, and rows of measurements whose quantity ends in <c>errors</c> or <c>error</c>.
/// </summary>
/// <param name="table">The table of the first run.</param>
/// <param name="again">The table of the second, with the same header and as many rows.</param>
internal sealed class CountedCells(CsvTable table, CsvTable again)
{
    /// <summary>What a rate may be off by from the quotient that it is.</summary>
    private const double Exactness = 1e-12;

    private readonly int _errors = table.Header.IndexOf("errors");
    private readonly int _rate = table.Header.IndexOf("error");
    private readonly int _examples = table.Header.IndexOf("examples");
    private readonly int _quantity = table.Header.IndexOf("quantity");
    private readonly int _value = table.Header.IndexOf("value");
    private readonly int _unit = table.Header.IndexOf("unit");

    private bool HasColumns => _errors >= 0 && _rate >= 0 && _examples >= 0;

    private bool HasMeasurements => _quantity >= 0 && _value >= 0 && _unit >= 0;

    /// <summary>
    /// How many examples make a difference of 1 in a cell: 1 for a count of errors, n for a rate among n; null for a
    /// cell that counts nothing, or whose n is not told.
    /// </summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    public int? Of(int row, int column)
    {
        if (HasColumns)
            return column == _errors ? 1 : column == _rate ? Whole(table.Rows[row][_examples]) : null;
        if (!HasMeasurements || column != _value)
            return null;
        string quantity = table.Rows[row][_quantity];
        return quantity.EndsWith("errors", StringComparison.Ordinal) && table.Rows[row][_unit] == "examples" ? 1
            : quantity.EndsWith("error", StringComparison.Ordinal) ? (Size(table, row) ?? Size(again, row))
            : null;
    }

    /// <summary>
    /// Whether a cell follows from a count in its row that moved: the rate, or the ends of an interval.
    /// </summary>
    public bool Follows(int row, int column)
    {
        var (before, after) = (table.Rows[row], again.Rows[row]);
        if (HasColumns)
            return column == _rate && before[_errors] != after[_errors] && IsQuotient(before) && IsQuotient(after);

        return HasMeasurements && table.Header[column] is "lower" or "upper"
            && before[_value] != after[_value] && Of(row, _value) is not null;
    }

    private bool IsQuotient(ImmutableArray<string> row) =>
        Number(row[_errors]) is { } errors && Number(row[_examples]) is { } examples && Number(row[_rate]) is { } rate
        && Math.Abs(rate - (errors / examples)) <= Exactness;

    /// <summary>
    /// What two counts of errors say of the difference of the rates, as a clause; empty where the number of examples is
    /// not told.
    /// </summary>
    public string Difference(TableDeparture departure)
    {
        if (!HasColumns || departure.Column != _errors || Whole(departure.Before) is not { } before
            || Whole(departure.After) is not { } after
            || Whole(table.Rows[departure.Row][_examples]) is not { } examples
            || before > examples || after > examples || examples < 1)
            return "";
        (double lower, double upper) = RateDifference.Interval(before, after, examples);
        return string.Create(CultureInfo.InvariantCulture,
            $" of {examples}; as independent samples the rates differ by {lower:0.000} to {upper:0.000} (95 %)");
    }

    /// <summary>
    /// n of a rate, from the rows of the same place: the number of examples, or the errors divided by the rate.
    /// </summary>
    private int? Size(CsvTable from, int row)
    {
        string quantity = from.Rows[row][_quantity];
        string prefix = quantity[..^"error".Length];
        if (Beside(from, row, prefix + "examples") is { } examples)
            return (int)Math.Round(examples);
        return Beside(from, row, prefix + "errors") is { } errors && errors > 0
            && Number(from.Rows[row][_value]) is { } rate && rate > 0
            ? (int)Math.Round(errors / rate)
            : null;
    }

    private double? Beside(CsvTable from, int row, string quantity)
    {
        foreach (var other in from.Rows)
        {
            // All that names a measurement stands before its value.
            if (other[_quantity] == quantity && Enumerable.Range(0, _value).All(column =>
                column == _quantity || other[column] == from.Rows[row][column]))
                return Number(other[_value]);
        }

        return null;
    }

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
            ? number
            : null;
}
