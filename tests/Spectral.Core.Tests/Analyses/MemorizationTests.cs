using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Formats;
using Spectral.Core.Losses;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

public sealed class MemorizationTests
{
    [Fact]
    public void Corrupted_and_uncorrupted_examples_are_counted_apart_against_both_labels()
    {
        // Three examples of two classes; the last label was flipped. Two records: all zeros, then the given labels.
        SplitView train = Split([0, 1, 1], [0, 1, 0], [0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 0, 1]);
        AnalysisResult found = new Memorization().Analyse(Run(train));
        CsvTable table = Assert.Single(found.Tables).Content;
        Assert.Equal(
            [
                "0,train,corrupted,given,1,1,1,0.5",
                "0,train,corrupted,clean,1,0,0,0.5",
                "0,train,uncorrupted,given,2,1,0.5,0.5",
                "0,train,uncorrupted,clean,2,1,0.5,0.5",
                "7,train,corrupted,given,1,0,0,0",
                "7,train,corrupted,clean,1,1,1,1",
                "7,train,uncorrupted,given,2,0,0,0",
                "7,train,uncorrupted,clean,2,0,0,0",
            ],
            table.Rows.Select(row => string.Join(',', row)));
        Assert.All(found.Measurements, row => Assert.Equal(7, row.Epoch));
        Assert.Equal(
            (1, 0.025, 1),
            Of("corrupted_error", "clean") is var row ? (row.Value, Math.Round(row.Lower, 12), row.Upper) : default);
        Assert.Equal(1, Of("corrupted_mean_half_square", "clean").Value);
        Assert.Equal(0, Of("corrupted_error", "given").Value);
        Assert.Equal(2, Of("uncorrupted_examples", "given").Value);

        Measurement Of(string quantity, string target) =>
            Assert.Single(found.Measurements, row => row.Quantity == quantity && row.Target == target);
    }

    [Fact]
    public void Residuals_of_cross_entropy_are_those_of_softmax()
    {
        SplitView train = Split([0, 1], [1, 1], [0, 0, 0, 0], [3, 3, 0, 100]);
        AnalysisResult found = new Memorization().Analyse(Run(train, new CrossEntropy("sum")));
        Assert.Equal(0.25, Mean("corrupted_mean_half_square"), 1e-15);
        Assert.Equal(0, Mean("uncorrupted_mean_half_square"), 1e-40);

        double Mean(string quantity) => Assert
            .Single(found.Measurements, row => row.Quantity == quantity && row.Target == "given").Value;
    }

    [Fact]
    public void Where_no_label_was_corrupted_there_is_no_rate()
    {
        AnalysisResult found = new Memorization().Analyse(Run(Split([0, 1], [0, 1], [0, 0, 0, 0], [1, 0, 0, 1])));
        Assert.Contains(found.Measurements, row => row is { Quantity: "corrupted_examples", Value: 0 });
        Assert.DoesNotContain(found.Measurements, row => row.Quantity == "corrupted_error");
    }

    [Fact]
    public void A_run_without_noise_has_nothing_to_memorize()
    {
        Assert.NotNull(new Memorization().Inapplicable(SmallRun.Plan with { Noise = new NoNoise() }));
        Assert.Null(new Memorization().Inapplicable(SmallRun.Plan with { Noise = new UniformNoise(0.5) }));
    }

    private static RunView Run(SplitView train, Loss? loss = null) => new(
        SmallRun.Plan with { Training = SmallRun.Plan.Training with { Loss = loss ?? new SquaredError("sum") } },
        1, [train], [], [], null!);

    private static SplitView Split(int[] given, int[] clean, params ImmutableArray<float[]> outputs) => new(
        "train",
        given.Length,
        2,
        TargetArrays.OneHot([.. given], 2).Values,
        TargetArrays.OneHot([.. clean], 2).Values,
        [.. given],
        [.. clean],
        [0, 7],
        outputs.SelectMany(record => record).ToArray(),
        given.Length);
}
