using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;

namespace Spectral.Report;

/// <summary>What differs between two bundles, as a summary that can be shown anywhere.</summary>
public static class DifferenceTable
{
    /// <summary>Rows of a block unless all are wanted: more than these are read by a program, not a person.</summary>
    private const int MostRows = 20;

    /// <summary>The table: a block for each kind of difference, the largest first.</summary>
    /// <param name="title">What is compared, in one line.</param>
    /// <param name="difference">The comparison.</param>
    /// <param name="isWhole">Whether to show every row, what is the same too.</param>
    public static SummaryTable Of(string title, BundleDifference difference, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(difference);
        (SummaryBlock? measurements, SummaryBlock? training) = (
            Numbers("Measurements", difference.Measurements, isWhole),
            Numbers("Training by epoch", difference.Training, isWhole));
        return new SummaryTable(
            PlainText.OneLine(title),
            [
                .. new[]
                {
                    Leaves("Settings of the plan", difference.Plan, isWhole),
                    Leaves("The spec", difference.Spec, isWhole),
                    Leaves("Machine and repository", difference.Environment, isWhole),
                    measurements,
                    training,
                    Arrays(difference.Arrays, isWhole),
                }.OfType<SummaryBlock>(),
            ],
            measurements is null && training is null ? [] : Legend,
            [Counts(difference)]);
    }

    private static ImmutableArray<SummaryLegend> Legend =>
    [
        new SummaryLegend("A, B", "as the bundles have them, to six digits or to as many as tell them apart"),
        new SummaryLegend("B - A", "the difference, in the number's own unit"),
        new SummaryLegend("relative", "|B - A| over the larger of |A| and |B|"),
        new SummaryLegend("apart", "yes: the intervals of A and B have no point in common; ?: an end is not known"),
    ];

    private static SummaryBlock? Leaves(string caption, ImmutableArray<LeafDifference> leaves, bool isWhole) => Block(
        caption,
        [Key("path"), Key("A"), Key("B")],
        leaves.Length,
        leaves.Where(leaf => isWhole || !leaf.IsSame),
        leaf => [leaf.Path, leaf.A ?? UncertainNumber.Absent, leaf.B ?? UncertainNumber.Absent],
        isWhole);

    private static SummaryBlock? Numbers(string caption, ImmutableArray<NumberDifference> numbers, bool isWhole) => Block(
        caption,
        [
            Key("number"), Key("epoch"), Key("at"), Key("split"), Key("target"),
            Column("A"), Column("B"), Column("B - A"), Column("relative"), Column("apart"),
        ],
        numbers.Length,
        numbers.Where(number => isWhole || !number.IsSame).OrderByDescending(number => number.Weight),
        number =>
        {
            (string a, string b) = Pair(number.A, number.B);
            return
            [
                $"{number.Place.Analysis}.{number.Place.Quantity}",
                number.Place.Epoch.ToString(CultureInfo.InvariantCulture),
                number.Place.SpectrumAt,
                number.Place.Split,
                number.Place.Target,
                a,
                b,
                Rounded(number.Absolute, 3),
                Rounded(number.Relative, 2),
                number.A is null || number.B is null ? "" : Apart(number.Overlaps),
            ];
        },
        isWhole);

    private static SummaryBlock? Arrays(ImmutableArray<ArtifactVerdict> arrays, bool isWhole) => Block(
        "Arrays and weights",
        [Key("file"), Key("measure"), Column("distance")],
        arrays.Length,
        arrays.Where(array => isWhole || array.Verdict != Verdict.Bitwise)
            .OrderBy(array => array.Verdict == Verdict.Missing ? 1 : 0)
            .ThenByDescending(array => array.Distance ?? double.PositiveInfinity),
        array =>
        [
            array.Path,
            array.Verdict == Verdict.Bitwise ? "the same bytes" : array.Measure,
            Rounded(array.Distance, 2),
        ],
        isWhole);

    private static SummaryBlock? Block<T>(
        string caption,
        ImmutableArray<SummaryColumn> columns,
        int all,
        IEnumerable<T> rows,
        Func<T, string[]> cells,
        bool isWhole)
    {
        ImmutableArray<T> found = [.. rows];
        if (found.IsEmpty)
            return null;
        ImmutableArray<T> shown = isWhole || found.Length <= MostRows ? found : found[..MostRows];
        string part = shown.Length < found.Length ? $"; the first {shown.Length} of them, --all shows all" : "";
        return new SummaryBlock(
            isWhole ? $"{caption}: {found.Length}" : $"{caption}: {found.Length} of {all} differ{part}",
            columns,
            [.. shown.Select(row => cells(row).Select(PlainText.OneLine).ToImmutableArray())]);
    }

    private static string Apart(bool? overlaps) => overlaps switch { null => "?", true => "no", false => "yes" };

    private static string Counts(BundleDifference difference)
    {
        return "The same in both: " + string.Join(", ",
            Of(difference.Plan.Count(one => one.IsSame), difference.Plan.Length, "settings"),
            Of(difference.Measurements.Count(one => one.IsSame), difference.Measurements.Length, "measurements"),
            Of(difference.Training.Count(one => one.IsSame), difference.Training.Length, "numbers of training"),
            Of(difference.Arrays.Count(one => one.Verdict == Verdict.Bitwise), difference.Arrays.Length, "arrays")) + ".";

        static string Of(int same, int all, string what) =>
            string.Create(CultureInfo.InvariantCulture, $"{same} of {all} {what}");
    }

    /// <summary>Both numbers to six digits, or to as many as tell them apart.</summary>
    private static (string A, string B) Pair(StatedNumber? a, StatedNumber? b)
    {
        (string first, string second) = (Text(a), Text(b));
        bool hides = first == second && a is not null && b is not null && !a.Value.Equals(b.Value);
        return hides ? (CsvTable.Number(a!.Value), CsvTable.Number(b!.Value)) : (first, second);
    }

    private static string Text(StatedNumber? number) => number switch
    {
        null => UncertainNumber.Absent,
        { Status: "ok" } => Rounded(number.Value, UncertainNumber.MostDigits),
        _ when double.IsNaN(number.Value) => number.Status,
        _ => $"{Rounded(number.Value, UncertainNumber.MostDigits)} ({number.Status})",
    };

    private static string Rounded(double? value, int digits) =>
        value is { } known ? UncertainNumber.Format(known, known, known, digits) : UncertainNumber.Absent;

    private static SummaryColumn Key(string header) => new("", header, "", IsKey: true);

    private static SummaryColumn Column(string header) => new("", header, "", IsKey: false);
}
