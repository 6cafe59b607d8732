using System.Collections.Immutable;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Results;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Execution;

public sealed class ExpectationTests
{
    private static readonly ImmutableArray<Measurement> Measured =
    [
        Row("initial", "train", 0.40, 0.38, 0.42), Row("final", "train", 0.75, 0.74, 0.76),
        Row("best-test", "train", 0.41, 0.39, 0.43), Row("final", "test", double.NaN, double.NaN, double.NaN),
    ];

    [Theory]
    [InlineData("final", 0.751, 0.05, ExpectationVerdict.Met)]
    [InlineData("final", 0.70, 0.049, ExpectationVerdict.Missed)]
    [InlineData("final", 0.80, 0.0501, ExpectationVerdict.Met)]
    [InlineData("never", 0.80, 0.05, ExpectationVerdict.Absent)]
    public void A_value_is_met_within_its_tolerance(string at, double value, double tolerance, ExpectationVerdict verdict)
    {
        Expectation.Outcome outcome = new Expectation(Train(at), new Near(value, tolerance), "").Of(Measured);
        Assert.Equal(verdict, outcome.Verdict);
        Assert.Equal(verdict == ExpectationVerdict.Absent ? null : 0.75 / value, outcome.Ratio);
    }

    [Theory]
    [InlineData(0.74, ExpectationVerdict.Met, ExpectationVerdict.Missed)]
    [InlineData(0.75, ExpectationVerdict.Undecided, ExpectationVerdict.Undecided)]
    [InlineData(0.77, ExpectationVerdict.Missed, ExpectationVerdict.Met)]
    public void A_bound_is_met_by_the_whole_interval(double bound, ExpectationVerdict least, ExpectationVerdict most)
    {
        Assert.Equal(least, new Expectation(Train("final"), new AtLeast(bound), "").Of(Measured).Verdict);
        Assert.Equal(most, new Expectation(Train("final"), new AtMost(bound), "").Of(Measured).Verdict);
    }

    [Theory]
    [InlineData("final", "initial", ExpectationVerdict.Met, ExpectationVerdict.Missed)]
    [InlineData("initial", "final", ExpectationVerdict.Missed, ExpectationVerdict.Met)]
    [InlineData("initial", "best-test", ExpectationVerdict.Undecided, ExpectationVerdict.Undecided)]
    [InlineData("initial", "never", ExpectationVerdict.Absent, ExpectationVerdict.Absent)]
    public void Measurements_are_ordered_by_their_intervals(
        string at, string other, ExpectationVerdict more, ExpectationVerdict less)
    {
        Assert.Equal(more, new Expectation(Train(at), new MoreThan(Train(other)), "").Of(Measured).Verdict);
        Assert.Equal(less, new Expectation(Train(at), new LessThan(Train(other)), "").Of(Measured).Verdict);
    }

    [Fact]
    public void A_number_that_does_not_exist_meets_and_misses_nothing()
    {
        MeasurementPlace test = Train("final") with { Split = "test" };
        foreach (Demand demand in (Demand[])[new Near(1, 1), new AtLeast(0), new AtMost(1), new MoreThan(Train("final"))])
            Assert.Equal(ExpectationVerdict.Absent, new Expectation(test, demand, "").Of(Measured).Verdict);
    }

    [Fact]
    public void A_place_that_fits_two_measurements_names_none()
    {
        Assert.Null((Train("final") with { Split = null }).Find(Measured));
        Assert.NotNull((Train("initial") with { Split = null, Target = null }).Find(Measured));
    }

    [Fact]
    public void A_bundle_keeps_expectations_beside_its_content_and_gives_them_back()
    {
        using TemporaryFolder folder = new();
        ArtifactFolder payload = new(folder.File("payload"));
        ImmutableArray<Expectation> expected =
        [
            new(Train("final"), new Near(0.751, 0.05), "table 3"), new(Train("final"), new AtLeast(0.5), ""),
            new(Train("final"), new AtMost(1.5), "é"), new(Train("final"), new MoreThan(Train("initial")), ""),
            new(Train("final") with { Epoch = 3, Target = null }, new LessThan(Train("initial") with { Epoch = 0 }), ""),
        ];
        RunResult result = SmallRun.Into(payload, SmallRun.Plan, expected).Result;
        Assert.Equal(expected, result.Expectations);
        Assert.Equal(expected, ResultFiles.Read(payload, "small", "", Catalog.Components).Expectations);
        Assert.False(ContentDigest.Covers(ResultFiles.Expected));
    }

    private static MeasurementPlace Train(string at) => new("label_alignment", "information", at, null, "train", "given");

    private static Measurement Row(string at, string split, double value, double lower, double upper) => new(
        "label_alignment", "information", 0, at, split, "given", 9, 1, value, lower, upper, "", "ok");
}
