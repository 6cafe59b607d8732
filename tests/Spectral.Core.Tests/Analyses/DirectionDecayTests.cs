using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Formats;
using Spectral.Core.Losses;
using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Measured and predicted energies along singular directions.</summary>
public sealed class DirectionDecayTests(BatchesRun batches) : IClassFixture<BatchesRun>
{
    private readonly TimeRun _run = batches.Run;

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.5, false)]
    [InlineData(0.5, true)]
    public void A_linear_network_with_full_batches_does_what_is_predicted(double momentum, bool nesterov)
    {
        using TimeRun run = new(TimeRun.Linear with
        {
            Training = TimeRun.Linear.Training with
            {
                BatchSize = 24,
                Optimizer = new StochasticGradientDescent(0.02, momentum, nesterov),
            },
            Jacobian = SmallRun.Plan.Jacobian,
            Analyses = [new DirectionDecay("initial", 20)],
        });
        CsvTable table = run.Table("direction_decay");
        // Six directions in two groups of three equal singular values, six records.
        Assert.Equal(2 * 6, table.Rows.Length);
        Assert.Equal(["1", "4"], table.Rows.Select(row => row[5]).Distinct());
        Assert.Equal(2, run.Row("direction_decay", "groups", "initial", "train").Value);
        Assert.All(table.Rows, row =>
        {
            double error = CsvTable.ParseNumber(row[9]);
            Assert.InRange(CsvTable.ParseNumber(row[8]) - CsvTable.ParseNumber(row[10]), -2 * error, 2 * error);
            Assert.Equal("descent", row[12]);
        });
        Assert.True(CsvTable.ParseNumber(table.Rows[5][8]) < 0.2 * CsvTable.ParseNumber(table.Rows[0][8]));
    }

    [Fact]
    public void Of_a_run_on_batches_they_are_projections_and_the_flows_exponentials()
    {
        double[][] records = _run.Recorded("train"), left = _run.Matrix("initial/train/left_vectors.npy");
        double[] targets = _run.Flat("train/targets.npy"), sigma = _run.Flat("initial/train/singular_values.npy");
        double start = records[0].Zip(targets, (f, y) => (f - y) * (f - y)).Sum();
        CsvTable table = _run.Table("direction_decay");
        Assert.Equal(4 * 6, table.Rows.Length);
        foreach (string[] row in table.Rows.Select(row => row.ToArray()))
        {
            int epoch = (int)CsvTable.ParseNumber(row[0]), s = (int)CsvTable.ParseNumber(row[5]) - 1;
            Assert.Equal(row[5], row[6]);
            Assert.Equal(Energy(epoch, s) / start, CsvTable.ParseNumber(row[8]), 1e-12);
            // Three batches of eight: each step of 0.1/(1 - 0.9) on a mean over 8 counts 1/24 of it per example.
            double time = epoch * 3 * (0.1 / 0.1) / 24;
            Assert.Equal(time, CsvTable.ParseNumber(row[1]), 1e-12);
            Assert.Equal(Math.Exp(-2 * sigma[s] * sigma[s] * time) * Energy(0, s) / start, CsvTable.ParseNumber(row[10]), 1e-12);
            Assert.Equal("flow", row[12]);
        }

        double Energy(int epoch, int s) =>
            Math.Pow(records[epoch].Select((f, i) => (f - targets[i]) * left[i][s]).Sum(), 2);
    }

    [Fact]
    public void Half_lives_are_those_of_the_flow()
    {
        double[] sigma = _run.Flat("initial/train/singular_values.npy");
        Measurement shortest = _run.Row("direction_decay", "shortest_half_life", "initial", "train");
        Assert.Equal(0.5, Math.Exp(-2 * sigma[0] * sigma[0] * shortest.Value), 1e-12);
        Measurement longest = _run.Row("direction_decay", "longest_half_life", "initial", "train");
        Assert.Equal(0.5, Math.Exp(-2 * sigma[3] * sigma[3] * longest.Value), 1e-12);
        Assert.InRange(longest.Value, longest.Lower, longest.Upper);
        CsvTable groups = _run.Table("direction_decay_groups");
        // An epoch is 3/24 of theory time.
        Assert.Equal(longest.Value / 0.125, CsvTable.ParseNumber(groups.Rows[3][8]), 1e-12);
    }

    [Fact]
    public void From_a_later_checkpoint_prediction_begins_there()
    {
        using TimeRun run = new(TimeRun.Linear with
        {
            Training = TimeRun.Linear.Training with { BatchSize = 24, Optimizer = new StochasticGradientDescent(0.02) },
            Jacobian = TimeRun.Linear.Jacobian with { At = [new Checkpoint("initial", 0), new Checkpoint("3", 3)] },
            Analyses = [new DirectionDecay("3", 3)],
        });
        CsvTable table = run.Table("direction_decay");
        Assert.Equal(["3", "4", "5"], table.Rows.Select(row => row[0]));
        Assert.All(table.Rows, row =>
            Assert.Equal(CsvTable.ParseNumber(row[10]), CsvTable.ParseNumber(row[8]), 2 * CsvTable.ParseNumber(row[9])));
    }

    [Fact]
    public void A_refused_cutoff_leaves_no_directions()
    {
        SpectralView view = MadeRun.View("initial", 0, "train", new RankCutoff(1), 8, 4) with
        {
            Cutoff = Spectral.Core.Numerics.CutoffOutcome.Refused("below the floor"),
        };
        RunView run = MadeRun.Of(SmallRun.Plan, [MadeRun.Split("train", [0, 0, 0, 0])], [view]);
        AnalysisResult found = new DirectionDecay("initial", 20).Analyse(run);
        Assert.Equal(0, Views.Row(found.Measurements, "directions").Value);
        Assert.Equal("undefined", Views.Row(found.Measurements, "shortest_half_life").Status);
        Assert.Empty(found.Tables[0].Content.Rows);
    }

    [Fact]
    public void It_refuses_other_losses_and_checkpoints_that_are_not_there()
    {
        RunPlan plan = SmallRun.Plan;
        Assert.Null(new DirectionDecay("initial", 20).Inapplicable(plan));
        Assert.NotNull(new DirectionDecay("10", 20).Inapplicable(plan));
        Assert.NotNull(new DirectionDecay("initial", 20)
            .Inapplicable(plan with { Training = plan.Training with { Loss = new CrossEntropy("sum") } }));
    }
}
