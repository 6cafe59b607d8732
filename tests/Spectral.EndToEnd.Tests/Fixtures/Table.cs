using System.Globalization;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>A CSV file of a bundle, whose fields have neither quotes nor commas in them.</summary>
/// <param name="Header">The names of the columns.</param>
/// <param name="Rows">The fields of each line.</param>
public sealed record Table(string[] Header, string[][] Rows)
{
    /// <summary>Reads a file; every line must be as long as the header.</summary>
    public static Table Read(params string[] path)
    {
        string[][] lines = [.. File.ReadAllText(Path.Combine(path)).TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
        return lines.All(line => line.Length == lines[0].Length)
            ? new Table(lines[0], lines[1..])
            : throw new InvalidDataException($"{Path.Combine(path)}: lines of different lengths");
    }

    /// <summary>The rows that have given values in given columns.</summary>
    public string[][] Where(params (string Column, string Value)[] conditions) =>
        [.. Rows.Where(row => conditions.All(condition => row[Column(condition.Column)] == condition.Value))];

    /// <summary>The number in a column of the one row that has given values in given columns.</summary>
    public double Number(string column, params (string Column, string Value)[] conditions) =>
        Parse(Where(conditions).Single()[Column(column)]);

    /// <summary>The index of a column.</summary>
    public int Column(string name) => Array.IndexOf(Header, name) is >= 0 and var index
        ? index
        : throw new ArgumentException($"no column '{name}' among {string.Join(", ", Header)}");

    /// <summary>A number as the tables write it.</summary>
    public static double Parse(string text) => text == "nan" ? double.NaN : double.Parse(text, CultureInfo.InvariantCulture);
}
