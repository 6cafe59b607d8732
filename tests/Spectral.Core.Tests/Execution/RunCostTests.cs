using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Datasets;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>Predicted costs: the small plan's counted by hand, and what must grow with what.</summary>
public sealed class RunCostTests
{
    /// <summary>A machine on which every rate has another round value, so that none stands for another.</summary>
    private static readonly MachineProfile Machine =
        new("cpu", 2, "1", "1", DateTimeOffset.UnixEpoch, MachineRates.Assumed);

    [Fact]
    public void The_small_plans_operations_are_those_counted_by_hand()
    {
        // One example forward: 2 * 64 * 6 + 6 + 2 * 6 * 3 = 810. Training: 5 epochs of 24 examples, forward and
        // backward three times 810 each, and 6 evaluations of 36 examples.
        RunCost cost = RunCost.Predict(SmallRun.Plan, Machine);
        Assert.Equal(["data", "training", "spectrum", "analyses"], cost.Stages.Select(stage => stage.Stage));
        StageCost training = Of("training", SmallRun.Plan), spectrum = Of("spectrum", SmallRun.Plan);
        Assert.Equal(((3 * 5 * 24) + (6 * 36)) * 810.0, training.Flops);
        Assert.Equal((training.Flops / 3e10) + (15 * 3e-4), training.RuleSeconds, 1e-12);
        Assert.Equal((training.Flops / 1e13) + (15 * 3e-4), training.GpuSeconds, 1e-12);
        // J is 72 x 411 on train and 36 x 411 on test, at two checkpoints; 1 + 2 K passes over the examples each, and the
        // outputs at the checkpoint and at the start.
        double train = (2 * 411 * 72.0 * 72) + (22.0 * 72 * 72 * 72) + ((7 + 2) * 24 * 810);
        double test = (2 * 411 * 36.0 * 36) + (22.0 * 36 * 36 * 36) + ((7 + 2) * 12 * 810);
        Assert.Equal(2 * (train + test), spectrum.Flops);
        Assert.Equal(spectrum.Flops / 3e10, spectrum.RuleSeconds, 1e-12);
    }

    [Fact]
    public void The_small_plans_times_are_those_of_the_machines_rates()
    {
        MachineRates rates = Machine.Rates;
        // flatten, dense, tanh, dense: four calls; 15 steps; six evaluations of two splits in one chunk of 256.
        double forward = ((2 * 64 * 6) + (2 * 6 * 3)) / rates.Products.One;
        forward += 6 / rates.Elementwise.One;
        double seconds = (15 * (rates.StepSeconds + (4 * rates.CallSeconds)))
            + (3 * 5 * 24 * forward)
            + (15 * 8 * 411 / rates.Elementwise.One)
            + (6 * ((36 * forward) + (2 * rates.EvaluationSeconds) + (4 * rates.CallSeconds / 3)));
        // Four recordings of 36 x 3 outputs and two checkpoints, in the bundle and in the cache.
        double kept = (4 * 4 * 36 * 3) + (4 * 411 * 2);
        StageCost training = Of("training", SmallRun.Plan);
        Assert.Equal(rates.TrainingSeconds + seconds + (2 * kept / rates.WrittenBytes), training.Seconds, 1e-9);
        Assert.Equal(2 * kept, training.Disk);
    }

    [Fact]
    public void The_whole_is_the_sum_of_its_parts_in_time_and_their_maximum_in_memory()
    {
        RunCost cost = RunCost.Predict(SmallRun.Plan, Machine);
        Assert.Equal(cost.OtherSeconds + cost.Stages.Sum(stage => stage.Seconds), cost.Seconds, 1e-12);
        Assert.Equal(cost.Stages.Max(stage => stage.PeakBytes), cost.PeakBytes);
        Assert.Equal(cost.BundleBytes + cost.CacheBytes, cost.DiskBytes);
        Assert.True(cost.OtherSeconds > Machine.Rates.StartSeconds);
        // Peaks of a process never fall, and the program itself is in all of them.
        double[] peaks = [.. cost.Stages.Select(stage => stage.PeakBytes)];
        Assert.Equal(peaks.Order(), peaks);
        Assert.True(peaks[0] >= Machine.Rates.BaseBytes);
    }

