using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>
/// The tables of <c>results/</c> as CSV, both ways. Their columns are a contract; new ones go to the end.
/// </summary>
public static class ResultTables
{
    private static readonly ImmutableArray<string> MeasurementColumns =
    [
        "analysis", "quantity", "epoch", "spectrum_at", "split", "target", "cutoff_rank", "cutoff_alpha",
        "value", "lower", "upper", "unit", "status",
    ];

    private static readonly ImmutableArray<string> TrainingColumns =
        ["epoch", "split", "target", "loss", "error", "errors", "examples"];

    /// <summary>
    /// Measurements as <c>measurements.csv</c>; an absent rank or cutoff is an empty cell, NaN is <c>nan</c>.
    /// </summary>
    public static CsvTable Write(ImmutableArray<Measurement> measurements) => new(
        MeasurementColumns,
        [
            .. measurements.Select(row => (ImmutableArray<string>)
            [
                row.Analysis,
                row.Quantity,
                Integer(row.Epoch),
                row.SpectrumAt,
                row.Split,
                row.Target,
                row.CutoffRank is { } rank ? Integer(rank) : "",
                row.CutoffAlpha is { } alpha ? CsvTable.Number(alpha) : "",
                CsvTable.Number(row.Value),
                CsvTable.Number(row.Lower),
                CsvTable.Number(row.Upper),
                row.Unit,
                row.Status,
            ]),
        ]);

    /// <summary>Training rows as <c>training.csv</c>.</summary>
    public static CsvTable Write(ImmutableArray<TrainingRow> rows) => new(
        TrainingColumns,
        [
            .. rows.Select(row => (ImmutableArray<string>)
            [
                Integer(row.Epoch),
                row.Split,
                row.Target,
                CsvTable.Number(row.Loss),
                CsvTable.Number(row.Error),
                row.Errors is { } errors ? Integer(errors) : "",
                Integer(row.Examples),
            ]),
        ]);

    /// <summary>Reads <c>measurements.csv</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<Measurement> ReadMeasurements(CsvTable table)
    {
        RequireColumns(table, MeasurementColumns);
        RequireShown(table);
        return
        [
            .. table.Rows.Select(row => new Measurement(
                row[0],
                row[1],
                Integer(row[2]),
                row[3],
                row[4],
                row[5],
                row[6].Length == 0 ? null : Integer(row[6]),
                row[7].Length == 0 ? null : CsvTable.ParseNumber(row[7]),
                CsvTable.ParseNumber(row[8]),
                CsvTable.ParseNumber(row[9]),
                CsvTable.ParseNumber(row[10]),
                row[11],
                row[12])),
        ];
    }

    /// <summary>Reads <c>training.csv</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ImmutableArray<TrainingRow> ReadTraining(CsvTable table)
    {
        RequireColumns(table, TrainingColumns);
        RequireShown(table);
        return
        [
            .. table.Rows.Select(row => new TrainingRow(
                Integer(row[0]),
                row[1],
                row[2],
                CsvTable.ParseNumber(row[3]),
                row[5].Length == 0 ? null : Integer(row[5]),
                Integer(row[6]))),
        ];
    }

    private static void RequireColumns(CsvTable table, ImmutableArray<string> columns)
    {
        if (!table.Header.Take(columns.Length).SequenceEqual(columns))
        {
            throw new FormatException(
                $"expected the columns {string.Join(",", columns)}, got {SafeText.Of(string.Join(",", table.Header), 400)}");
        }
    }

    // Cells are printed, and may come from a stranger's bundle.
    private static void RequireShown(CsvTable table)
    {
        if (table.Rows.SelectMany(row => row).FirstOrDefault(cell => !cell.All(SafeText.IsShown)) is { } cell)
            throw new FormatException($"expected cells without control characters, got '{SafeText.Of(cell, 80)}'");
    }

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Integer(string cell) =>
        int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"expected an integer of 32 bits, got '{SafeText.Of(cell, 80)}'");
}
