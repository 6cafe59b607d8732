using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>
/// Error rates with Clopper and Pearson's interval; the golden ends were found by an independent program (bisection of
/// the binomial tails in 60 decimal digits).
/// </summary>
public sealed class ClassificationErrorTests
{
    [Theory]
    [InlineData(0, 10, 0.0, 0.30849710781876083)]
    [InlineData(5, 10, 0.18708602844739852, 0.8129139715526015)]
    [InlineData(10, 10, 0.6915028921812392, 1.0)]
    [InlineData(1, 100, 0.00025314603297742064, 0.05445938539208066)]
    [InlineData(0, 1, 0.0, 0.975)]
    [InlineData(1, 1, 0.025, 1.0)]
    [InlineData(37, 150, 0.18000648527084243, 0.32361002008890766)]
    [InlineData(500, 1000, 0.46854917297179194, 0.531450827028208)]
    [InlineData(3, 2000, 0.000309442949312333, 0.004377320104529617)]
    public void The_interval_is_Clopper_and_Pearsons(int errors, int examples, double lower, double upper)
    {
        ImmutableArray<Measurement> rows = Measure(new TrainingRow(5, "train", "given", 0.1, errors, examples));
        Assert.Equal(["error", "errors"], rows.Select(row => row.Quantity));
        Assert.Equal((double)errors / examples, rows[0].Value);
        Assert.Equal(lower, rows[0].Lower, 1e-9);
        Assert.Equal(upper, rows[0].Upper, 1e-9);
        Assert.Equal((errors, errors, errors, "examples"), (rows[1].Value, rows[1].Lower, rows[1].Upper, rows[1].Unit));
        Assert.All(rows, row => Assert.Equal(
            ("classification_error", "final", 5, "train", "given", "ok"),
            (row.Analysis, row.SpectrumAt, row.Epoch, row.Split, row.Target, row.Status)));
    }

    [Fact]
    public void Each_end_leaves_a_tail_of_a_fortieth()
    {
        const int n = 30;
        for (int k = 1; k < n; k++)
        {
            Measurement row = Measure(new TrainingRow(5, "train", "given", 0.1, k, n))[0];
            Assert.Equal(0.025, Enumerable.Range(k, n - k + 1).Sum(i => Probability(n, i, row.Lower)), 1e-9);
            Assert.Equal(0.025, Enumerable.Range(0, k + 1).Sum(i => Probability(n, i, row.Upper)), 1e-9);
        }
    }

    [Fact]
    public void Each_kind_of_label_has_its_own_rows()
    {
        ImmutableArray<Measurement> rows = Measure(
            new TrainingRow(5, "train", "given", 0.1, 3, 4), new TrainingRow(5, "train", "clean", 0.1, 1, 4));
        Assert.Equal(
            [("error", "given", 0.75), ("errors", "given", 3), ("error", "clean", 0.25), ("errors", "clean", 1)],
            rows.Select(row => (row.Quantity, row.Target, row.Value)));
    }

    private static double Probability(int n, int k, double p)
    {
        double product = 1;
        for (int i = 1; i <= k; i++)
            product *= p * (n - k + i) / i;
        return product * Math.Pow(1 - p, n - k);
    }

    private static ImmutableArray<Measurement> Measure(params ImmutableArray<TrainingRow> errors) =>
        new ClassificationError().Measure(Views.Of(new RankCutoff(1), 0.01, [8, 4, 1]) with { Errors = errors });
}