    [Fact]
    public void More_of_anything_costs_more_of_what_it_is_used_for()
    {
        RunPlan plan = SmallRun.Plan;
        Grows("training", cost => cost.Flops, plan with { Training = plan.Training with { Epochs = 6 } });
        Grows("training", cost => cost.Moved, plan with { Training = plan.Training with { Epochs = 6 } });
        Grows("training", cost => cost.Seconds, plan with { Training = plan.Training with { BatchSize = 7 } });
        Grows("training", cost => cost.RuleSeconds, plan with { Training = plan.Training with { BatchSize = 7 } });
        Grows("training", cost => cost.Bytes, plan with { Training = plan.Training with { RecordOutputsEvery = 1 } });
        Grows("training", cost => cost.Disk, plan with { Training = plan.Training with { RecordOutputsEvery = 1 } });
        Grows(
            "training", cost => cost.Bytes,
            plan with { Training = plan.Training with { Precision = Precision.Float64 } });
        RunPlan thrice = plan with { Jacobian = plan.Jacobian with { At = [.. plan.Jacobian.At, new("2", 2)] } };
        Grows("spectrum", cost => cost.Flops, thrice);
        Grows("spectrum", cost => cost.Moved, thrice);
        Grows("spectrum", cost => cost.Disk, thrice);
        Grows("spectrum", cost => cost.Seconds, thrice);
        RunPlan wider = plan with { Network = new MultilayerPerceptron([7], new Tanh(), new PyTorchUniform()) };
        RunPlan more = plan with { Dataset = new Digits([3, 5, 8], 25, 12, 0) };
        RunPlan tested = plan with { Dataset = new Digits([3, 5, 8], 24, 13, 0) };
        foreach (RunPlan larger in (RunPlan[])[wider, more, tested])
        {
            foreach (string stage in (string[])["training", "spectrum"])
            {
                Grows(stage, cost => cost.Flops, larger);
                Grows(stage, cost => cost.Seconds, larger);
                Grows(stage, cost => cost.PeakBytes, larger);
            }
        }

        Grows("training", cost => cost.Disk, wider);
        Grows("spectrum", cost => cost.Disk, more);
        Grows("spectrum", cost => cost.Disk, tested);
        Grows("data", cost => cost.Bytes, more);
        Grows("spectrum", cost => cost.Bytes, wider);

        void Grows(string stage, Func<StageCost, double> part, RunPlan larger) =>
            Assert.True(part(Of(stage, larger)) > part(Of(stage, plan)), $"{stage} of {larger}");
    }

    [Theory]
    [InlineData("direct", null)]
    [InlineData("gram", null)]
    [InlineData("tsqr", null)]
    [InlineData("krylov", 5)]
    public void Every_method_has_a_finite_cost_that_grows_with_the_rows(string method, int? top)
    {
        RunPlan small = With(Digits(60)), large = With(Digits(120));
        StageCost few = Of("spectrum", small), many = Of("spectrum", large);
        foreach (Func<StageCost, double> part in (Func<StageCost, double>[])
            [cost => cost.Flops, cost => cost.Moved, cost => cost.Bytes, cost => cost.Seconds, cost => cost.Disk])
        {
            Assert.True(double.IsFinite(part(few)) && part(few) > 0);
            Assert.True(part(many) > part(few));
        }

        RunPlan With(Dataset dataset) => SmallRun.Plan with
        {
            Dataset = dataset,
            Jacobian = SmallRun.Plan.Jacobian with { Method = method, Top = top },
        };

        static Digits Digits(int train) => new([3, 5, 8], train, 12, 0);
    }

