using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Estimated spectral densities of runs, against all singular values of the exported Jacobians.</summary>
public sealed class EstimatedDensityTests
{
    private static readonly string[] Places = ["initial/train", "initial/test", "final/train", "final/test"];

    [Theory]
    [InlineData("direct", 80)]
    [InlineData("krylov", 80)]
    [InlineData("krylov", 12)]
    public void Counts_are_near_those_of_the_exact_histogram_and_their_intervals_hold_them(string method, int steps)
    {
        using AnalysedRun run = new(Plan(method, steps));
        CsvTable table = run.Table("spectral_density");
        Assert.Equal(
            [
                "spectrum_at", "epoch", "split", "lower_edge", "upper_edge", "count", "count_lower", "count_upper",
                "above", "above_lower", "above_upper",
            ],
            table.Header);
        int bins = 0, held = 0, aboveHeld = 0;
        foreach (string place in Places)
        {
            double[] sigma = Sigma(run, place);
            double[][] rows = Rows(table, place);
            Assert.Equal(sigma[0], rows[0][1], 1e-9 * sigma[0]);
            Assert.Equal(sigma.Length, rows.Sum(row => Inside(row)));
            foreach (double[] row in rows)
            {
                int inside = Inside(row);
                int above = sigma.Count(s => s >= row[0]);
                Assert.InRange(row[2], row[3], row[4]);
                Assert.InRange(row[5], row[6], row[7]);
                bins++;
                held += inside >= row[3] - 1e-6 && inside <= row[4] + 1e-6 ? 1 : 0;
                aboveHeld += above >= row[6] - 1e-6 && above <= row[7] + 1e-6 ? 1 : 0;
            }

            double total = rows.Sum(row => row[2]);
            Assert.InRange(total - rows[^1][5], -1e-9, 1e-9);

            int Inside(double[] row) => sigma.Count(s => s >= row[0] && (s < row[1] || row == rows[0]));
        }

        Assert.True(aboveHeld >= 0.9 * bins, $"{aboveHeld} of {bins} intervals of the counts from an edge on");
        // With 80 steps the quadrature is exact for 72 rows: what is left is the probes' error.
        Assert.True(held >= (steps == 80 ? 0.88 : 0.95) * bins, $"{held} of {bins} intervals of bins");
    }

    [Fact]
    public void The_pairs_of_the_information_space_are_counted_exactly()
    {
        using AnalysedRun run = new(Plan("direct", 30));
        foreach (string place in Places)
        {
            Measurement above = Row("count_above_cutoff"), all = Row("count_above_floor");
            Assert.Equal((4, "ok"), (above.CutoffRank, above.Status));
            Assert.Equal(4, Row("deflated").Value);
            foreach (double value in (double[])[above.Value, above.Lower, above.Upper])
                Assert.Equal(4, value, 1e-9);
            Assert.InRange(Sigma(run, place).Length, all.Lower, all.Upper + 1e-9);
            Assert.Null(all.CutoffRank);

            Measurement Row(string quantity) =>
                run.Row("spectral_density", quantity, place.Split('/')[0], place.Split('/')[1]);
        }
    }

    [Fact]
    public void Where_the_cutoff_lies_below_the_computed_values_its_rank_is_estimated()
    {
        using AnalysedRun run = new(Plan("krylov", 60) with { Cutoff = new RelativeCutoff(0.1) });
        foreach (string place in Places)
        {
            double[] sigma = Sigma(run, place);
            string[] names = place.Split('/');
            Measurement row = run.Row("spectral_density", "count_above_cutoff", names[0], names[1]);
            Assert.Equal("ok", row.Status);
            Assert.Null(row.CutoffRank);
            Assert.Equal(0.1 * sigma[0], row.CutoffAlpha!.Value, 1e-9 * sigma[0]);
            double exact = sigma.Count(s => s >= 0.1 * sigma[0]);
            Assert.InRange(row.Upper - row.Lower, 0.1, 0.6 * exact);
            Assert.InRange(exact, row.Lower - (row.Upper - row.Lower), row.Upper + (row.Upper - row.Lower));
        }
    }

    private static RunPlan Plan(string method, int steps) => SmallRun.Plan with
    {
        Jacobian = SmallRun.Plan.Jacobian with { Method = method, Top = method == "krylov" ? 6 : null },
        Analyses = [new EstimatedDensity(16, steps, 5)],
    };

    private static double[] Sigma(AnalysedRun run, string place) =>
        [.. Matrix<double>.Build.DenseOfRowArrays(run.Matrix($"{place}/jacobian.npy")).Svd(false).S];

    private static double[][] Rows(CsvTable table, string place) =>
    [
        .. table.Rows.Where(row => $"{row[0]}/{row[2]}" == place)
            .Select(row => row.Skip(3).Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray()),
    ];
}
