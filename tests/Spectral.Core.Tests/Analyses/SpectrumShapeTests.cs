using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Formats;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

public sealed class SpectrumShapeTests(ShapeRun run) : IClassFixture<ShapeRun>
{
    [Fact]
    public void A_refused_cutoff_leaves_what_needs_none()
    {
        ImmutableArray<Measurement> rows =
            [.. new SpectrumShape([2, 2], 0, 10).Measure(Views.Of(new RankCutoff(3), 2, [8, 4, 1]))];
        Assert.Equal(
            ["effective_rank", "stable_rank", "participation_ratio", "effective_dimension", "trace_ratio_r",
                "trace_ratio_2"],
            rows.Select(row => row.Quantity));
        Assert.Equal(["ok", "ok", "ok", "refused", "refused", "ok"], rows.Select(row => row.Status));
        rows = [.. new SpectrumShape([2], 1, 10).Measure(Views.Of(new RankCutoff(3), 2, [8]))];
        Assert.Equal(64 / 65.0, Views.Row(rows, "effective_dimension").Value, 1e-15);
    }

    [Theory]
    [MemberData(nameof(ShapeRun.Spectra), MemberType = typeof(ShapeRun))]
    public void Every_number_is_that_of_the_singular_values_of_the_Jacobian(string checkpoint, string split)
    {
        double[] sigma = [.. run.Jacobian(checkpoint, split).Svd(false).S];
        double[] lambda = [.. sigma.Select(value => value * value)];
        double trace = 0, squares = 0, entropy = 0, dimension = 0;
        foreach (double value in lambda)
            (trace, squares) = (trace + value, squares + (value * value));
        foreach (double value in lambda.Where(value => value > 0))
        {
            entropy -= value / trace * Math.Log(value / trace);
            dimension += value / (value + lambda[3]);
        }

        Check("effective_rank", Math.Exp(entropy));
        Check("stable_rank", trace / lambda[0]);
        Check("participation_ratio", trace * trace / squares);
        Check("effective_dimension", dimension);
        Check("trace_ratio_r", lambda[..4].Sum() / trace);
        Check("trace_ratio_2", lambda[..2].Sum() / trace);
        Check("trace_ratio_5", lambda[..5].Sum() / trace);
        Check("trace_ratio_1000", 1);

        CsvTable table = run.Table("spectrum_shape_histogram");
        int counted = 0;
        foreach (ImmutableArray<string> row in table.Rows.Where(row =>
            row[table.Column("spectrum_at")] == checkpoint && row[table.Column("split")] == split))
        {
            double from = Cell(row, "sigma_from"), to = Cell(row, "sigma_to");
            int expected = sigma.Count(value => value >= from && value < to);
            Assert.Equal(expected, Cell(row, "count"));
            if (from > 0)
            {
                double density = expected / (Math.Log10(to) - Math.Log10(from));
                Assert.Equal(density, Cell(row, "density"), 1e-9 * (1 + density));
            }

            counted += expected;
        }

        Assert.Equal(sigma.Length, counted);

        void Check(string quantity, double value) =>
            ShapeRun.Agree(run.Row("spectrum_shape", quantity, checkpoint, split), value);

        double Cell(ImmutableArray<string> row, string column) => CsvTable.ParseNumber(row[table.Column(column)]);
    }
}
