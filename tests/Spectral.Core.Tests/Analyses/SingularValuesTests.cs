using System.Collections.Immutable;
using Spectral.Core.Analyses;
using Spectral.Core.Cutoffs;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

public sealed class SingularValuesTests
{
    [Fact]
    public void Values_are_named_by_their_index_with_their_error()
    {
        ImmutableArray<Measurement> rows = Measure([1, 3, 6], 0, 8, 4, 1, 0.5, 0.001);
        Views.AssertRow(Views.Row(rows, "sigma_1"), 8, 7.99, 8.01, "ok");
        Views.AssertRow(Views.Row(rows, "sigma_3"), 1, 0.99, 1.01, "ok");
        Assert.Equal("undefined", Views.Row(rows, "sigma_6").Status);
    }

    [Fact]
    public void A_value_below_the_trust_floor_is_no_number()
    {
        Measurement row = Views.Row(Measure([5], 0, 8, 4, 1, 0.5, 0.001), "sigma_5");
        Assert.Equal(("below_trust_floor", double.NaN, 0.01), (row.Status, row.Value, row.Upper));
    }

    [Fact]
    public void The_largest_ratio_is_looked_for_beyond_an_index_and_above_the_floor()
    {
        // Ratios 2, 4, 2; the fall below the floor is not one.
        ImmutableArray<Measurement> rows = Measure([1], 0, 8, 4, 1, 0.5, 0.001);
        Views.AssertRow(Views.Row(rows, "largest_ratio"), 4, 3.99 / 1.01, 4.01 / 0.99, "ok");
        Views.AssertRow(Views.Row(rows, "largest_ratio_index"), 2, 2, 2, "ok");
        Assert.Equal(3, Views.Row(Measure([1], 2, 8, 4, 1, 0.5, 0.001), "largest_ratio_index").Value);
        Assert.Equal("undefined", Views.Row(Measure([1], 3, 8, 4, 1, 0.5, 0.001), "largest_ratio").Status);
    }

    [Fact]
    public void Where_errors_leave_two_ratios_possible_the_interval_covers_both()
    {
        Measurement row = Views.Row(Measure([1], 0, 8, 4, 2, 0.999, 0.5), "largest_ratio_index");
        Assert.Equal((3, 1, 4), (row.Value, row.Lower, row.Upper));
    }

    private static ImmutableArray<Measurement> Measure(int[] indices, int beyond, params double[] sigma) =>
        new SingularValues([.. indices], beyond).Measure(Views.Of(new RankCutoff(1), 0.01, sigma));
}
