using System.Collections.Immutable;
using System.Text;

namespace Spectral.Report;

/// <summary>A column of a plain table.</summary>
/// <param name="Header">Its heading.</param>
/// <param name="IsNumber">Whether its cells are numbers, which stand at the right.</param>
public sealed record PlainColumn(string Header, bool IsNumber);

/// <summary>
/// A list as aligned text, one row a line whatever its length, so that other programs can filter the lines.
/// </summary>
public static class PlainTable
{
    private const string Gap = "  ";

    /// <summary>The text: headings, then the rows; every line ends in a line feed. Cells are made safe to show.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The cells, each row as long as <paramref name="columns"/>.</param>
    public static string Of(ImmutableArray<PlainColumn> columns, IEnumerable<ImmutableArray<string>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ImmutableArray<ImmutableArray<string>> lines =
        [
            [.. columns.Select(column => PlainText.OneLine(column.Header))],
            .. rows.Select(row => row.Select(PlainText.OneLine).ToImmutableArray()),
        ];
        int[] widths = [.. columns.Select((_, column) => lines.Max(line => line[column].Length))];
        StringBuilder text = new();
        foreach (ImmutableArray<string> line in lines)
        {
            int start = text.Length;
            for (int column = 0; column < line.Length; column++)
            {
                string cell = line[column];
                text.Append(column > 0 ? Gap : "")
                    .Append(columns[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            }

            int end = text.Length;
            while (end > start && text[end - 1] == ' ')
                end--;
            text.Length = end;
            text.Append('\n');
        }

        return text.ToString();
    }
}
