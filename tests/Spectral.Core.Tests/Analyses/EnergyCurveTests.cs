using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

public sealed class EnergyCurveTests(ShapeRun run) : IClassFixture<ShapeRun>
{
    private CsvTable Table => run.Table("energy_curve");

    [Theory]
    [MemberData(nameof(ShapeRun.Spectra), MemberType = typeof(ShapeRun))]
    public void Each_share_is_that_of_the_projection_on_the_first_left_vectors(string checkpoint, string split)
    {
        MathNet.Numerics.LinearAlgebra.Factorization.Svd<double> svd = run.Jacobian(checkpoint, split).Svd();
        int compared = 0;
        foreach (string target in new[] { "given", "clean", "centred" })
        {
            (string Column, Vector<double> Vector)[] vectors =
            [
                ("label", run.Label(split, target)), ("residual", run.Residual(checkpoint, split, target)),
                ("initial_residual", run.Residual("initial", split, target)),
            ];
            foreach (string[] row in Rows(checkpoint, split, target))
            {
                int rank = int.Parse(Cell(row, "rank"), CultureInfo.InvariantCulture);
                Assert.Equal(svd.S[rank - 1], CsvTable.ParseNumber(Cell(row, "sigma")), 1e-10 * svd.S[0]);
                double bound = CsvTable.ParseNumber(Cell(row, "angle_bound"));
                Assert.Equal(bound >= 1 ? "cluster_cut" : "ok", Cell(row, "status"));
                Matrix<double> left = svd.U.SubMatrix(0, svd.U.RowCount, 0, rank);
                foreach ((string column, Vector<double> vector) in vectors)
                {
                    double share = Math.Pow(left.TransposeThisAndMultiply(vector).L2Norm() / vector.L2Norm(), 2);
                    Assert.Equal(share, CsvTable.ParseNumber(Cell(row, column)), bound + 1e-10);
                    compared += bound < 1e-6 ? 1 : 0;
                }
            }
        }

        Assert.True(compared > 200, $"{compared} shares were compared");
    }

    [Fact]
    public void Curves_have_every_rank_of_a_small_spectrum_and_never_fall()
    {
        string[][] rows = Rows("final", "train", "given");
        Assert.Equal(
            Enumerable.Range(1, 72), rows.Select(row => int.Parse(Cell(row, "rank"), CultureInfo.InvariantCulture)));
        double[] label = [.. rows.Select(row => CsvTable.ParseNumber(Cell(row, "label")))];
        Assert.All(label.Zip(label.Skip(1)), pair => Assert.True(pair.First <= pair.Second));
        Assert.Equal(1, label[^1], 1e-12);
    }

    [Fact]
    public void The_share_at_the_cutoff_is_the_square_of_the_label_alignment()
    {
        string[] row = Rows("final", "train", "clean")[3];
        double alignment = run.Row("label_alignment", "information", "final", "train", "clean").Value;
        Assert.Equal(alignment * alignment, CsvTable.ParseNumber(Cell(row, "label")), 1e-14);
    }

    [Fact]
    public void Noise_has_no_residual_and_a_zero_vector_no_share()
    {
        Assert.All(
            Rows("final", "train", "noise"),
            row => Assert.Equal(("", ""), (Cell(row, "residual"), Cell(row, "initial_residual"))));
        Assert.All(Rows("final", "test", "noise"), row => Assert.Equal("nan", Cell(row, "label")));
    }

    private string Cell(string[] row, string column) => row[Table.Column(column)];

    private string[][] Rows(string checkpoint, string split, string target)
    {
        CsvTable table = Table;
        return
        [
            .. table.Rows.Select(row => row.ToArray()).Where(row =>
                row[table.Column("spectrum_at")] == checkpoint && row[table.Column("split")] == split
                && row[table.Column("target")] == target),
        ];
    }
}
