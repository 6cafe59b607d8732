using System.Collections.Immutable;
using System.Globalization;
using System.IO.Enumeration;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>Measurements of several runs taken together: means over seeds, and lines through what was varied.</summary>
/// <param name="Varied">The settings in which groups differ.</param>
/// <param name="Means">The mean of each measurement over each group's runs.</param>
/// <param name="Lines">A line for each measurement through all runs, against one numeric setting; empty unless asked.</param>
/// <param name="Verdicts">How often each expectation was met; empty where nothing was expected.</param>
public sealed record RunStatistics(
    ImmutableArray<string> Varied,
    ImmutableArray<MeanRow> Means,
    ImmutableArray<LineRow> Lines,
    ImmutableArray<VerdictRow> Verdicts)
{
    /// <summary>Takes runs together.</summary>
    /// <param name="runs">The runs; those of one plan are one run.</param>
    /// <param name="quantities">Patterns over <c>ANALYSIS.QUANTITY</c>, <c>*</c> for any text; empty for all.</param>
    /// <param name="against">A varied setting's path to fit lines against, or null.</param>
    /// <exception cref="ArgumentException">
    /// The setting is not varied or not a number in every plan; or a plan's component is not in the Catalog.
    /// </exception>
    public static RunStatistics Of(IEnumerable<RunResult> runs, ImmutableArray<string> quantities, string? against)
    {
        ImmutableArray<RunGroup> groups = RunGroup.Of(runs);
        ImmutableArray<string> varied = RunGroup.Varied(groups);
        return new RunStatistics(
            varied,
            [.. groups.SelectMany(group => Rows(group, varied, quantities))],
            against is null ? [] : [.. LinesAgainst(against, groups, varied, quantities)],
            [.. groups.SelectMany(group => Judged(group, varied))]);
    }

    private static IEnumerable<MeanRow> Rows(
        RunGroup group, ImmutableArray<string> varied, ImmutableArray<string> quantities) =>
        group.Runs.SelectMany(run => Chosen(run, quantities))
            .GroupBy(pair => pair.Place)
            .Select(rows => new MeanRow(
                Values(group, varied),
                rows.Key,
                group.Runs.Length,
                Finite(rows.Select(pair => pair.Row)) is { IsEmpty: false } samples ? SampleMean.Of(samples) : null));

    private static IEnumerable<LineRow> LinesAgainst(
        string path,
        ImmutableArray<RunGroup> groups,
        ImmutableArray<string> varied,
        ImmutableArray<string> quantities)
    {
        if (!varied.Contains(path))
        {
            throw new ArgumentException(
                $"the runs do not differ in '{path}'; they differ in {(varied.IsEmpty ? "nothing" : string.Join(", ", varied))}");
        }

        return groups.SelectMany(group => group.Runs.SelectMany(run => Chosen(run, quantities))
                .Where(pair => double.IsFinite(pair.Row.Value))
                .Select(pair => (pair.Place, At: Number(group, path), pair.Row.Value)))
            .GroupBy(point => point.Place)
            .Where(points => points.Count() > 1)
            .Select(points => LineFit.Of([.. points.Select(point => point.At)], [.. points.Select(point => point.Value)])
                is { } line
                ? new LineRow(path, points.Key, points.Count(), line)
                : null)
            .OfType<LineRow>();
    }

    private static double Number(RunGroup group, string path) =>
        double.TryParse(
            group.Settings.GetValueOrDefault(path), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ArgumentException(
                $"'{path}' is no number in every plan: {group.Settings.GetValueOrDefault(path) ?? "one has no such setting"}");

    private static IEnumerable<VerdictRow> Judged(RunGroup group, ImmutableArray<string> varied) =>
        group.Runs.SelectMany(run => run.Expectations.Select(expectation => (run, expectation)))
            .GroupBy(pair => pair.expectation)
            .Select(pairs =>
            {
                ExpectationVerdict[] verdicts =
                    [.. pairs.Select(pair => pair.expectation.Of(pair.run.Measurements).Verdict)];
                return new VerdictRow(
                    Values(group, varied),
                    pairs.Key,
                    verdicts.Count(verdict => verdict == ExpectationVerdict.Met),
                    verdicts.Length);
            });

    /// <summary>
    /// Measurements under the names that runs share. Checkpoints have the same name where their epochs differ, as the best
    /// one's do.
    /// </summary>
    private static IEnumerable<(MeasurementPlace Place, Measurement Row)> Chosen(
        RunResult run, ImmutableArray<string> quantities) =>
        run.Measurements
            .Where(row => quantities.IsEmpty || quantities.Any(pattern =>
                FileSystemName.MatchesSimpleExpression(pattern, $"{row.Analysis}.{row.Quantity}", ignoreCase: false)))
            .Select(row => (
                new MeasurementPlace(
                    row.Analysis,
                    row.Quantity,
                    row.SpectrumAt.Length > 0 ? row.SpectrumAt : null,
                    row.SpectrumAt.Length > 0 ? null : row.Epoch,
                    row.Split.Length > 0 ? row.Split : null,
                    row.Target.Length > 0 ? row.Target : null),
                row));

    private static ImmutableArray<double> Finite(IEnumerable<Measurement> rows) =>
        [.. rows.Select(row => row.Value).Where(double.IsFinite)];

    private static ImmutableArray<string> Values(RunGroup group, ImmutableArray<string> varied) =>
        [.. varied.Select(path => group.Settings.GetValueOrDefault(path) ?? "")];
}

/// <summary>One measurement over the runs of a group.</summary>
/// <param name="Settings">The varied settings' values, as JSON, in their order; empty text where a plan has none.</param>
/// <param name="Place">Which measurement.</param>
/// <param name="Runs">How many runs the group has; those without the number do not enter the mean.</param>
/// <param name="Mean">The mean; null where no run has a number.</param>
public sealed record MeanRow(ImmutableArray<string> Settings, MeasurementPlace Place, int Runs, SampleMean? Mean);

/// <summary>A measurement's line against a setting.</summary>
/// <param name="Setting">The setting's path.</param>
/// <param name="Place">Which measurement.</param>
/// <param name="Points">How many runs.</param>
/// <param name="Line">The line.</param>
public sealed record LineRow(string Setting, MeasurementPlace Place, int Points, LineFit Line);

/// <summary>How often an expectation was met.</summary>
/// <param name="Settings">As of <see cref="MeanRow"/>.</param>
/// <param name="Expectation">The expectation.</param>
/// <param name="Met">Runs that met it.</param>
/// <param name="Runs">Runs that expected it.</param>
public sealed record VerdictRow(ImmutableArray<string> Settings, Expectation Expectation, int Met, int Runs);
