using Spectral.Core.Cutoffs;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using TorchSharp;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>Predicted costs on a device: counted by hand where that can be, and what must grow with what.</summary>
public sealed class DeviceCostTests
{
    private static readonly MachineProfile Machine =
        new("cpu", 2, "1", "1", DateTimeOffset.UnixEpoch, MachineRates.Assumed);

    private static readonly DeviceProfile Card = DeviceProfile.Assumed(new ComputeDevice("cuda", 0));

    private static readonly Network Residual = new ResNet(8, 4, "batch", 8, new Relu(), new PyTorchUniform(), 1);

    [Fact]
    public void A_small_training_costs_its_steps_calls_evaluations_and_what_is_loaded_for_the_first_one()
    {
        DeviceRates rates = Card.Rates;
        MachineRates machine = Machine.Rates;
        // flatten, dense, tanh, dense: four calls; 15 steps; six evaluations of two splits, a chunk each.
        double data = 4 * 36 * (64 + (2 * 3)) / rates.TransferBytes;
        double evaluation = 2 * (rates.EvaluationSeconds + (4 * rates.CallSeconds / 3));
        double seconds = rates.TrainingSeconds + data + (15 * (rates.StepSeconds + (4 * rates.CallSeconds))) + (6 * evaluation);
        double kept = (4 * 4 * 36 * 3) + (4 * 411 * 2);
        Assert.Equal(
            machine.TrainingSeconds + seconds + (2 * kept / machine.WrittenBytes), Of("training", SmallRun.Plan).Seconds, 1e-9);
    }

    [Fact]
    public void A_step_takes_as_long_as_its_calls_or_as_its_arithmetic_whichever_is_longer()
    {
        DeviceProfile slow = With(rates => rates with { ProductFlops = 1e6 });
        double forward = ((2 * 64 * 6) + (2 * 6 * 3)) / 1e6;
        double steps = Of("training", SmallRun.Plan, slow).Seconds - Of("training", NoEpochs, slow).Seconds;
        // 5 epochs of 24 examples, three passes each, and 5 more evaluations of 36.
        Assert.InRange(steps, ((3 * 5 * 24) + (5 * 36)) * forward, 1.1 * ((3 * 5 * 24) + (5 * 36)) * forward);
        DeviceProfile waiting = With(rates => rates with { CallSeconds = 1 });
        Assert.InRange(
            Of("training", SmallRun.Plan, waiting).Seconds - Of("training", NoEpochs, waiting).Seconds, 15 * 4, 1.3 * 15 * 4);
    }

    [Fact]
    public void The_run_opens_the_device_once_and_the_rest_is_the_machines()
    {
        RunCost here = RunCost.Predict(SmallRun.Plan, Machine), there = RunCost.Predict(SmallRun.Plan, Machine, Card);
        Assert.Equal(here.OtherSeconds + Card.Rates.OpenSeconds, there.OtherSeconds, 1e-12);
        Assert.Equal(here.Stages[0].Seconds, there.Stages[0].Seconds);
        Assert.Equal(here.Stages[3].Seconds, there.Stages[3].Seconds);
        Assert.Equal(here.DiskBytes, there.DiskBytes);
        Assert.Equal(here.Stages.Select(stage => stage.Flops), there.Stages.Select(stage => stage.Flops));
        Assert.Equal(here.Stages.Select(stage => stage.GpuSeconds), there.Stages.Select(stage => stage.GpuSeconds));
        Assert.Equal(there.Stages.Max(stage => stage.DeviceBytes), there.DeviceBytes);
        Assert.Equal(0, here.DeviceBytes);
        double[] peaks = [.. there.Stages.Select(stage => stage.PeakBytes)];
        Assert.Equal(peaks.Order(), peaks);
        Assert.True(peaks[0] > Card.Rates.HostBytes);
    }

