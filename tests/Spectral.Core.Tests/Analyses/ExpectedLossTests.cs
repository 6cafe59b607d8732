using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Networks;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

public sealed class ExpectedLossTests
{
    private static readonly LowRankLinear Toy = new(
        Train: 20, Dimension: 12, Rank: 3, InputNoise: 0.3, TargetNoise: 1.5, Coefficient: 2, Test: 40_000, Validation: 0);

    [Fact]
    public void At_zero_the_parts_are_those_of_the_paper()
    {
        // 1/2 c^2 r + (r/2n) sy^2, and 1/2 (1 - r/n) sy^2.
        (double information, double nuisance) = Toy.ExpectedLoss(new double[12], 1);
        Assert.Equal(6 + (3 / 40.0 * 2.25), information, 1e-12);
        Assert.Equal(0.5 * 17 / 20.0 * 2.25, nuisance, 1e-12);
    }

    [Fact]
    public void It_is_what_fresh_noise_gives_on_average()
    {
        // The test split repeats the noiseless rows 2,000 times: n times its mean of 1/2 (wx - y)^2 is the expected loss.
        double[] weights = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i + 1.0))];
        SplitArrays test = Toy.Load(DataFolders.None, 5).Test;
        double[] losses = new double[Toy.Test];
        for (int example = 0; example < losses.Length; example++)
        {
            double misfit = -test.Targets.Values[example];
            for (int i = 0; i < 12; i++)
                misfit += weights[i] * test.Inputs[(example * 12) + i];
            losses[example] = 0.5 * misfit * misfit * Toy.Train;
        }

        double mean = losses.Average();
        double error = Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean))) / losses.Length;
        (double information, double nuisance) = Toy.ExpectedLoss(weights, 5);
        Assert.InRange(information + nuisance, mean - (4 * error), mean + (4 * error));
    }

    [Fact]
    public void A_run_measures_it_at_every_checkpoint()
    {
        using TemporaryFolder folder = new();
        RunPlan plan = Plan() with { Analyses = [new ExpectedLoss()] };
        ImmutableArray<Measurement> rows =
        [
            .. SmallRun.Into(new ArtifactFolder(folder.File("payload")), plan).Result.Measurements
                .Where(row => row.Analysis == "expected_loss"),
        ];
        Assert.Equal(6, rows.Length);
        (double information, double nuisance) = Toy.ExpectedLoss(new double[12], plan.Seeds.Of("data"));
        Assert.Equal(information, Of("initial", "information"), 1e-12);
        Assert.Equal(nuisance, Of("initial", "nuisance"), 1e-12);
        Assert.True(Of("final", "information") < information && Of("final", "nuisance") > nuisance);
        Assert.Equal(Of("final", "information") + Of("final", "nuisance"), Of("final", "total"), 1e-12);

        double Of(string at, string quantity) =>
            Assert.Single(rows, row => row.SpectrumAt == at && row.Quantity == quantity).Value;
    }

    [Fact]
    public void It_needs_the_toy_and_a_linear_network()
    {
        Assert.Null(new ExpectedLoss().Inapplicable(Plan()));
        Assert.NotNull(new ExpectedLoss().Inapplicable(SmallRun.Plan));
        Assert.NotNull(new ExpectedLoss().Inapplicable(Plan() with { Network = new Linear(true, new Zeros()) }));
    }

    private static RunPlan Plan() => SmallRun.Plan with
    {
        Dataset = Toy with { Test = 5 },
        Noise = new NoNoise(),
        Network = new Linear(false, new Zeros()),
        Jacobian = SmallRun.Plan.Jacobian with { Splits = ["train"] },
        Cutoff = new RankCutoff(3),
    };
}
