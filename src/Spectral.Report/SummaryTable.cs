using System.Collections.Immutable;
using Spectral.Core.Execution;

namespace Spectral.Report;

/// <summary>
/// The small table that is read at the end of a run: one row for each split and checkpoint, before and after training
/// next to each other, baselines beside the measurements. It is text only, ready for a terminal, a page or a log.
/// </summary>
/// <param name="Title">What it is about; one line of plain text.</param>
/// <param name="Blocks">Tables with the same rows and different columns; a block without data is left out.</param>
/// <param name="Legend">What the columns mean, in their order, each explained once.</param>
/// <param name="Notes">What a reader must know before relying on the numbers, each one sentence or two.</param>
public sealed record SummaryTable(
    string Title,
    ImmutableArray<SummaryBlock> Blocks,
    ImmutableArray<SummaryLegend> Legend,
    ImmutableArray<string> Notes)
{
    /// <summary>The summary of a run. Columns for which nothing was measured are left out.</summary>
    public static SummaryTable Of(RunResult result) => SummaryContent.Of(result);

    /// <summary>
    /// The table as aligned text with line feeds, for logs and pipes. Lines are at most <paramref name="width"/>
    /// characters: a block that is too wide goes on below with its key columns repeated.
    /// </summary>
    /// <param name="width">Characters in a line, 60 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 60.</exception>
    public string ToPlainText(int width = 120) => SummaryText.Of(this, width);
}

/// <summary>One table of a summary.</summary>
/// <param name="Caption">What it shows, as a phrase.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The cells, each row as long as <paramref name="Columns"/>; plain text on one line.</param>
public sealed record SummaryBlock(
    string Caption, ImmutableArray<SummaryColumn> Columns, ImmutableArray<ImmutableArray<string>> Rows);

/// <summary>One column of a summary's block.</summary>
/// <param name="Group">A heading that neighbouring columns share; empty for none.</param>
/// <param name="Header">The column's own heading, a word or a symbol.</param>
/// <param name="Explanation">What the numbers are, with their unit, as a phrase.</param>
/// <param name="IsKey">The column says which row it is: text, on the left, repeated where a block is broken.</param>
public sealed record SummaryColumn(string Group, string Header, string Explanation, bool IsKey);

/// <summary>An entry of the legend below a summary.</summary>
/// <param name="Symbol">The heading that it explains.</param>
/// <param name="Meaning">What it means, as a phrase.</param>
public sealed record SummaryLegend(string Symbol, string Meaning);
