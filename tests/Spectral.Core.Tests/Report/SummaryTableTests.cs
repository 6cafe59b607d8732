using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

public class SummaryTableTests
{
    [Fact]
    public void Before_and_after_stand_next_to_each_other_on_each_split() =>
        Assert.All(SummaryTable.Of(SampleRun.Typical()).Blocks, block => Assert.Equal(
            ["train initial", "train final", "test initial", "test final"],
            block.Rows.Select(row => $"{row[0]} {row[1]}")));

    [Fact]
    public void The_numbers_stand_under_their_headings()
    {
        SummaryTable table = SummaryTable.Of(SampleRun.Typical());
        Assert.Equal("12", Cell(table, "train final", "", "r"));
        Assert.Equal("6.362", Cell(table, "train final", "", "α"));
        Assert.Equal("0.7500", Cell(table, "train final", "given labels y", "P_I"));
        Assert.Equal("0.9854", Cell(table, "test initial", "centred labels y", "P_N"));
        Assert.Equal("0.76", Cell(table, "train final", "residual r_0", "P_I"));
        Assert.Equal("0.1155", Cell(table, "train final", "baselines for P_I y", "random"));
        Assert.Equal("0.5774", Cell(table, "train final", "baselines for P_I y", "class"));
        Assert.Equal("6.0 % (18/300)", Cell(table, "train final", "error", "vs given"));
        Assert.Equal("40.0 % (120/300)", Cell(table, "train final", "error", "vs clean"));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    public void Plain_text_keeps_to_its_width_and_repeats_the_keys_where_it_breaks(int width)
    {
        string[] lines = SummaryTable.Of(SampleRun.Typical()).ToPlainText(width).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        int parts = lines.Count(line => line.StartsWith("split", StringComparison.Ordinal));
        Assert.Equal(parts, lines.Count(line => line.StartsWith("test   final", StringComparison.Ordinal)));
        Assert.Equal(width == 120 ? 2 : parts, parts);
    }

    [Fact]
    public void Plain_text_is_narrower_than_sixty_characters_for_nobody() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SummaryTable.Of(SampleRun.Typical()).ToPlainText(59));

    [Fact]
    public void Every_heading_that_is_no_key_is_explained()
    {
        SummaryTable table = SummaryTable.Of(SampleRun.Typical());
        IEnumerable<string> headers = table.Blocks.SelectMany(block => block.Columns)
            .Where(column => !column.IsKey && column.Header != "epoch").Select(column => column.Header);
        Assert.Equal(headers.Distinct(), table.Legend.Select(entry => entry.Symbol));
    }

    [Fact]
    public void An_analysis_that_was_not_asked_for_leaves_no_column()
    {
        RunResult typical = SampleRun.Typical();
        SummaryTable table = SummaryTable.Of(typical with
        {
            Measurements = [.. typical.Measurements.Where(row => row.Analysis == "spectrum")],
            Training = [],
        });
        SummaryBlock block = Assert.Single(table.Blocks);
        Assert.Equal(["split", "checkpoint", "epoch", "r", "α", "σ_1", "σ_r", "σ_r+1"], block.Columns.Select(column => column.Header));
    }

    [Fact]
    public void Clean_labels_that_are_the_given_ones_are_shown_once()
    {
        SummaryTable table = SummaryTable.Of(SampleVariants.Clean());
        IEnumerable<SummaryColumn> columns = table.Blocks.SelectMany(block => block.Columns);
        Assert.DoesNotContain(columns, column => column.Header == "vs clean" || column.Group == "clean labels y");
    }

    [Fact]
    public void What_cannot_be_relied_on_says_so()
    {
        SummaryTable table = SummaryTable.Of(SampleVariants.Troubled());
        Assert.Equal("≤ 1*", Cell(table, "train initial", "given labels y", "P_I"));
        Assert.Equal("refused", Cell(table, "test final", "given labels y", "P_I"));
        Assert.Equal("refused", Cell(table, "test final", "", "r"));
        Assert.Equal("< 2e-12", Cell(table, "train initial", "", "σ_r+1"));
        Assert.Contains(table.Notes, note => note.StartsWith("Training diverged: ", StringComparison.Ordinal) && note.Contains("61"));
        Assert.Contains(table.Notes, note => note.StartsWith("train, initial: the cut after r = 12", StringComparison.Ordinal));
        Assert.Contains(table.Notes, note => note.StartsWith("test, final: the cutoff was refused", StringComparison.Ordinal));
        Assert.Contains(table.Notes, note => note.Contains("trust floor") && note.Contains("180 of 1800"));
    }

    [Fact]
    public void A_run_without_results_has_an_empty_summary_that_says_why()
    {
        SummaryTable table = SummaryTable.Of(SampleVariants.Empty());
        Assert.Empty(table.Blocks);
        Assert.Equal(["No Jacobian was analysed."], table.Notes);
        Assert.NotEmpty(table.ToPlainText());
    }

    [Fact]
    public void Hostile_names_reach_no_terminal()
    {
        string text = SummaryTable.Of(SampleVariants.HostileNames()).ToPlainText();
        Assert.DoesNotContain(text, letter =>
            (char.IsControl(letter) && letter != '\n') || letter == '\u202e' || char.IsSurrogate(letter));
    }

    private static string Cell(SummaryTable table, string row, string group, string header)
    {
        SummaryBlock block = table.Blocks.Single(block => block.Columns.Any(Matches));
        int place = block.Columns.ToList().FindIndex(Matches);
        ImmutableArray<string> cells = block.Rows.Single(cells => $"{cells[0]} {cells[1]}" == row);
        return cells[place];

        bool Matches(SummaryColumn column) => column.Group == group && column.Header == header;
    }
}
