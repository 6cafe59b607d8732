using System.Collections.Immutable;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Label alignment on vectors whose parts are Pythagorean, so that every number is known.</summary>
public sealed class LabelAlignmentTests(ShapeRun run) : IClassFixture<ShapeRun>
{
    private static readonly double[] Sigma = [8, 4, 1];

    [Theory]
    [InlineData(1, 3 / 13.0, 12.649110640673518 / 13, 0.01 / 3.99)]
    [InlineData(2, 5 / 13.0, 12 / 13.0, 0.01 / 2.99)]
    [InlineData(3, 5 / 13.0, 12 / 13.0, 0.01 / 0.99)]
    public void Both_parts_are_norms_over_the_norm_of_the_labels(
        int rank, double information, double nuisance, double angle)
    {
        ImmutableArray<Measurement> rows = Measure(
            new RankCutoff(rank), Views.Label("clean", Views.Vector(12, 3, 4, 0)));
        Assert.Equal(
            ["information", "nuisance", "random_baseline", "class_constant_baseline"],
            rows.Select(row => row.Quantity));
        Views.AssertRow(rows[0], information, information - angle, information + angle, "ok");
        Views.AssertRow(rows[1], nuisance, nuisance - angle, Math.Min(1, nuisance + angle), "ok");
        Views.AssertRow(rows[2], Math.Sqrt(rank / 12.0), Math.Sqrt(rank / 12.0), Math.Sqrt(rank / 12.0), "ok");
        Views.AssertRow(rows[3], 0.25, 0.25, 0.25, "ok");
        Assert.All(rows, row => Assert.Equal(
            ("label_alignment", 5, "final", "train", "clean", rank, Sigma[rank - 1], ""),
            (row.Analysis, row.Epoch, row.SpectrumAt, row.Split, row.Target,
                row.CutoffRank, row.CutoffAlpha, row.Unit)));
    }

    [Fact]
    public void An_information_space_of_nothing_holds_nothing()
    {
        ImmutableArray<Measurement> rows = Measure(
            new AbsoluteCutoff(9), Views.Label("given", Views.Vector(12, 3, 4, 0)));
        Assert.Equal((0.0, 1.0, 0.0), (rows[0].Value, rows[1].Value, rows[2].Value));
        Assert.Equal(Views.Rounding, rows[0].Upper);
        Assert.All(rows, row => Assert.Equal((0, 9.0), (row.CutoffRank, row.CutoffAlpha)));
    }

    [Fact]
    public void Labels_that_are_zero_have_no_alignment_and_no_baseline()
    {
        ImmutableArray<Measurement> rows =
            Measure(new RankCutoff(2), Views.Label("noise", Views.Vector(0, 0, 0, 0), double.NaN));
        Assert.Equal(["information", "nuisance"], rows.Select(row => row.Quantity));
        Assert.All(rows, row => Views.AssertRow(row, double.NaN, double.NaN, double.NaN, "undefined"));
    }

    [Fact]
    public void A_refused_cutoff_leaves_only_the_baseline_that_needs_no_cutoff()
    {
        ImmutableArray<Measurement> rows = [.. new LabelAlignment().Measure(
            Views.Of(new RankCutoff(3), 2, Sigma, Views.Label("given", Views.Vector(12, 3, 4, 0))))];
        Assert.Equal(["information", "nuisance", "class_constant_baseline"], rows.Select(row => row.Quantity));
        Assert.All(rows[..2], row => Views.AssertRow(row, double.NaN, double.NaN, double.NaN, "refused"));
        Views.AssertRow(rows[2], 0.25, 0.25, 0.25, "ok");
        Assert.All(rows, row => Assert.Equal((null, null), (row.CutoffRank, row.CutoffAlpha)));
    }

    [Fact]
    public void A_cut_cluster_is_told_and_leaves_the_value_open()
    {
        ImmutableArray<Measurement> rows = [.. new LabelAlignment().Measure(
            Views.Of(new RankCutoff(2), 0.01, [8, 4, 4 - 0.015], Views.Label("given", Views.Vector(12, 3, 4, 0))))];
        Views.AssertRow(rows[0], 5 / 13.0, 0, 1, "cluster_cut");
        Views.AssertRow(rows[1], 12 / 13.0, 0, 1, "cluster_cut");
        Assert.Equal("ok", Views.Row(rows, "random_baseline").Status);
    }

