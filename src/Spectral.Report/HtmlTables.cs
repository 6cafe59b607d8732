using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>The tables of a report as HTML, with headings that screen readers can follow.</summary>
internal static class HtmlTables
{
    private static readonly ImmutableArray<(string Heading, bool IsNumber)> MeasurementColumns =
    [
        ("analysis", false), ("quantity", false), ("epoch", true), ("J at", false), ("split", false), ("target", false),
        ("r", true), ("α", true), ("value", true), ("known to lie in", true), ("unit", false), ("status", false),
    ];

    /// <summary>The summary's blocks, legend and notes.</summary>
    public static void Summary(HtmlWriter html, SummaryTable summary)
    {
        foreach (SummaryBlock block in summary.Blocks)
            Block(html, block);
        if (summary.Legend.Length > 0)
        {
            html.Open("dl", ("class", "legend")).Raw("\n");
            foreach (SummaryLegend entry in summary.Legend)
                html.Open("dt").Symbols(entry.Symbol).Close("dt").Open("dd").Symbols(entry.Meaning).Close("dd");
            html.Close("dl");
        }

        if (summary.Notes.IsEmpty)
            return;
        html.Open("ul", ("class", "notes")).Raw("\n");
        foreach (string note in summary.Notes)
            html.Element("li", note);
        html.Close("ul");
    }

    /// <summary>Every measurement of the run, folded away until asked for.</summary>
    public static void Measurements(HtmlWriter html, RunResult result)
    {
        html.Open("details").Raw("\n");
        html.Element("summary", string.Create(CultureInfo.InvariantCulture, $"{result.Measurements.Length} measurements"));
        Scrolling(html, "All measurements");
        html.Open("thead").Open("tr");
        foreach ((string heading, bool isNumber) in MeasurementColumns)
            html.Open("th", ("scope", "col"), ("class", isNumber ? "number" : "text")).Text(heading).Close("th");
        html.Close("tr").Close("thead").Open("tbody").Raw("\n");
        foreach (Measurement row in result.Measurements)
        {
            ImmutableArray<string> cells = Cells(row);
            html.Open("tr");
            for (int column = 0; column < cells.Length; column++)
            {
                bool isNumber = MeasurementColumns[column].IsNumber;
                string style = column == cells.Length - 1 && row.Status != "ok" ? "text warn" : isNumber ? "number" : "text";
                html.Open("td", ("class", style)).Text(cells[column]).Close("td");
            }

            html.Close("tr");
        }

        html.Close("tbody").Close("table").Close("div").Close("details");
    }

    private static ImmutableArray<string> Cells(Measurement row) =>
    [
        row.Analysis,
        row.Quantity,
        row.Epoch.ToString(CultureInfo.InvariantCulture),
        row.SpectrumAt,
        row.Split,
        row.Target,
        row.CutoffRank?.ToString(CultureInfo.InvariantCulture) ?? "",
        row.CutoffAlpha is { } alpha ? UncertainNumber.Format(alpha, alpha, alpha) : "",
        MeasurementText.Of(row),
        MeasurementText.Interval(row),
        row.Unit,
        row.Status,
    ];

    private static void Block(HtmlWriter html, SummaryBlock block)
    {
        Scrolling(html, block.Caption);
        html.Element("caption", block.Caption).Open("thead");
        Headings(html, block);
        html.Close("thead").Open("tbody").Raw("\n");
        string? previous = null;
        foreach (ImmutableArray<string> row in block.Rows)
        {
            // A stronger line where the next split begins.
            bool isFirst = previous is not null && previous != row[0];
            previous = row[0];
            html.Open("tr", isFirst ? [("class", "first")] : []);
            for (int column = 0; column < row.Length; column++)
            {
                if (block.Columns[column].IsKey)
                    html.Open("th", ("scope", "row")).Text(row[column]).Close("th");
                else
                    html.Open("td").Text(row[column]).Close("td");
            }

            html.Close("tr");
        }

        html.Close("tbody").Close("table").Close("div");
    }

    /// <summary>One line of headings, or two where columns share a group.</summary>
    private static void Headings(HtmlWriter html, SummaryBlock block)
    {
        bool hasGroups = block.Columns.Any(column => column.Group.Length > 0);
        html.Open("tr");
        for (int start = 0, end; start < block.Columns.Length; start = end)
        {
            SummaryColumn column = block.Columns[start];
            end = start + 1;
            while (column.Group.Length > 0 && end < block.Columns.Length && block.Columns[end].Group == column.Group)
                end++;
            if (column.Group.Length > 0)
            {
                string span = (end - start).ToString(CultureInfo.InvariantCulture);
                html.Open("th", ("scope", "colgroup"), ("class", "group"), ("colspan", span));
                html.Symbols(column.Group).Close("th");
            }
            else
            {
                string style = column.IsKey ? "text" : "number";
                html.Open("th", ("scope", "col"), ("class", style), ("rowspan", hasGroups ? "2" : "1"));
                html.Symbols(column.Header).Close("th");
            }
        }

        html.Close("tr");
        if (!hasGroups)
            return;
        html.Open("tr");
        foreach (SummaryColumn column in block.Columns.Where(column => column.Group.Length > 0))
            html.Open("th", ("scope", "col")).Symbols(column.Header).Close("th");
        html.Close("tr");
    }

    // A wide table scrolls by itself, with the keyboard too.
    private static void Scrolling(HtmlWriter html, string label) =>
        html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", label))
            .Open("table").Raw("\n");
}
