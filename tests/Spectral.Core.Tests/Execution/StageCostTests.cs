using System.Collections.Immutable;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>Predicted costs: the small plan's counted by hand, and what must grow with what.</summary>
public sealed class StageCostTests
{
    [Fact]
    public void The_small_plans_costs_are_those_counted_by_hand()
    {
        // One example forward: 2 * 64 * 6 + 6 + 2 * 6 * 3 = 810. Training: 5 epochs of 24 examples, forward and
        // backward three times 810 each, and 6 evaluations of 36 examples.
        ImmutableArray<StageCost> costs = StageCost.Predict(SmallRun.Plan);
        Assert.Equal(["data", "training", "spectrum"], costs.Select(cost => cost.Stage));
        Assert.Equal(new StageCost("data", 0, 4 * 36 * 64, 0, 0), costs[0]);
        Assert.Equal(((3 * 5 * 24) + (6 * 36)) * 810.0, costs[1].Flops);
        // float32: inputs and 3 + 2 copies of 411 parameters; 4 recorded outputs of [36, 3].
        Assert.Equal((4 * ((36 * 64) + (411 * 5))) + (4 * 4 * 36 * 3), costs[1].Bytes);
        Assert.Equal((costs[1].Flops / 3e10) + (15 * 3e-4), costs[1].Seconds, 1e-12);
        Assert.Equal((costs[1].Flops / 1e13) + (15 * 3e-4), costs[1].GpuSeconds, 1e-12);
        // J is 72 x 411 on train and 36 x 411 on test, at two checkpoints; 1 + 2 K passes over the examples each.
        double train = (2 * 411 * 72.0 * 72) + (22.0 * 72 * 72 * 72) + (7 * 24 * 810);
        double test = (2 * 411 * 36.0 * 36) + (22.0 * 36 * 36 * 36) + (7 * 12 * 810);
        Assert.Equal(2 * (train + test), costs[2].Flops);
        Assert.Equal(8 * ((3 * 411 * 72) + (5 * 72 * 72)), costs[2].Bytes);
        Assert.Equal(costs[2].Flops / 3e10, costs[2].Seconds, 1e-12);
    }

    [Fact]
    public void More_of_anything_costs_more_of_what_it_is_used_for()
    {
        RunPlan plan = SmallRun.Plan;
        Grows("training", cost => cost.Flops, plan with { Training = plan.Training with { Epochs = 6 } });
        Grows("training", cost => cost.Seconds, plan with { Training = plan.Training with { BatchSize = 7 } });
        Grows("training", cost => cost.Bytes, plan with { Training = plan.Training with { RecordOutputsEvery = 1 } });
        Grows(
            "training", cost => cost.Bytes,
            plan with { Training = plan.Training with { Precision = Precision.Float64 } });
        Grows(
            "spectrum", cost => cost.Flops,
            plan with { Jacobian = plan.Jacobian with { At = [.. plan.Jacobian.At, new("2", 2)] } });
        RunPlan wider = plan with { Network = new MultilayerPerceptron([7], new Tanh(), new PyTorchUniform()) };
        RunPlan more = plan with { Dataset = new Digits([3, 5, 8], 25, 12, 0) };
        RunPlan tested = plan with { Dataset = new Digits([3, 5, 8], 24, 13, 0) };
        foreach (RunPlan larger in (RunPlan[])[wider, more, tested])
        {
            Grows("training", cost => cost.Flops, larger);
            Grows("training", cost => cost.Bytes, larger);
            Grows("spectrum", cost => cost.Flops, larger);
        }

        Grows("data", cost => cost.Bytes, more);
        Grows("spectrum", cost => cost.Bytes, wider);

        void Grows(string stage, Func<StageCost, double> part, RunPlan larger) =>
            Assert.True(part(Of(stage, larger)) > part(Of(stage, plan)), $"{stage} of {larger}");
    }

    [Fact]
    public void Threads_divide_the_time_of_arithmetic_and_one_split_costs_less_than_two()
    {
        Assert.Equal(
            Of("spectrum", SmallRun.Plan).Seconds / 4,
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
        Assert.Equal(cost.Flops / 3e10, cost.Seconds, 1e-15);
    }

    [Fact]
    public void The_direct_method_costs_the_same_for_a_matrix_and_its_transpose_up_to_LAPACKs_order()
    {
        Assert.Equal(SpectrumMethod.Choose(100, 30, 30, null), SpectrumMethod.Choose(30, 100, 100, null));
        SpectrumMethod method = SpectrumMethod.Choose(100, 30, 30, null);
        Assert.Equal(("direct", 774_000.0, 108_000.0), (method.Name, method.Flops, method.Bytes));
        Assert.Contains(method.Name, SpectrumMethod.Names);
    }

    [Theory]
    [InlineData(900, 4355, 4355, null, "direct")]
    [InlineData(900, 4355, 4355, 10, "krylov")]
    [InlineData(1000, 407_050, 520, null, "gram")]
    [InlineData(29_997, 267_603, 267_603, null, "gram")]
    [InlineData(29_997, 267_603, 267_603, 50, "krylov")]
    [InlineData(900, 267_891, 267_891, 50, "gram")]
    [InlineData(30, 275, 275, 30, "direct")]
    [InlineData(1_000_000, 100, 100, null, "direct")]
    [InlineData(40_000, 32_767, 32_767, null, "gram")]
    public void Auto_takes_the_cheaper_way_and_the_exact_one_where_it_takes_seconds(
        long rows, long columns, double pair, int? top, string name)
    {
        SpectrumMethod method = SpectrumMethod.Choose(rows, columns, pair, top);
        Assert.Equal(name, method.Name);
        Assert.NotEqual(SpectrumMethod.Of(name, rows, columns, pair, top).Reason, method.Reason);
        Assert.Equal(SpectrumMethod.Of(name, rows, columns, pair, top).Flops, method.Flops);
    }

    [Fact]
    public void A_dense_layer_costs_a_pair_of_rows_its_outputs_and_a_share_of_its_inputs()
    {
        // 64-6-3 with biases: 6 + 64/9 + 6 and 3 + 6/9 + 3.
        NetworkLayout layout = NetworkLayout.Of(SmallRun.Plan);
        Assert.Equal(18 + (70 / 9.0), layout.PairCost(SmallRun.Plan), 1e-12);
    }

    private static StageCost Of(string stage, RunPlan plan) =>
        StageCost.Predict(plan).Single(cost => cost.Stage == stage);
}
