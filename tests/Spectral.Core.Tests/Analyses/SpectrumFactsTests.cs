using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>What is recorded of a spectrum of 8, 4, 1 and 0.001 that is known to within 0.01.</summary>
public sealed class SpectrumFactsTests
{
    [Fact]
    public void The_facts_of_a_split_in_a_gap()
    {
        ImmutableArray<Measurement> rows = Measure(new RankCutoff(2));
        Assert.Equal(
            ["parameters", "trust_floor", "below_trust_floor", "sigma_1", "frobenius_norm",
                "sigma_r", "sigma_r_plus_1", "gap", "information_angle_bound"],
            rows.Select(row => row.Quantity));
        Assert.Equal(
            ["parameters", "sigma of J", "singular values", "sigma of J", "sigma of J",
                "sigma of J", "sigma of J", "sigma of J", "sine"],
            rows.Select(row => row.Unit));
        double norm = Math.Sqrt(81.000001);
        Views.AssertRow(rows[0], 4, 4, 4, "ok");
        Views.AssertRow(rows[1], 0.01, 0.01, 0.01, "ok");
        Views.AssertRow(rows[2], 1, 1, 1, "ok");
        Views.AssertRow(rows[3], 8, 7.99, 8.01, "ok");
        Views.AssertRow(rows[4], norm, norm - 0.02, norm + 0.02, "ok");
        Views.AssertRow(rows[5], 4, 3.99, 4.01, "ok");
        Views.AssertRow(rows[6], 1, 0.99, 1.01, "ok");
        Views.AssertRow(rows[7], 3, 2.98, 3.02, "ok");
        Views.AssertRow(rows[8], 0.01 / 2.99, 0.01 / 2.99, 0.01 / 2.99, "ok");
        Assert.All(rows, row => Assert.Equal(
            ("spectrum", "final", "train", "", 2, 4.0),
            (row.Analysis, row.SpectrumAt, row.Split, row.Target, row.CutoffRank, row.CutoffAlpha)));
    }

    [Fact]
    public void A_value_below_the_floor_is_no_number()
    {
        ImmutableArray<Measurement> rows = Measure(new RankCutoff(3));
        Views.AssertRow(Views.Row(rows, "sigma_r"), 1, 0.99, 1.01, "ok");
        Views.AssertRow(Views.Row(rows, "sigma_r_plus_1"), double.NaN, 0, 0.01, "below_trust_floor");
        Views.AssertRow(Views.Row(rows, "gap"), 0.999, 0.979, 1.019, "ok");
    }

    [Fact]
    public void An_empty_information_space_has_no_last_value_and_no_gap()
    {
        ImmutableArray<Measurement> rows = Measure(new AbsoluteCutoff(9));
        Views.AssertRow(Views.Row(rows, "sigma_r"), double.NaN, double.NaN, double.NaN, "undefined");
        Views.AssertRow(Views.Row(rows, "gap"), double.NaN, double.NaN, double.NaN, "undefined");
        Views.AssertRow(Views.Row(rows, "sigma_r_plus_1"), 8, 7.99, 8.01, "ok");
        Views.AssertRow(Views.Row(rows, "information_angle_bound"), 0, 0, 0, "ok");
    }

    [Fact]
    public void A_refused_cutoff_leaves_the_facts_that_need_none()
    {
        ImmutableArray<Measurement> rows = Measure(new RankCutoff(4));
        Assert.Equal(
            ["parameters", "trust_floor", "below_trust_floor", "sigma_1", "frobenius_norm"],
            rows.Select(row => row.Quantity));
        Assert.All(rows, row => Assert.Null(row.CutoffRank));
    }

    [Fact]
    public void A_cut_cluster_has_a_bound_of_one_and_a_gap_of_at_least_nothing()
    {
        ImmutableArray<Measurement> rows = SpectrumFacts.Measure(Views.Of(new RankCutoff(1), 0.01, [8, 7.985]));
        Assert.Equal(1, Views.Row(rows, "information_angle_bound").Value);
        Views.AssertRow(Views.Row(rows, "gap"), 0.015, 0, 0.035, "ok");
    }

    private static ImmutableArray<Measurement> Measure(Cutoff cutoff) =>
        SpectrumFacts.Measure(Views.Of(cutoff, 0.01, [8, 4, 1, 0.001]));
}
