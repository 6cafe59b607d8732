using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>The statistics of several runs as a summary that can be shown anywhere.</summary>
public static class StatisticsTable
{
    /// <summary>Digits of a mean: its interval says how many of them can be relied on.</summary>
    private const int Digits = 4;

    /// <summary>The table: a block of means for each group of runs, then lines and verdicts.</summary>
    public static SummaryTable Of(RunStatistics statistics) => new(
        "Several runs together",
        [
            .. statistics.Means.GroupBy(row => Caption(statistics.Varied, row.Settings)).Select(Means),
            .. statistics.Lines.IsEmpty ? ImmutableArray<SummaryBlock>.Empty : [Lines(statistics.Lines)],
            .. statistics.Verdicts.GroupBy(row => Caption(statistics.Varied, row.Settings)).Select(Verdicts),
        ],
        [
            new SummaryLegend("runs", "runs that have the number, of all with these settings; they differ in their seeds alone"),
            new SummaryLegend("s", "standard deviation between runs, with N - 1"),
            new SummaryLegend("95 %", "interval of the mean by Student's t, from the spread between runs alone"),
            new SummaryLegend("next run", "95 % prediction interval: where one further run would lie"),
        ],
        []);

    /// <summary>What tells a group from the others; of lists and the like only that they differ.</summary>
    private static string Caption(ImmutableArray<string> varied, ImmutableArray<string> settings) => varied.IsEmpty
        ? "all runs"
        : PlainText.OneLine(string.Join(", ", varied.Zip(settings, (path, value) => value switch
        {
            "" => $"no {path}",
            ['[' or '{', ..] => $"its {path}",
            _ => $"{path} {value}",
        })));

    private static SummaryBlock Means(IGrouping<string, MeanRow> group) => new(
        $"Means over seeds: {group.Key}",
        [.. Keys, Column("runs"), Column("mean"), Column("s"), Column("95 %"), Column("next run")],
        [
            .. group.Where(row => row.Mean is not null).Select(row => (ImmutableArray<string>)
            [
                .. Cells(row.Place),
                string.Create(CultureInfo.InvariantCulture, $"{row.Mean!.Count} of {row.Runs}"),
                Number(row.Mean.Mean),
                Number(row.Mean.Deviation),
                row.Mean.Count > 1 ? Interval(row.Mean.Lower, row.Mean.Upper) : UncertainNumber.Absent,
                row.Mean.Count > 1
                    ? Interval(row.Mean.Mean - row.Mean.NextReach, row.Mean.Mean + row.Mean.NextReach)
                    : UncertainNumber.Absent,
            ]),
        ]);

    private static SummaryBlock Lines(ImmutableArray<LineRow> lines) => new(
        $"Lines y = a + b x, x = {PlainText.OneLine(lines[0].Setting)}",
        [.. Keys, Column("points"), Column("a"), Column("b"), Column("95 % of b"), Column("R²")],
        [
            .. lines.Select(row => (ImmutableArray<string>)
            [
                .. Cells(row.Place),
                row.Points.ToString(CultureInfo.InvariantCulture),
                Number(row.Line.Intercept),
                Number(row.Line.Slope),
                Interval(row.Line.SlopeLower, row.Line.SlopeUpper),
                Number(row.Line.Determination),
            ]),
        ]);

    private static SummaryBlock Verdicts(IGrouping<string, VerdictRow> group) => new(
        $"Expectations, and in how many runs they were met: {group.Key}",
        [.. Keys, Column("expected"), Column("met"), Column("source")],
        [
            .. group.Select(row => (ImmutableArray<string>)
            [
                .. Cells(row.Expectation.Where),
                PlainText.OneLine(ExpectationTable.Text(row.Expectation.Demand, [])),
                string.Create(CultureInfo.InvariantCulture, $"{row.Met} of {row.Runs}"),
                PlainText.OneLine(row.Expectation.Source),
            ]),
        ]);

    private static ImmutableArray<SummaryColumn> Keys =>
        [.. new[] { "measurement", "at", "split", "target" }.Select(header => new SummaryColumn("", header, "", IsKey: true))];

    private static IEnumerable<string> Cells(MeasurementPlace place) =>
    [
        PlainText.OneLine($"{place.Analysis}.{place.Quantity}"),
        PlainText.OneLine(place.At
            ?? (place.Epoch is { } epoch ? string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}") : "")),
        PlainText.OneLine(place.Split ?? ""),
        PlainText.OneLine(place.Target ?? ""),
    ];

    private static SummaryColumn Column(string header) => new("", header, "", IsKey: false);

    private static string Interval(double lower, double upper) => $"[{Number(lower)}, {Number(upper)}]";

    private static string Number(double? value) =>
        value is { } known ? UncertainNumber.Format(known, known, known, Digits) : UncertainNumber.Absent;
}
