using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Residual energies on vectors of few whole numbers, so that every number is known.</summary>
public sealed class ResidualEnergyTests
{
    private const double Angle = 0.01 / 3.99;

    [Fact]
    public void Energies_are_over_the_initial_residuals_and_shares_over_their_own()
    {
        ImmutableArray<Measurement> rows = Measure(
            new RankCutoff(1), Views.Residual(Views.Vector(2, 1, 2, 0), Views.Vector(0, 3, 4, 0)));
        Assert.Equal(
            ["information", "nuisance", "total", "information_share", "nuisance_share",
                "initial_information", "initial_nuisance"],
            rows.Select(row => row.Quantity));
        Check("information", 1 / 25.0, 9 / 25.0);
        Check("nuisance", 8 / 25.0, 9 / 25.0);
        Check("information_share", 1 / 9.0, 1);
        Check("nuisance_share", 8 / 9.0, 1);
        Check("initial_information", 3 / 5.0, 1);
        Check("initial_nuisance", 4 / 5.0, 1);
        Views.AssertRow(Views.Row(rows, "total"), 9 / 25.0, 9 / 25.0, 9 / 25.0, "ok");
        Assert.All(
            rows,
            row => Assert.Equal(
                ("residual_energy", "given", 1, 8.0), (row.Analysis, row.Target, row.CutoffRank, row.CutoffAlpha)));

        void Check(string quantity, double value, double scale) => Views.AssertRow(
            Views.Row(rows, quantity),
            value,
            Math.Max(0, value - (scale * Angle)),
            Math.Min(scale, value + (scale * Angle)),
            "ok");
    }

    [Fact]
    public void A_residual_that_grew_has_an_energy_above_one()
    {
        ImmutableArray<Measurement> rows = Measure(
            new RankCutoff(1), Views.Residual(Views.Vector(0, 4, 2, 0), Views.Vector(2, 0, 0, 0)));
        Assert.Equal((4, 1), (rows[0].Value, rows[1].Value));
        Assert.Equal(5, rows[2].Value, 1e-13);
        Assert.Equal(4 + (5 * Angle), rows[0].Upper, 1e-13);
        Assert.Equal((0, 1), (Views.Row(rows, "initial_information").Value, Views.Row(rows, "initial_nuisance").Value));
    }

    [Fact]
    public void Without_an_initial_residual_nothing_is_defined_but_the_shares()
    {
        ImmutableArray<Measurement> rows = Measure(
            new RankCutoff(1), Views.Residual(Views.Vector(0, 0, 0, 0), Views.Vector(0, 0, 0, 0)));
        Assert.Equal(7, rows.Length);
        Assert.All(rows, row => Views.AssertRow(row, double.NaN, double.NaN, double.NaN, "undefined"));
    }

    [Fact]
    public void A_refused_cutoff_leaves_only_the_total()
    {
        SpectralView view = Views.Of(
            new RankCutoff(3), 2, [8, 4, 1], Views.Residual(Views.Vector(2, 1, 2, 0), Views.Vector(0, 3, 4, 0)));
        ImmutableArray<Measurement> rows = ResidualEnergy.Measure(view);
        Assert.All(rows.Where(row => row.Quantity != "total"), row =>
            Views.AssertRow(row, double.NaN, double.NaN, double.NaN, "refused"));
        Views.AssertRow(Views.Row(rows, "total"), 9 / 25.0, 9 / 25.0, 9 / 25.0, "ok");
    }

    [Fact]
    public void A_cut_cluster_leaves_everything_between_nothing_and_all_of_it()
    {
        SpectralView view = Views.Of(
            new RankCutoff(1), 0.01, [8, 8, 1], Views.Residual(Views.Vector(2, 1, 2, 0), Views.Vector(0, 3, 4, 0)));
        ImmutableArray<Measurement> rows = ResidualEnergy.Measure(view);
        Views.AssertRow(Views.Row(rows, "information"), 1 / 25.0, 0, 9 / 25.0, "cluster_cut");
        Views.AssertRow(Views.Row(rows, "nuisance_share"), 8 / 9.0, 0, 1, "cluster_cut");
        Assert.Equal("ok", Views.Row(rows, "total").Status);
    }

    [Fact]
    public void What_rounding_alone_could_have_made_is_zero()
    {
        // Squared, 3e-8 of a residual of norm 1 is 9e-16: less than 12 roundings of 1.
        ImmutableArray<Measurement> rows = Measure(
            new RankCutoff(1), Views.Residual(Views.Vector(1, 3e-8, 0, 0), Views.Vector(1, 6e-8, 0, 0)));
        Assert.Equal((0, 0), (Views.Row(rows, "information").Value, Views.Row(rows, "information_share").Value));
        Assert.Equal(6e-8, Views.Row(rows, "initial_information").Value, 1e-20);
        rows = Measure(new RankCutoff(1), Views.Residual(Views.Vector(1, 6e-8, 0, 0), Views.Vector(1, 0, 0, 0)));
        Assert.InRange(Views.Row(rows, "information").Value, 3.5e-15, 3.7e-15);
    }

    [Fact]
    public void A_target_without_residual_is_passed_over() =>
        Assert.Empty(Measure(new RankCutoff(1), Views.Label("noise", Views.Vector(0, 1, 0, 0))));

    private static ImmutableArray<Measurement> Measure(
        Core.Plans.Cutoff cutoff, params ImmutableArray<TargetView> targets) =>
        ResidualEnergy.Measure(Views.Of(cutoff, 0.01, [8, 4, 1], targets));
}