    [Theory]
    [InlineData("direct", null, false)]
    [InlineData("gram", null, false)]
    [InlineData("krylov", 5, false)]
    [InlineData("direct", null, true)]
    [InlineData("gram", null, true)]
    [InlineData("krylov", 5, true)]
    public void Every_method_has_a_finite_cost_there_that_grows_with_the_rows(string method, int? top, bool isResidual)
    {
        RunPlan few = By(method, top, 60, isResidual), many = By(method, top, 480, isResidual);
        RunCost small = RunCost.Predict(few, Machine, Card), large = RunCost.Predict(many, Machine, Card);
        Assert.Equal(["train", "test"], small.Spectra.Select(spectrum => spectrum.Split));
        Assert.All(small.Spectra, spectrum => Assert.True(spectrum.Place.IsOnDevice, spectrum.Place.Description));
        foreach (Func<SpectrumForecast, double> part in (Func<SpectrumForecast, double>[])
            [spectrum => spectrum.Seconds, spectrum => spectrum.DeviceBytes])
        {
            Assert.True(double.IsFinite(part(small.Spectra[0])) && part(small.Spectra[0]) > 0);
            Assert.True(part(large.Spectra[0]) > part(small.Spectra[0]));
            Assert.Equal(part(small.Spectra[1]), part(large.Spectra[1]));
        }

        Assert.True(large.Stages[2].DeviceBytes > small.Stages[2].DeviceBytes);
        Assert.True(large.Stages[2].Seconds > small.Stages[2].Seconds);
    }

    [Theory]
    [InlineData("gram", null)]
    [InlineData("krylov", 5)]
    [InlineData("direct", null)]
    public void A_rate_that_is_faster_never_makes_a_run_slower_and_every_rate_counts_somewhere(string method, int? top)
    {
        RunPlan plan = By(method, top, 480, isResidual: true);
        double before = RunCost.Predict(plan, Machine, Card).Seconds;
        DeviceProfile faster = With(rates => rates with
        {
            RowCallSeconds = rates.RowCallSeconds / 10,
            Float64RowFlops = 10 * rates.Float64RowFlops,
            SmallEigenFlops = 10 * rates.SmallEigenFlops,
            LargeEigenFlops = 10 * rates.LargeEigenFlops,
            SmallFactorizationFlops = 10 * rates.SmallFactorizationFlops,
            LargeFactorizationFlops = 10 * rates.LargeFactorizationFlops,
            KrylovSeconds = rates.KrylovSeconds / 10,
        });
        Assert.True(RunCost.Predict(plan, Machine, faster).Seconds < before);
        foreach (Func<DeviceRates, DeviceRates> slower in (Func<DeviceRates, DeviceRates>[])
            [
                rates => rates with { OpenSeconds = 2 * rates.OpenSeconds },
                rates => rates with { TrainingSeconds = 2 * rates.TrainingSeconds },
                rates => rates with { ConvolutionSeconds = 2 * rates.ConvolutionSeconds },
                rates => rates with { SpectrumSeconds = 2 * rates.SpectrumSeconds },
                rates => rates with { StepSeconds = 2 * rates.StepSeconds },
                rates => rates with { ConvolutionCallSeconds = 2 * rates.ConvolutionCallSeconds },
                rates => rates with { EvaluationSeconds = 2 * rates.EvaluationSeconds },
                rates => rates with { TransferBytes = rates.TransferBytes / 2 },
            ])
            Assert.True(RunCost.Predict(plan, Machine, With(slower)).Seconds > before);
    }

