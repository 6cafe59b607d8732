using System.Globalization;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart two tables are. Header, rows, texts and integers must be equal. A real number may be off by its
/// tolerance, one that comes with an interval of its own may move within that; errors are compared as counts of
/// examples, and so are error rates.
/// </summary>
/// <param name="path">The table's path in the payload.</param>
/// <param name="original">The table of the first run.</param>
/// <param name="again">The table of the second, with the same header and as many rows.</param>
/// <param name="tolerances">What counts as the same.</param>
internal sealed class TableDistance(string path, CsvTable original, CsvTable again, Tolerances tolerances)
{
    private const string CountMeasure = "max |d| of counts, in examples";

    private readonly CountedCells _counts = new(original, again);
    private readonly OwnIntervals _intervals = new(original, again);
    private readonly bool[] _integers =
    [
        .. original.Header.Select((_, column) =>
            original.Rows.All(row => row[column].Length == 0 || IsInteger(row[column]))),
    ];

    /// <summary>Compares two tables cell by cell.</summary>
    public static ArtifactVerdict Judge(string path, CsvTable original, CsvTable again, Tolerances tolerances)
    {
        if (!original.Header.AsSpan().SequenceEqual(again.Header.AsSpan()))
            return ArtifactVerdict.Incomparable(path, "other columns");
        if (original.Rows.Length != again.Rows.Length)
            return ArtifactVerdict.Incomparable(path, string.Create(CultureInfo.InvariantCulture,
                $"{original.Rows.Length} rows, then {again.Rows.Length}"));
        return new TableDistance(path, original, again, tolerances).Judge();
    }

    private ArtifactVerdict Judge()
    {
        TableDeparture values = TableDeparture.None, counts = TableDeparture.None;
        for (var row = 0; row < original.Rows.Length; row++)
        {
            for (var column = 0; column < original.Header.Length; column++)
            {
                var (a, b) = (original.Rows[row][column], again.Rows[row][column]);
                if (a == b || _counts.Follows(row, column))
                    continue;
                var place = new TableDeparture(0, row, column, a, b);
                if (_counts.Of(row, column) is { } examples)
                {
                    // A rate of n examples moves by the n-th parts of the count.
                    if (Real(a) is not { } e || Real(b) is not { } f)
                        return ArtifactVerdict.Incomparable(path, place.Text(original.Header));
                    counts = counts.Or(place with { Distance = Math.Round(Math.Abs(e - f) * examples, 6) });
                }
                else if (Distance(row, column, a, b) is { } distance)
                {
                    values = values.Or(place with { Distance = distance });
                }
                else
                {
                    return ArtifactVerdict.Incomparable(path, place.Text(original.Header));
                }
            }
        }

        return Verdict(values, counts);
    }

    /// <summary>The verdict by what is farther beyond what it may be.</summary>
    private ArtifactVerdict Verdict(TableDeparture values, TableDeparture counts)
    {
        var places = original.Header;
        var byValue = ArtifactVerdict.Measured(path, values.Distance, 1, ValueMeasure()) with
        {
            Note = values.Distance > 1 ? values.Text(places) : null,
        };
        if (counts.Distance == 0)
            return byValue;
        var byCount = ArtifactVerdict.Measured(path, counts.Distance, tolerances.Counts, CountMeasure) with
        {
            Note = counts.Text(places) + _counts.Difference(counts),
        };
        return byCount.Verdict == Bundles.Verdict.Drift || byValue.Verdict != Bundles.Verdict.Drift ? byCount : byValue;
    }

    private string ValueMeasure()
    {
        var (absolute, relative) = tolerances.Values;
        var allowed = $"({ArtifactVerdict.Limit(absolute)} + {ArtifactVerdict.Limit(relative)} |x|)";
        return _intervals.Any ? $"max |d| / ({allowed} or the number's own interval)" : $"max |d| / {allowed}";
    }

    // Null for cells that differ and are not two finite reals.
    private double? Distance(int row, int column, string a, string b)
    {
        if (Real(a) is not { } x || Real(b) is not { } y)
            return null;
        var own = _intervals.Allowed(row, column);
        if (_integers[column] && IsInteger(b) && own < Math.Abs(x - y))
            return null;
        var allowed = Math.Max(tolerances.Values.Of(x), own);
        return allowed > 0 ? Math.Abs(x - y) / allowed : double.PositiveInfinity;
    }

    // A real may be written without a point: integers are columns in which no cell has one.
    private static bool IsInteger(string text) => text.AsSpan(text.StartsWith('-') ? 1 : 0) is { Length: > 0 } digits
        && !digits.ContainsAnyExceptInRange('0', '9');

    private static double? Real(string text)
    {
        try
        {
            var value = CsvTable.ParseNumber(text);
            return double.IsFinite(value) ? value : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
