using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

public sealed class PseudoInverseTests(ShapeRun run) : IClassFixture<ShapeRun>
{
    [Fact]
    public void Coordinates_are_divided_by_their_singular_values_up_to_the_rank()
    {
        ImmutableArray<Measurement> rows = new PseudoInverse().Measure(Views.Of(
            new RankCutoff(2), 0.01, [8, 4, 1], Views.Residual(Views.Vector(2, 8, 2, 5), Views.Vector(0, 0, 3, 4))));
        Assert.Equal(
            ["label", "label_over_norm", "residual", "residual_over_norm", "initial_residual",
                "initial_residual_over_norm"],
            rows.Select(row => row.Quantity));
        double[] expected =
        [
            Math.Sqrt((1 / 64.0) + (1 / 16.0)), Math.Sqrt(((1 / 64.0) + (1 / 16.0)) / 3),
            Math.Sqrt(1.25), Math.Sqrt(1.25 / 97), 0.75, 0.15,
        ];
        Assert.All(rows.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Value, 1e-14));
        Assert.All(rows, row => Assert.True(0 < row.Lower && row.Lower < row.Value && row.Value < row.Upper));
        Assert.All(rows, row => Assert.Equal(("ok", "given", 2), (row.Status, row.Target, row.CutoffRank)));
        Assert.Equal(["norm of theta", "1 / sigma of J"], rows.Select(row => row.Unit).Distinct());
    }

    [Fact]
    public void A_zero_vector_has_a_pseudo_inverse_and_no_ratio()
    {
        ImmutableArray<Measurement> rows = new PseudoInverse().Measure(
            Views.Of(new RankCutoff(2), 0.01, [8, 4, 1], Views.Label("noise", Views.Vector(0, 0, 0, 0))));
        Views.AssertRow(rows[0], 0, 0, 0, "ok");
        Views.AssertRow(rows[1], double.NaN, double.NaN, double.NaN, "undefined");
    }

    [Fact]
    public void A_refused_cutoff_and_a_cut_cluster_are_told()
    {
        TwoRows(new RankCutoff(3), 2, [8, 4, 1], "refused");
        TwoRows(new RankCutoff(2), 0.01, [8, 4, 4 - 0.015], "cluster_cut");

        static void TwoRows(RankCutoff cutoff, double floor, double[] sigma, string status) => Assert.All(
            new PseudoInverse().Measure(
                Views.Of(cutoff, floor, sigma, Views.Label("given", Views.Vector(12, 3, 4, 0)))),
            row => Assert.Equal(status, row.Status));
    }

    [Theory]
    [MemberData(nameof(ShapeRun.Spectra), MemberType = typeof(ShapeRun))]
    public void It_is_the_pseudo_inverse_of_the_truncated_Jacobian(string checkpoint, string split)
    {
        MathNet.Numerics.LinearAlgebra.Factorization.Svd<double> svd = run.Jacobian(checkpoint, split).Svd();
        Matrix<double> truncated = svd.U.SubMatrix(0, svd.U.RowCount, 0, 4)
            * Matrix<double>.Build.DenseOfDiagonalVector(svd.S.SubVector(0, 4))
            * svd.VT.SubMatrix(0, 4, 0, svd.VT.ColumnCount);
        Matrix<double> inverse = truncated.PseudoInverse();
        foreach (string target in new[] { "given", "clean", "centred" })
        {
            Check("label", target, run.Label(split, target));
            Check("residual", target, run.Residual(checkpoint, split, target));
            Check("initial_residual", target, run.Residual("initial", split, target));
        }

        void Check(string quantity, string target, Vector<double> vector)
        {
            double norm = (inverse * vector).L2Norm();
            ShapeRun.Agree(run.Row("pseudo_inverse", quantity, checkpoint, split, target), norm);
            ShapeRun.Agree(
                run.Row("pseudo_inverse", quantity + "_over_norm", checkpoint, split, target), norm / vector.L2Norm());
        }
    }
}