    [Fact]
    public void A_cutoff_by_rank_pays_for_the_left_vectors_of_a_Gram_matrix()
    {
        RunPlan gram = SmallRun.Plan with { Jacobian = SmallRun.Plan.Jacobian with { Method = SpectrumMethod.Gram } };
        Assert.True(
            Of("spectrum", gram with { Cutoff = new RankCutoff(40) }).Seconds > Of("spectrum", gram).Seconds);
    }

    [Fact]
    public void Faster_machines_take_less_time_and_the_same_memory()
    {
        MachineProfile fast = Machine with
        {
            Rates = MachineRates.Assumed with
            {
                StepSeconds = MachineRates.Assumed.StepSeconds / 2,
                SmallFactorizations = new ThreadedRate(1e12, 1e12),
                LargeFactorizations = new ThreadedRate(1e12, 1e12),
            },
        };
        RunCost cost = RunCost.Predict(SmallRun.Plan, Machine), faster = RunCost.Predict(SmallRun.Plan, fast);
        Assert.True(faster.Stages[1].Seconds < cost.Stages[1].Seconds);
        Assert.True(faster.Stages[2].Seconds < cost.Stages[2].Seconds);
        Assert.Equal(cost.PeakBytes, faster.PeakBytes);
        Assert.Equal(cost.DiskBytes, faster.DiskBytes);
    }

    [Fact]
    public void Threads_shorten_what_runs_on_them_and_one_split_costs_less_than_two()
    {
        Assert.True(Of("spectrum", SmallRun.Plan with { Threads = 2 }).Seconds < Of("spectrum", SmallRun.Plan).Seconds);
        Assert.Equal(
            Of("spectrum", SmallRun.Plan with { Threads = 2 }).Seconds,
            Of("spectrum", SmallRun.Plan with { Threads = 4 }).Seconds,
            1e-15);
        StageCost both = Of("spectrum", SmallRun.Plan);
        StageCost test = Of(
            "spectrum", SmallRun.Plan with { Jacobian = SmallRun.Plan.Jacobian with { Splits = ["test"] } });
        Assert.True(test.Flops < both.Flops / 2);
        Assert.True(test.Bytes < both.Bytes);
    }

    [Fact]
    public void No_epochs_cost_one_evaluation()
    {
        StageCost cost = Of("training", SmallRun.Plan with { Training = SmallRun.Plan.Training with { Epochs = 0 } });
        Assert.Equal(36 * 810, cost.Flops);
        Assert.Equal(cost.Flops / 3e10, cost.RuleSeconds, 1e-15);
    }

    [Fact]
    public void Published_images_are_in_memory_while_they_are_read()
    {
        Dataset images = SpecDataset.Of("fashion_mnist", """{"train": 60, "test": 30}""");
        Assert.Equal(47_040_016 + 60_008 + 7_840_016 + 10_008, images.SourceBytes);
        Assert.Equal(0, SmallRun.Plan.Dataset.SourceBytes);
    }

    [Fact]
    public void The_calls_of_a_layer_have_all_of_its_operations()
    {
        NetworkLayout residual = NetworkLayout.Of(
            new ResNet(8, 4, "batch", 8, new Relu(), new PyTorchUniform(), 1), new Shape(1, 12, 12), 3);
        Assert.Equal(residual.ForwardFlops, residual.Work.Sum(work => work.Flops));
        Assert.Equal(7, residual.Work.Count(work => work.Kind == WorkKind.Convolution));
        Assert.Equal([1, 4, 4, 4, 8, 8, 16], residual.Work.Where(work => work.Channels > 0).Select(work => work.Channels));
        Assert.Single(residual.Work, work => work.Kind == WorkKind.Product);
    }

    private static StageCost Of(string stage, RunPlan plan) =>
        RunCost.Predict(plan, Machine).Stages.Single(cost => cost.Stage == stage);
}
