using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Overlaps and angles of information spaces.</summary>
public sealed class SubspaceOverlapTests(BatchesRun batches) : IClassFixture<BatchesRun>
{
    private readonly TimeRun _run = batches.Run;

    [Theory]
    [InlineData("initial", "train")]
    [InlineData("3", "train")]
    [InlineData("initial", "test")]
    public void Of_a_run_they_are_those_of_the_projectors(string checkpoint, string split)
    {
        Matrix<double> one = Left(checkpoint), other = Left("final");
        Matrix<double> apart = (one * one.Transpose()) - (other * other.Transpose());
        // ||P - P'||_F^2 = 2 (r - ||U^T V||_F^2), and its largest singular value is the largest angle's sine.
        Assert.Equal(1 - (Math.Pow(apart.FrobeniusNorm(), 2) / 8), Value("overlap"), 1e-12);
        Assert.Equal(apart.L2Norm(), Math.Sin(Value("largest_angle")), 1e-12);
        Assert.Equal((one.Transpose() * other).L2Norm(), Math.Cos(Value("smallest_angle")), 1e-12);
        Assert.Equal(4.0 / one.RowCount, Value("random_baseline"));

        Matrix<double> Left(string name) =>
            Matrix<double>.Build.DenseOfRowArrays(_run.Matrix($"{name}/{split}/left_vectors.npy"));

        double Value(string quantity)
        {
            Measurement row = _run.Row("subspace_overlap", quantity, checkpoint, split);
            Assert.InRange(row.Value, row.Lower, row.Upper);
            return row.Value;
        }
    }

    [Fact]
    public void Spaces_of_different_rank_are_compared_by_the_smaller_one()
    {
        ImmutableArray<Measurement> rows = SubspaceOverlap.Measure(
            MadeRun.View("initial", 0, "train", new RankCutoff(1), 8, 4, 1),
            MadeRun.View("final", 5, "train", new RankCutoff(2), 8, 4, 1));
        Views.AssertRow(Views.Row(rows, "overlap"), 1, 1, 1, "ok");
        Views.AssertRow(Views.Row(rows, "largest_angle"), 0, 0, 0, "ok");
        Assert.Equal((0.5, 2), (Views.Row(rows, "random_baseline").Value, Views.Row(rows, "reference_rank").Value));
    }

    [Fact]
    public void A_cut_cluster_leaves_everything_open_and_a_refused_cutoff_nothing()
    {
        SpectralView view = MadeRun.View("initial", 0, "train", new RankCutoff(1), 8, 8, 1);
        SpectralView reference = MadeRun.View("final", 5, "train", new RankCutoff(1), 8, 4, 1);
        ImmutableArray<Measurement> rows = SubspaceOverlap.Measure(view, reference);
        Views.AssertRow(Views.Row(rows, "overlap"), 1, 0, 1, "cluster_cut");
        Views.AssertRow(Views.Row(rows, "largest_angle"), 0, 0, Math.PI / 2, "cluster_cut");
        rows = SubspaceOverlap.Measure(view with { Cutoff = CutoffOutcome.Refused("below the floor") }, reference);
        Assert.All(rows, row => Views.AssertRow(row, double.NaN, double.NaN, double.NaN, "refused"));
        Assert.Equal(3, rows.Length);
    }

    [Fact]
    public void It_needs_two_checkpoints_and_the_reference_among_them()
    {
        RunPlan one = SmallRun.Plan with { Jacobian = SmallRun.Plan.Jacobian with { At = [new Checkpoint("initial", 0)] } };
        Assert.NotNull(new SubspaceOverlap("final").Inapplicable(one));
        Assert.NotNull(new SubspaceOverlap("3").Inapplicable(SmallRun.Plan));
        Assert.Null(new SubspaceOverlap("final").Inapplicable(SmallRun.Plan));
    }
}
