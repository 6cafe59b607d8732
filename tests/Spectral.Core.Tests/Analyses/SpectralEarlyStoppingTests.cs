using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Losses;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Stopping;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Stopping times and the two oracles.</summary>
public sealed class SpectralEarlyStoppingTests
{
    /// <summary>Errors of two test examples after epochs 0 to 4; outputs are recorded after 0, 1 and 4.</summary>
    private static readonly ImmutableArray<TrainingRow> Rows =
        [.. ((int[])[2, 1, 0, 0, 1]).Select((errors, epoch) => new TrainingRow(epoch, "test", "clean", 1, errors, 2))];

    [Fact]
    public void The_three_moments_of_a_made_run_are_those_by_hand()
    {
        // A step of 0.1 / (1 - 0.9) on means over 8 of 24 examples is 1/24; three of them an epoch, 1/8.
        ImmutableArray<Measurement> found = Measure(gamma: 16 * 0.3, new RankCutoff(1), 4, 1);
        Assert.Equal(0.3, Value("time"), 1e-15);
        Assert.Equal(3, Value("epoch"));
        // Epochs 0, 1 and 4 have ||r||^2 of 2, 0.5 and 1: the rule's epoch 3 is next recorded at 4.
        Assert.Equal((1, 0.25, 0.5), (Value("least_energy_epoch"), Value("least_energy_energy"), Value("rule_energy")));
        Assert.Equal((0, 0.5, 2), (Value("rule_error"), Value("least_energy_error"), Value("least_error_epoch")));
        Assert.Equal((0, 0.5, 0), (Value("rule_excess_error"), Value("least_energy_excess_error"), Value("least_error_error")));
        Assert.All(found, row => Assert.Equal(("initial", "test", 4), (row.SpectrumAt, row.Split, row.Epoch)));

        double Value(string quantity) => Views.Row(found, quantity).Value;
    }

    [Fact]
    public void A_time_behind_the_end_of_training_has_no_epoch()
    {
        ImmutableArray<Measurement> found = Measure(gamma: 16, new RankCutoff(1), 4, 1);
        Views.AssertRow(Views.Row(found, "epoch"), double.NaN, 4, double.PositiveInfinity, "not_reached");
        Assert.DoesNotContain(found, row => row.Quantity == "rule_energy");
        Assert.Equal(2, Views.Row(found, "least_error_epoch").Value);
    }

    [Fact]
    public void A_refused_cutoff_leaves_the_oracles()
    {
        SpectralView view = MadeRun.View("initial", 0, "train", new RankCutoff(1), 4, 1) with
        {
            Cutoff = Core.Numerics.CutoffOutcome.Refused("below the floor"),
        };
        ImmutableArray<Measurement> found = Measure(1, view);
        Assert.Equal(("refused", "refused"), (Views.Row(found, "time").Status, Views.Row(found, "epoch").Status));
        Assert.Equal(1, Views.Row(found, "least_energy_epoch").Value);
    }

    [Fact]
    public void The_rules_epoch_is_the_one_at_which_that_rule_ends_training()
    {
        RunPlan plan = TimeRun.Batches with
        {
            Training = TimeRun.Batches.Training with { Optimizer = new StochasticGradientDescent(0.01, 0.5), Epochs = 40 },
            Cutoff = new AbsoluteCutoff(4),
            Jacobian = TimeRun.Batches.Jacobian with { At = [new Checkpoint("initial", 0), new Checkpoint("final", 40)] },
            Analyses = [new SpectralEarlyStopping(0.9)],
        };
        using TimeRun whole = new(plan);
        using TimeRun stopped = new(plan with { Training = plan.Training with { Stop = new SpectralStopping(0.9) } });
        double epoch = Value("epoch");
        Assert.Equal(0.9 / 16, Value("time"), 1e-15);
        Assert.Equal(stopped.Recorded("train").Length - 1, epoch);
        Assert.InRange(epoch, 2, 39);
        double[] targets = whole.Flat("test/targets.npy");
        double[] energies =
            [.. whole.Recorded("test").Select(outputs => outputs.Zip(targets, (f, y) => (f - y) * (f - y)).Sum())];
        Assert.Equal(Array.IndexOf(energies, energies.Min()), Value("least_energy_epoch"));
        Assert.Equal(energies[(int)epoch] / energies[0], Value("rule_energy"), 1e-12);

        double Value(string quantity) => whole.Row("spectral_early_stopping", quantity, "initial", "test").Value;
    }

    [Fact]
    public void It_refuses_runs_without_a_theory_time_or_without_an_initial_spectrum()
    {
        RunPlan plan = SmallRun.Plan;
        Assert.Null(new SpectralEarlyStopping(1).Inapplicable(plan));
        Assert.NotNull(new SpectralEarlyStopping(1)
            .Inapplicable(plan with { Training = plan.Training with { Loss = new CrossEntropy("sum") } }));
        Assert.NotNull(new SpectralEarlyStopping(1)
            .Inapplicable(plan with { Jacobian = plan.Jacobian with { At = [new Checkpoint("final", 5)] } }));
    }

    private static ImmutableArray<Measurement> Measure(double gamma, Cutoff cutoff, params double[] sigma) =>
        Measure(gamma, MadeRun.View("initial", 0, "train", cutoff, sigma));

    private static ImmutableArray<Measurement> Measure(double gamma, SpectralView view) => new SpectralEarlyStopping(gamma)
        .Analyse(MadeRun.Of(SmallRun.Plan, [MadeRun.Split("test", [0, 0, 0, 0], [0.5f, 0, 0, 0.5f], [1, 0, 0, 0])], [view], Rows))
        .Measurements;
}