    [Fact]
    public void A_Gram_matrix_that_does_not_fit_is_the_CPUs_and_costs_what_it_costs_there()
    {
        RunPlan plan = By("gram", null, 480, isResidual: false);
        DeviceProfile tiny = Card with { Bytes = 1e6 };
        RunCost here = RunCost.Predict(plan, Machine), there = RunCost.Predict(plan, Machine, tiny);
        Assert.StartsWith("cpu: the Gram matrix takes ", there.Spectra[0].Place.Description, StringComparison.Ordinal);
        Assert.Equal(0, there.Spectra[0].DeviceBytes);
        Assert.Equal(here.Spectra[0].Seconds, there.Spectra[0].Seconds);
        Assert.Equal("cuda:0", RunCost.Predict(plan, Machine, Card).Spectra[0].Place.Description);
        Assert.All(here.Spectra, spectrum => Assert.Equal("cpu", spectrum.Place.Description));
        RunCost tsqr = RunCost.Predict(By("tsqr", null, 60, isResidual: false), Machine, Card);
        Assert.All(tsqr.Spectra, spectrum => Assert.StartsWith("cpu: tsqr", spectrum.Place.Description, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_that_do_not_stay_on_the_card_are_formed_in_every_pass()
    {
        RunPlan plan = By("krylov", 5, 480, isResidual: true);
        DeviceProfile small = Card with { Bytes = 60e6 };
        SpectrumForecast kept = RunCost.Predict(plan, Machine, Card).Spectra[0], formed = RunCost.Predict(plan, Machine, small).Spectra[0];
        Assert.True(formed.Seconds > kept.Seconds);
        Assert.True(formed.DeviceBytes < kept.DeviceBytes);
    }

    [Theory]
    [InlineData(80e9)]
    [InlineData(1e9)]
    [InlineData(1e8)]
    public void Memory_by_shapes_alone_is_about_what_the_tiling_of_the_Jacobian_itself_takes(double memory)
    {
        RunPlan plan = By("gram", null, 480, isResidual: true);
        using IDisposable scope = torch.NewDisposeScope();
        NetworkLayout layout = NetworkLayout.Of(plan);
        NetworkJacobian source = NetworkJacobian.OnDevice(
            layout,
            [.. layout.Parameters.Select(parameter => torch.ones(parameter.Slot.Shape.ToLongs(), torch.ScalarType.Float64))],
            torch.rand([480, .. plan.Dataset.InputShape.ToLongs()], torch.ScalarType.Float64),
            layout.Columns(plan));
        DeviceTiling tiling = DeviceTiling.For(source, sizeof(double), memory);
        double factors = source.Shapes.Sum(block => block.Factors.Sum(factor => (double)factor.numel()));
        double kept = 8.0 * 480 * source.Outputs * source.Shapes.Sum(block => block.Columns);
        // G, factors or columns, a chunk as it is differentiated, and a tile in the products' type and in binary64.
        double expected = DeviceTiling.MatrixBytes(source.Rows) + Math.Min(kept, tiling.KeptBytes)
            + (4 * 8 * tiling.ChunkExamples * factors) + (2.0 * 8 * tiling.TileExamples * source.Outputs * source.Rows);
        double predicted = RunCost.Predict(plan, Machine, Card with { Bytes = memory }).Spectra[0].DeviceBytes;
        Assert.InRange(predicted / expected, 1 / 2.0, 2.0);
        Assert.InRange(predicted, 0, memory);
    }

    private static RunPlan NoEpochs => SmallRun.Plan with { Training = SmallRun.Plan.Training with { Epochs = 0 } };

    private static RunPlan By(string method, int? top, int train, bool isResidual) => SmallRun.Plan with
    {
        Dataset = new Digits([3, 5, 8], train, 12, 0),
        Network = isResidual ? Residual : SmallRun.Plan.Network,
        Jacobian = SmallRun.Plan.Jacobian with { Method = method, Top = top },
        Cutoff = new RankCutoff(4),
    };

    private static DeviceProfile With(Func<DeviceRates, DeviceRates> change) => Card with { Rates = change(Card.Rates) };

    private static StageCost Of(string stage, RunPlan plan, DeviceProfile? device = null) =>
        RunCost.Predict(plan, Machine, device ?? Card).Stages.Single(cost => cost.Stage == stage);
}
