using System.Globalization;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Spectral.Core.Tests.Execution;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Residual energies of every recorded epoch in one checkpoint's spaces.</summary>
public sealed class ResidualCurveTests(BatchesRun batches) : IClassFixture<BatchesRun>
{
    private readonly TimeRun _run = batches.Run;

    [Fact]
    public void Energies_minima_and_errors_of_a_made_run_are_those_by_hand()
    {
        // r is -y, then (1, 2, 0, 0), then (0, 0, 2, 0); ||y||^2 = 2, and the information space is the first axis.
        SplitView train = MadeRun.Split("train", [0, 0, 0, 0], [2, 2, 0, 1], [1, 0, 2, 1]);
        RunView run = MadeRun.Of(SmallRun.Plan, [train], [MadeRun.View("final", 5, "train", new RankCutoff(1), 8, 4)]);
        CsvTable table = Assert.Single(new ResidualEnergy().Analyse(run).Tables).Content;
        Assert.Equal(
            [
                "0,train,given,final,0.5,0.5,1,0.5,0.5,1",
                "1,train,given,final,0.5,2,2.5,0.5,0.5,1",
                "4,train,given,final,0,2,2,0,0.5,1",
            ],
            table.Rows.Take(3).Select(row => string.Join(',', row.Take(10))));
        // Centred, the last residual is (-1, 0, 1, 0): half of it lies on the first axis; -y becomes (-1, 1, 1, -1)/2.
        Assert.Equal("4,train,centred,final,1,1,2", string.Join(',', table.Rows[^1].Take(7)));
        Assert.Equal(9, table.Rows.Length);
        Assert.All(table.Rows, row => Assert.Equal("ok", row[^1]));
        // ||f|| = 3 after epoch 1: its roundings of 2^-24 are over ||r_0||, 2^0.5.
        double shift = Math.Pow(2, -24) * 3 / Math.Sqrt(2);
        Assert.Equal(2 * Math.Sqrt(2.5) * shift, double.Parse(table.Rows[1][10], CultureInfo.InvariantCulture), 1e-12);
    }

    [Fact]
    public void What_the_records_rounding_could_have_made_is_zero()
    {
        SplitView train = MadeRun.Split("train", [0, 0, 0, 0], [1 + 1.2e-7f, 0, 0, 1], [1, 0, 0, 1]);
        RunView run = MadeRun.Of(SmallRun.Plan, [train], [MadeRun.View("final", 5, "train", new RankCutoff(1), 8, 4)]);
        CsvTable table = new ResidualEnergy().Analyse(run).Tables[0].Content;
        Assert.Equal(("1", "0"), (table.Rows[0][6], table.Rows[2][6]));
        Assert.NotEqual("0", table.Rows[1][6]);
    }

    [Fact]
    public void A_refused_cutoff_leaves_totals_and_a_reference_that_was_not_reached_leaves_nothing()
    {
        SplitView train = MadeRun.Split("train", [0, 0, 0, 0], [2, 2, 0, 1]);
        SpectralView refused = MadeRun.View("final", 5, "train", new RankCutoff(1), 8, 4) with
        {
            Cutoff = Spectral.Core.Numerics.CutoffOutcome.Refused("below the floor"),
        };
        CsvTable table = new ResidualEnergy().Analyse(MadeRun.Of(SmallRun.Plan, [train], [refused])).Tables[0].Content;
        Assert.Equal(["nan", "nan", "2.5"], table.Rows[1].Skip(4).Take(3));
        Assert.Equal("refused", table.Rows[1][^1]);
        RunView early = MadeRun.Of(SmallRun.Plan, [train], [MadeRun.View("initial", 0, "train", new RankCutoff(1), 8, 4)]);
        Assert.Empty(new ResidualEnergy().Analyse(early).Tables[0].Content.Rows);
    }

    [Fact]
    public void The_reference_must_be_a_checkpoint_and_final_means_the_last_one()
    {
        Assert.Null(new ResidualEnergy().Inapplicable(SmallRun.Plan));
        Assert.Null(new ResidualEnergy("initial").Inapplicable(SmallRun.Plan));
        Assert.Contains("'100'", new ResidualEnergy("100").Inapplicable(SmallRun.Plan));
        RunPlan given = SmallRun.Plan with
        {
            Weights = [new GivenWeights("", 0), new GivenWeights("", 200)],
            Jacobian = SmallRun.Plan.Jacobian with { At = [new Checkpoint("0", 0), new Checkpoint("200", 200)] },
        };
        Assert.Null(new ResidualEnergy().Inapplicable(given));
        SpectralView last = MadeRun.View("200", 200, "train", new RankCutoff(1), 8, 4);
        SplitView train = MadeRun.Split("train", [0, 0, 0, 0]);
        Assert.Equal("200", new ResidualEnergy().Analyse(MadeRun.Of(given, [train], [last])).Tables[0].Content.Rows[0][3]);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("test")]
    public void Of_a_run_they_are_those_of_the_recorded_outputs_and_the_left_vectors(string split)
    {
        double[][] records = _run.Recorded(split), left = _run.Matrix($"3/{split}/left_vectors.npy");
        double[] targets = _run.Flat($"{split}/targets.npy");
        double start = Sum(Residual(0));
        CsvTable table = _run.Table("residual_energy");
        int compared = 0;
        foreach (string[] row in table.Rows.Where(row => row[1] == split && row[2] == "given").Select(row => row.ToArray()))
        {
            double[] residual = Residual(int.Parse(row[0], CultureInfo.InvariantCulture));
            double inside = Enumerable.Range(0, 4).Sum(s => Math.Pow(residual.Select((r, i) => r * left[i][s]).Sum(), 2));
            Assert.Equal(inside / start, CsvTable.ParseNumber(row[4]), 1e-12);
            Assert.Equal((Sum(residual) - inside) / start, CsvTable.ParseNumber(row[5]), 1e-12);
            compared++;
        }

        Assert.Equal(records.Length, compared);

        double[] Residual(int record) => [.. records[record].Zip(targets, (f, y) => f - y)];

        static double Sum(double[] vector) => vector.Sum(value => value * value);
    }

    [Fact]
    public void The_curve_meets_the_measurement_of_the_reference_within_its_error()
    {
        Measurement at = Assert.Single(_run.Measurements, row => row is
        {
            Analysis: "residual_energy", Quantity: "nuisance", SpectrumAt: "3", Split: "test", Target: "centred",
        });
        string[] row =
        [
            .. _run.Table("residual_energy").Rows.Single(row => row[0] == "3" && row[1] == "test" && row[2] == "centred"),
        ];
        double error = CsvTable.ParseNumber(row[10]);
        Assert.InRange(CsvTable.ParseNumber(row[5]) - at.Value, -error, error);
        Assert.InRange(error, 1e-9, 1e-5);
    }
}
