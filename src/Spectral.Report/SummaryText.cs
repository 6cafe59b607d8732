using System.Collections.Immutable;
using System.Text;

namespace Spectral.Report;

/// <summary>A summary as aligned plain text.</summary>
internal static class SummaryText
{
    private const string Gap = "  ";

    private const int LongestKey = 56;

    /// <summary>The text, in lines of at most <paramref name="width"/> characters.</summary>
    public static string Of(SummaryTable table, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 60);
        StringBuilder text = new();
        Line(text, PlainText.Shorten(table.Title, width));
        foreach (SummaryBlock block in table.Blocks)
        {
            Line(text, "");
            Lines(text, PlainText.Wrap(block.Caption, width));
            foreach (ImmutableArray<int> columns in Parts(block, width))
                Part(text, block, columns);
        }

        if (table.Legend.Length > 0)
        {
            Line(text, "");
            int symbol = table.Legend.Max(entry => entry.Symbol.Length);
            foreach (SummaryLegend entry in table.Legend)
                Lines(text, Hang(entry.Symbol.PadRight(symbol) + Gap, entry.Meaning, width));
        }

        if (table.Notes.Length > 0)
            Line(text, "");
        foreach (string note in table.Notes)
            Lines(text, Hang("- ", note, width));
        return text.ToString();
    }

    /// <summary>The columns of each part of a block: the keys, and as many others as fit beside them.</summary>
    private static IEnumerable<ImmutableArray<int>> Parts(SummaryBlock block, int width)
    {
        ImmutableArray<int> keys = [.. Enumerable.Range(0, block.Columns.Length).Where(column => block.Columns[column].IsKey)];
        List<int> part = [.. keys];
        foreach (int column in Enumerable.Range(0, block.Columns.Length).Except(keys))
        {
            if (part.Count > keys.Length && WidthOf(block, [.. part, column]) > width)
            {
                yield return [.. part];
                part = [.. keys];
            }

            part.Add(column);
        }

        yield return [.. part];
    }

    private static int WidthOf(SummaryBlock block, ImmutableArray<int> columns) =>
        Widths(block, columns).Sum() + (Gap.Length * (columns.Length - 1));

    private static ImmutableArray<int> Widths(SummaryBlock block, ImmutableArray<int> columns)
    {
        int[] widths = [.. columns.Select(column => Math.Max(
            block.Columns[column].Header.Length,
            block.Rows.Select(row => Cell(block, row, column).Length).DefaultIfEmpty().Max()))];
        // A group's heading may be wider than its columns together.
        foreach ((int start, int end) in Groups(block, columns))
        {
            int missing =
                block.Columns[columns[start]].Group.Length - widths[start..end].Sum() - (Gap.Length * (end - start - 1));
            if (missing > 0)
                widths[start] += missing;
        }

        return [.. widths];
    }

    private static string Cell(SummaryBlock block, ImmutableArray<string> row, int column) =>
        block.Columns[column].IsKey ? PlainText.Shorten(row[column], LongestKey) : row[column];

    private static IEnumerable<(int Start, int End)> Groups(SummaryBlock block, ImmutableArray<int> columns)
    {
        for (int start = 0, end; start < columns.Length; start = end)
        {
            end = start + 1;
            string group = block.Columns[columns[start]].Group;
            while (group.Length > 0 && end < columns.Length && block.Columns[columns[end]].Group == group)
                end++;
            yield return (start, end);
        }
    }

    private static void Part(StringBuilder text, SummaryBlock block, ImmutableArray<int> columns)
    {
        ImmutableArray<int> widths = Widths(block, columns);
        if (columns.Any(column => block.Columns[column].Group.Length > 0))
        {
            Line(text, string.Join(Gap, Groups(block, columns).Select(group =>
            {
                int width = widths[group.Start..group.End].Sum() + (Gap.Length * (group.End - group.Start - 1));
                string heading = block.Columns[columns[group.Start]].Group;
                return heading.Length == 0
                    ? new string(' ', width)
                    : heading.PadLeft((width + heading.Length) / 2, '·').PadRight(width, '·');
            })));
        }

        Row(column => block.Columns[column].Header);
        Line(text, string.Join(Gap, widths.Select(width => new string('-', width))));
        foreach (ImmutableArray<string> row in block.Rows)
            Row(column => Cell(block, row, column));

        void Row(Func<int, string> cell) => Line(text, string.Join(Gap, columns.Select((column, position) =>
            block.Columns[column].IsKey ? cell(column).PadRight(widths[position]) : cell(column).PadLeft(widths[position]))));
    }

    private static IEnumerable<string> Hang(string head, string body, int width) =>
        PlainText.Wrap(body, width - head.Length)
            .Select((line, number) => (number == 0 ? head : new string(' ', head.Length)) + line);

    private static void Lines(StringBuilder text, IEnumerable<string> lines)
    {
        foreach (string line in lines)
            Line(text, line);
    }

    private static void Line(StringBuilder text, string line) => text.Append(line.TrimEnd()).Append('\n');
}