    [Theory]
    [InlineData(1e-15, 1e-15, 0.0, 0.0)]
    [InlineData(1e-15, 2e-15, 0.0, 2e-15)]
    [InlineData(0.5, 1.0000000000000002, 0.5, 1.0000000000000002)]
    public void What_rounding_alone_could_have_made_is_zero(
        double coefficient, double share, double information, double baseline)
    {
        TargetView target = Views.Label("given", new([coefficient, 0, 0], 1, 1), share);
        ImmutableArray<Measurement> rows = Measure(new AbsoluteCutoff(5), target);
        Assert.Equal(information, rows[0].Value);
        Assert.Equal(baseline, Views.Row(rows, "class_constant_baseline").Value);
        Assert.InRange(Views.Row(rows, "class_constant_baseline").Upper, 0, 1);
    }

    [Fact]
    public void Every_target_is_measured_in_order()
    {
        ImmutableArray<Measurement> rows = Measure(
            new RankCutoff(1),
            Views.Label("given", Views.Vector(0, 1, 0, 0)), Views.Label("clean", Views.Vector(1, 0, 0, 0)));
        Assert.Equal(["given", "clean"], rows.Select(row => row.Target).Distinct());
        Assert.Equal([1, 0], rows.Where(row => row.Quantity == "information").Select(row => row.Value));
    }

    [Property(MaxTest = 300)]
    public void The_squares_of_both_parts_sum_to_one(
        FsCheck.NormalFloat a, FsCheck.NormalFloat b, FsCheck.NormalFloat c, FsCheck.NormalFloat outside, byte rank)
    {
        double[] parts = [.. new[] { a, b, c, outside }.Select(value => Math.ScaleB(1, (int)(value.Get % 7)))];
        ImmutableArray<Measurement> rows = Measure(
            new RankCutoff(1 + (rank % 3)), Views.Label("given", Views.Vector(parts[3], parts[0], parts[1], parts[2])));
        Assert.Equal(1, (rows[0].Value * rows[0].Value) + (rows[1].Value * rows[1].Value), 1e-13);
        Assert.All(rows, row => Assert.True(0 <= row.Lower && row.Lower <= row.Value && row.Value <= row.Upper));
        Assert.All(rows, row => Assert.InRange(row.Upper, 0, 1 + Views.Rounding));
    }

    [Fact]
    public void The_indicator_baseline_is_the_projection_on_the_indicators_of_the_clean_classes()
    {
        Matrix<double> given = run.OneHot("train", "given"), clean = run.OneHot("train", "clean");
        double kept = 0, whole = 0;
        for (int output = 0; output < 3; output++)
        {
            for (int label = 0; label < 3; label++)
            {
                // <1_l (x) e_c, y>^2 / ||1_l||^2
                double inner = clean.Column(label) * given.Column(output);
                kept += inner * inner / clean.Column(label).Sum();
            }

            whole += given.Column(output).Sum();
        }

        ShapeRun.Agree(
            run.Row("label_alignment", "indicator_baseline", "final", "train", "given"),
            Math.Sqrt(kept / whole),
            1e-13);
        ShapeRun.Agree(
            run.Row("label_alignment", "indicator_baseline_nuisance", "final", "train", "given"),
            Math.Sqrt(1 - (kept / whole)),
            1e-13);
        Assert.DoesNotContain(run.Measurements, row =>
            row.Split == "test" && row.Quantity.StartsWith("indicator", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.25, 0.637)]
    [InlineData(0.5, 0.791)]
    [InlineData(0.75, 0.810)]
    [InlineData(1.0, 0.707)]
    public void For_uniform_noise_the_indicator_baseline_is_near_its_closed_form(double rate, double nuisance)
    {
        // K = 3: ((1 - 1/K) (1 - c^2))^{1/2}, c = 1 - rho K / (K - 1).
        double c = 1 - (1.5 * rate);
        Assert.Equal(nuisance, Math.Sqrt(2 / 3.0 * (1 - (c * c))), 5e-4);
        TargetArrays clean = TargetArrays.OneHot([.. Enumerable.Range(0, 30000).Select(i => i % 3)], 3);
        ImmutableArray<int> given = new UniformNoise(rate).Corrupt(clean, 1).Labels;
        double kept = 0;
        for (int output = 0; output < 3; output++)
        {
            for (int label = 0; label < 3; label++)
            {
                int members = Enumerable.Range(0, 30000).Count(i => i % 3 == label && given[i] == output);
                kept += members * (double)members / 10000;
            }
        }

        Assert.Equal(nuisance, Math.Sqrt(1 - (kept / 30000)), 5e-3);
    }

    private static ImmutableArray<Measurement> Measure(
        Cutoff cutoff, params ImmutableArray<TargetView> targets) =>
        new LabelAlignment().Measure(Views.Of(cutoff, 0.01, Sigma, targets));
}
