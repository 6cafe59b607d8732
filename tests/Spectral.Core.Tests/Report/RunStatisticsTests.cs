using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Noises;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Spectral.Report;
using Xunit;

namespace Spectral.Core.Tests.Report;

public sealed class RunStatisticsTests
{
    private static readonly MeasurementPlace Place = new("made", "energy", "final", null, "train", "given");

    [Fact]
    public void A_mean_has_the_interval_of_Students_t()
    {
        // t of 4 degrees of freedom at 97.5 % is 2.776445; s of 1..5 is sqrt(2.5).
        SampleMean mean = SampleMean.Of([1, 2, 3, 4, 5]);
        double reach = 2.7764451052 * Math.Sqrt(2.5) / Math.Sqrt(5);
        Assert.Equal((5, 3), (mean.Count, mean.Mean));
        Assert.Equal(Math.Sqrt(2.5), mean.Deviation, 1e-14);
        Assert.Equal(3 - reach, mean.Lower, 1e-8);
        Assert.Equal(3 + reach, mean.Upper, 1e-8);
        Assert.Equal(2.7764451052 * Math.Sqrt(2.5) * Math.Sqrt(1.2), mean.NextReach, 1e-8);
        Assert.Equal((7.0, 7.0, 7.0), SampleMean.Of([7, 7]) is var same ? (same.Mean, same.Lower, same.Upper) : default);
        Assert.True(double.IsNaN(SampleMean.Of([2]).Lower));
        Assert.Throws<ArgumentException>(() => SampleMean.Of([]));
        Assert.Throws<ArgumentException>(() => SampleMean.Of([1, double.NaN]));
    }

    [Fact]
    public void A_line_is_that_of_least_squares_with_its_interval()
    {
        // Anscombe's first quartet: y = 3.0001 + 0.5001 x, the slope's standard error 0.1179, R^2 0.6665.
        LineFit line = LineFit.Of(
            [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
            [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68])!;
        Assert.Equal(3.0000909, line.Intercept, 1e-6);
        Assert.Equal(0.5000909, line.Slope, 1e-6);
        Assert.Equal(0.6665425, line.Determination, 1e-6);
        Assert.Equal(2.262157163 * 0.1179055, line.SlopeUpper - line.Slope, 1e-5);
        Assert.Equal(line.Slope - line.SlopeLower, line.SlopeUpper - line.Slope, 1e-12);
        Assert.Null(LineFit.Of([2, 2], [1, 5]));
        Assert.True(double.IsNaN(LineFit.Of([0, 1], [1, 5])!.SlopeLower));
    }

    [Fact]
    public void Runs_that_differ_in_seeds_alone_are_one_group_and_a_repeated_run_counts_once()
    {
        RunResult again = Run(3, 0.5, 30);
        RunStatistics found = RunStatistics.Of([Run(1, 0.25, 10), Run(2, 0.25, 14), Run(1, 0.5, 20), again, again], [], null);
        Assert.Equal(["noise.uniform.rate"], found.Varied);
        Assert.Equal(["0.25", "0.5"], found.Means.Select(row => Assert.Single(row.Settings)));
        Assert.Equal([12, 25], found.Means.Select(row => row.Mean!.Mean));
        Assert.All(found.Means, row => Assert.Equal((2, 2, Place), (row.Runs, row.Mean!.Count, row.Place)));
    }

    [Fact]
    public void A_number_that_a_run_does_not_have_is_left_out_of_the_mean_and_counted()
    {
        MeanRow row = Assert.Single(RunStatistics.Of([Run(1, 0.25, 10), Run(2, 0.25, double.NaN)], [], null).Means);
        Assert.Equal((2, 1, 10), (row.Runs, row.Mean!.Count, row.Mean.Mean));
        Assert.Null(Assert.Single(RunStatistics.Of([Run(2, 0.25, double.NaN)], [], null).Means).Mean);
    }

    [Fact]
    public void Patterns_choose_quantities()
    {
        Assert.Single(RunStatistics.Of([Run(1, 0.25, 10)], ["made.*"], null).Means);
        Assert.Empty(RunStatistics.Of([Run(1, 0.25, 10)], ["other.*"], null).Means);
    }

    [Fact]
    public void A_line_goes_through_all_runs_against_a_setting()
    {
        RunResult[] runs = [Run(1, 0, 1), Run(2, 0, 3), Run(1, 0.5, 5), Run(1, 1, 8)];
        LineRow row = Assert.Single(RunStatistics.Of(runs, [], "noise.uniform.rate").Lines);
        LineFit expected = LineFit.Of([0, 0, 0.5, 1], [1, 3, 5, 8])!;
        Assert.Equal((4, expected), (row.Points, row.Line));
        Assert.Contains(
            "noise.uniform.rate",
            Assert.Throws<ArgumentException>(() => RunStatistics.Of(runs, [], "threads")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Expectations_are_counted_over_seeds()
    {
        RunStatistics found = RunStatistics.Of([Run(1, 0.25, 10), Run(2, 0.25, 14), Run(3, 0.25, 15)], [], null);
        VerdictRow row = Assert.Single(found.Verdicts);
        Assert.Equal((2, 3), (row.Met, row.Runs));
        string text = StatisticsTable.Of(found).ToPlainText();
        Assert.Contains("2 of 3", text, StringComparison.Ordinal);
        Assert.Contains("13", text, StringComparison.Ordinal);
    }

    private static RunResult Run(int seed, double noise, double value)
    {
        RunPlan plan = SmallRun.Plan with
        {
            Seeds = new Seeds(seed, ImmutableSortedDictionary<string, long>.Empty),
            Noise = new UniformNoise(noise),
        };
        Measurement row = new(
            "made", "energy", 5, "final", "train", "given", 1, 1, value, value, value, "", "ok");
        return new RunResult("made", "", plan, PlanJson.Hash(plan, Catalog.Components), 1, [], [], [row], null)
        {
            Expectations = [new Expectation(Place, new AtLeast(12), "here")],
        };
    }
}
