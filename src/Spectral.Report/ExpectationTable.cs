using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>What was expected of a run beside what came out, as a block of its summary.</summary>
internal static class ExpectationTable
{
    private const string Explanation =
        "met where all that is known of the number agrees with what was expected, undecided where only a part of its "
        + "interval does, absent where the run has no such number";

    /// <summary>The block; null where nothing was expected.</summary>
    public static SummaryBlock? Of(RunResult result) => result.Expectations.IsEmpty
        ? null
        : new SummaryBlock(
            "What was expected, and what came out",
            [
                new SummaryColumn("", "measurement", "", IsKey: true),
                new SummaryColumn("", "expected", "", IsKey: false),
                new SummaryColumn("", "ours", "", IsKey: false),
                new SummaryColumn("", "ratio", "ours / expected", IsKey: false),
                new SummaryColumn("", "verdict", Explanation, IsKey: false),
                new SummaryColumn("", "source", "", IsKey: false),
            ],
            [.. result.Expectations.Select(expectation => Row(expectation, result.Measurements))]);

    private static ImmutableArray<string> Row(Expectation expectation, ImmutableArray<Measurement> measurements)
    {
        Expectation.Outcome outcome = expectation.Of(measurements);
        return
        [
            PlainText.OneLine(expectation.Where.ToString()),
            PlainText.OneLine(Text(expectation.Demand, measurements)),
            MeasurementText.Of(outcome.Found),
            outcome.Ratio is { } ratio && double.IsFinite(ratio)
                ? ratio.ToString("0.00", CultureInfo.InvariantCulture)
                : UncertainNumber.Absent,
            outcome.Verdict.ToString().ToLowerInvariant(),
            PlainText.OneLine(expectation.Source),
        ];
    }

    /// <summary>A demand in words; numbers of other measurements stand beside their names where there are any.</summary>
    public static string Text(Demand demand, ImmutableArray<Measurement> measurements) => demand switch
    {
        Near(double value, double tolerance) => $"{Number(value)} ± {Number(tolerance)}",
        AtLeast(double bound) => $"≥ {Number(bound)}",
        AtMost(double bound) => $"< {Number(bound)}",
        MoreThan(MeasurementPlace other) => $"> {Other(other, measurements)}",
        LessThan(MeasurementPlace other) => $"< {Other(other, measurements)}",
        _ => throw new InvalidOperationException($"no demand '{demand.GetType().Name}'"),
    };

    private static string Number(double value) => UncertainNumber.Format(value, value, value);

    private static string Other(MeasurementPlace place, ImmutableArray<Measurement> measurements) =>
        measurements.IsEmpty
            ? place.ToString()
            : $"{MeasurementText.Of(place.Find(measurements))} ({place.At ?? place.Target ?? place.Split ?? place.Quantity})";
}
