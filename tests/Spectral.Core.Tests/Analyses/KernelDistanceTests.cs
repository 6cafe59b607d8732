using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Kernels and Jacobians of a run against those that are formed from the exported J.</summary>
public sealed class KernelDistanceTests(BatchesRun batches) : IClassFixture<BatchesRun>
{
    private static readonly string[] Checkpoints = ["initial", "step-5", "3", "final"];

    private readonly TimeRun _run = batches.Run;

    [Theory]
    [InlineData("train")]
    [InlineData("test")]
    public void They_are_those_of_the_exported_Jacobians(string split)
    {
        Matrix<double>[] jacobians = [.. Checkpoints.Select(name => Jacobian(_run, name, split))];
        for (int i = 1; i < Checkpoints.Length; i++)
        {
            Near(Distance(jacobians[0], jacobians[i]), "to_reference", 1e-12);
            Near(Distance(jacobians[i - 1], jacobians[i]), "to_previous", 1e-12);
            Matrix<double> moved = jacobians[i] - jacobians[0];
            Near(moved.FrobeniusNorm() / jacobians[0].FrobeniusNorm(), "jacobian_change_frobenius", 1e-12);
            Near(moved.L2Norm() / jacobians[0].L2Norm(), "jacobian_change", 1e-6);

            void Near(double expected, string quantity, double tolerance)
            {
                Measurement row = _run.Row("kernel_distance", quantity, Checkpoints[i], split);
                Assert.Equal(expected, row.Value, tolerance);
                Assert.InRange(expected, row.Lower - 1e-13, row.Upper + 1e-13);
            }
        }
    }

    [Fact]
    public void Velocity_is_per_epoch_and_undefined_within_one()
    {
        Measurement final = _run.Row("kernel_distance", "velocity", "final", "train");
        Assert.Equal(_run.Row("kernel_distance", "to_previous", "final", "train").Value / 2, final.Value, 1e-15);
        // Step 5 is in the second epoch: one is finished, and none was at the start.
        Assert.Equal("ok", _run.Row("kernel_distance", "velocity", "step-5", "train").Status);
        Assert.DoesNotContain(_run.Measurements, row => row is { Analysis: "kernel_distance", SpectrumAt: "initial" });
    }

    [Fact]
    public void The_information_space_turns_no_further_than_Wedins_bound()
    {
        using TimeRun slow = new(TimeRun.Batches with
        {
            Training = TimeRun.Batches.Training with { Optimizer = new Core.Optimizers.StochasticGradientDescent(0.001) },
            Cutoff = new RankCutoff(3),
            Analyses = [new KernelDistance("initial"), new SubspaceOverlap("initial")],
        });
        Measurement bound = slow.Row("kernel_distance", "wedin_bound", "final", "train");
        Measurement angle = slow.Row("subspace_overlap", "largest_angle", "final", "train");
        Assert.Equal("ok", bound.Status);
        Assert.InRange(Math.Sin(angle.Value), 1e-6, bound.Value);
        Assert.InRange(bound.Value, 0, 0.9);
    }

    [Fact]
    public void The_kernel_of_a_linear_network_stays()
    {
        using TimeRun run = new(TimeRun.Linear with
        {
            Analyses = [new KernelDistance("initial"), new SubspaceOverlap("initial")],
        });
        foreach (string quantity in (string[])["to_reference", "to_previous", "jacobian_change", "jacobian_change_frobenius"])
            Assert.Equal(0, run.Row("kernel_distance", quantity, "final", "train").Value);
        Assert.Equal(0, run.Row("subspace_overlap", "largest_angle", "final", "train").Value);
        Assert.Equal(1, run.Row("subspace_overlap", "overlap", "final", "train").Value, 1e-13);
    }

    [Fact]
    public void The_start_can_be_the_reference_without_being_a_checkpoint()
    {
        using TimeRun run = new(TimeRun.Batches with
        {
            Jacobian = TimeRun.Batches.Jacobian with { At = [new Checkpoint("3", 3), new Checkpoint("final", 5)] },
            Analyses = [new KernelDistance("initial")],
        });
        foreach (string quantity in (string[])["to_reference", "jacobian_change", "jacobian_change_frobenius"])
        {
            Measurement whole = _run.Row("kernel_distance", quantity, "final", "train");
            Assert.Equal(whole.Value, run.Row("kernel_distance", quantity, "final", "train").Value, 1e-13);
        }
    }

    [Fact]
    public void It_needs_something_to_compare()
    {
        RunPlan one = SmallRun.Plan with { Jacobian = SmallRun.Plan.Jacobian with { At = [new Checkpoint("initial", 0)] } };
        Assert.NotNull(new KernelDistance("initial").Inapplicable(one));
        Assert.NotNull(new KernelDistance("100").Inapplicable(SmallRun.Plan));
        Assert.Null(new KernelDistance("final").Inapplicable(SmallRun.Plan));
        Assert.False(new KernelDistance("initial").IsPreset);
    }

    private static double Distance(Matrix<double> one, Matrix<double> other)
    {
        Matrix<double> first = one * one.Transpose(), second = other * other.Transpose();
        return 1 - (first.PointwiseMultiply(second).RowSums().Sum() / (first.FrobeniusNorm() * second.FrobeniusNorm()));
    }

    private static Matrix<double> Jacobian(TimeRun run, string checkpoint, string split) =>
        Matrix<double>.Build.DenseOfRowArrays(run.Matrix($"{checkpoint}/{split}/jacobian.npy"));
}
