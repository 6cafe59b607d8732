using System.Collections.Immutable;

namespace Spectral.Core.Results;

/// <summary>
/// What an author expects of one measurement, such as the paper's value. Expectations are no part of the plan: a run is
/// the same whatever is expected of it.
/// </summary>
/// <param name="Where">Which measurement.</param>
/// <param name="Demand">What is asked of it.</param>
/// <param name="Source">Where the expectation comes from, for people; may be empty.</param>
public sealed record Expectation(MeasurementPlace Where, Demand Demand, string Source)
{
    /// <summary>What came out.</summary>
    /// <param name="measurements">Everything that a run measured.</param>
    public Outcome Of(ImmutableArray<Measurement> measurements)
    {
        if (Where.Find(measurements) is not { } found)
            return new Outcome(null, null, ExpectationVerdict.Absent);
        return Demand switch
        {
            Near(double value, double tolerance) => new Outcome(found, found.Value / value, double.IsNaN(found.Value)
                ? ExpectationVerdict.Absent
                : Math.Abs(found.Value - value) <= tolerance ? ExpectationVerdict.Met : ExpectationVerdict.Missed),
            AtLeast(double bound) => new Outcome(found, found.Value / bound, Compare(found, bound, bound)),
            AtMost(double bound) => new Outcome(found, found.Value / bound, Opposite(Compare(found, bound, bound))),
            MoreThan(MeasurementPlace other) => Beside(found, other.Find(measurements), false),
            LessThan(MeasurementPlace other) => Beside(found, other.Find(measurements), true),
            _ => throw new InvalidOperationException($"no demand '{Demand.GetType().Name}'"),
        };
    }

    private static Outcome Beside(Measurement found, Measurement? other, bool isLess)
    {
        if (other is null)
            return new Outcome(found, null, ExpectationVerdict.Absent);
        ExpectationVerdict more = Compare(found, other.Lower, other.Upper);
        return new Outcome(found, found.Value / other.Value, isLess ? Opposite(more) : more);
    }

    /// <summary>Whether what is known of a number lies above what is known of a bound.</summary>
    private static ExpectationVerdict Compare(Measurement found, double lower, double upper) =>
        double.IsNaN(found.Lower) || double.IsNaN(found.Upper) || double.IsNaN(lower) || double.IsNaN(upper)
            ? ExpectationVerdict.Absent
            : found.Lower >= upper ? ExpectationVerdict.Met
            : found.Upper < lower ? ExpectationVerdict.Missed
            : ExpectationVerdict.Undecided;

    private static ExpectationVerdict Opposite(ExpectationVerdict verdict) => verdict switch
    {
        ExpectationVerdict.Met => ExpectationVerdict.Missed,
        ExpectationVerdict.Missed => ExpectationVerdict.Met,
        _ => verdict,
    };

    /// <summary>What came of an expectation.</summary>
    /// <param name="Found">The measurement, or null.</param>
    /// <param name="Ratio">It divided by what was expected of it; null where there is no such number.</param>
    /// <param name="Verdict">The verdict.</param>
    public sealed record Outcome(Measurement? Found, double? Ratio, ExpectationVerdict Verdict);
}

/// <summary>Whether an expectation came out.</summary>
public enum ExpectationVerdict
{
    /// <summary>It did.</summary>
    Met,

    /// <summary>It did not.</summary>
    Missed,

    /// <summary>What is known of the numbers, their intervals, does not tell.</summary>
    Undecided,

    /// <summary>The run has no such number.</summary>
    Absent,
}
