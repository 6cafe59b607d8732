using Spectral.Core.Cutoffs;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Report;
using Xunit;

namespace Spectral.Core.Tests.Cutoffs;

/// <summary>Every cutoff on made spectra: the rank and alpha that it stands for, and when it is refused.</summary>
public sealed class CutoffTests
{
    [Theory]
    [InlineData("absolute", 3.5, 2, 3.5)]
    [InlineData("absolute", 4, 2, 4.0)] // sigma = alpha belongs to the information space
    [InlineData("absolute", 4.000001, 1, 4.000001)]
    [InlineData("absolute", 8, 1, 8.0)]
    [InlineData("absolute", 8.5, 0, 8.5)] // nothing reaches alpha
    [InlineData("absolute", 0.5, 6, 0.5)]
    [InlineData("absolute", 2, 5, 2.0)] // all of a tie or none of it
    [InlineData("absolute", 2.5, 2, 2.5)]
    [InlineData("relative", 1, 1, 8.0)]
    [InlineData("relative", 0.5, 2, 4.0)]
    [InlineData("relative", 0.25, 5, 2.0)]
    [InlineData("relative", 0.3, 2, 2.4)]
    [InlineData("relative", 0.01, 6, 0.08)]
    [InlineData("rank", 1, 1, 8.0)]
    [InlineData("rank", 2, 2, 4.0)]
    [InlineData("rank", 4, 4, 2.0)]
    [InlineData("rank", 6, 6, 1.0)]
    [InlineData("energy", 0.6882, 2, 4.0)] // energies 64, 16, 4, 4, 4, 1 of 93
    [InlineData("energy", 0.68, 1, 8.0)]
    [InlineData("energy", 1e-9, 1, 8.0)]
    [InlineData("energy", 0.9, 3, 2.0)]
    [InlineData("energy", 0.91, 4, 2.0)]
    [InlineData("energy", 0.9892, 5, 2.0)]
    [InlineData("energy", 0.99, 6, 1.0)]
    [InlineData("energy", 1, 6, 1.0)]
    public void A_cutoff_has_its_rank_and_alpha(string kind, double setting, int rank, double alpha)
    {
        CutoffOutcome outcome = Cutoff(kind, setting).Resolve(Spectrum(0.01, 8, 4, 2, 2, 2, 1));
        Assert.Null(outcome.Refusal);
        Assert.Equal(rank, outcome.Split!.Rank);
        Assert.Equal(alpha, outcome.Split.Alpha, 1e-12);
        double[] sigma = [double.NaN, 8, 4, 2, 2, 2, 1, 0];
        Assert.Equal((sigma[rank], sigma[rank + 1]), (outcome.Split.SigmaAt, outcome.Split.SigmaBelow));
    }

    [Theory]
    [InlineData("absolute", 3.5, 3.5)]
    [InlineData("relative", 0.25, 2.0)]
    [InlineData("rank", 3, null)]
    [InlineData("energy", 0.9, null)]
    public void A_threshold_is_known_from_the_largest_value_where_no_other_takes_part(string kind, double setting, double? alpha) =>
        Assert.Equal(alpha, Cutoff(kind, setting).Threshold(8));

    [Fact]
    public void Energy_counts_squares_exactly_at_a_fraction_that_is_one_of_its_sums()
    {
        SingularSpectrum equal = Spectrum(1e-12, 1, 1, 1, 1);
        Assert.Equal(
            [1, 1, 2, 2, 3, 3, 4, 4],
            ((double[])[0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1])
                .Select(e => new EnergyCutoff(e).Resolve(equal).Split!.Rank));
        Assert.Equal(2, new EnergyCutoff(1).Resolve(Spectrum(1e-12, 3, 1, 0, 0)).Split!.Rank);
    }

    [Fact]
    public void All_energy_of_any_spectrum_is_all_that_is_not_zero()
    {
        for (int count = 1; count < 40; count++)
        {
            double[] sigma = [.. Enumerable.Range(1, count).Select(s => 1.7 / s), 0, 0];
            Assert.Equal(count, new EnergyCutoff(1).Resolve(Spectrum(1e-12, sigma)).Split!.Rank);
        }
    }

    [Fact]
    public void A_cut_inside_a_tie_is_a_split_that_says_so()
    {
        CutoffOutcome inside = new RankCutoff(4).Resolve(Spectrum(0.01, 8, 4, 2, 2, 2, 1));
        Assert.True(inside.Split!.CutsCluster);
        Assert.Equal((0, 1), (inside.Split.Gap, inside.Split.AngleBound));
        CutoffOutcome behind = new RankCutoff(5).Resolve(Spectrum(0.01, 8, 4, 2, 2, 2, 1));
        Assert.False(behind.Split!.CutsCluster);
        Assert.Equal(1, behind.Split.Gap);
    }

    [Theory]
    [InlineData("rank", 7, "rank 7 is more than the 6 singular values that there are")]
    [InlineData("rank", 5, "rank 5 reaches below the trust floor 1.5e-3: 4 values lie above it")]
    [InlineData("energy", 1, "rank 6 reaches below the trust floor 1.5e-3: 4 values lie above it")]
    [InlineData("absolute", 0.001, "rank 5 reaches below the trust floor 1.5e-3: 4 values lie above it")]
    [InlineData("relative", 0.00001, "rank 6 reaches below the trust floor 1.5e-3: 4 values lie above it")]
    [InlineData("absolute", 0.0014, "the cutoff 1.4e-3 lies below the trust floor 1.5e-3")]
    [InlineData("relative", 0.000175, "the cutoff 1.4e-3 lies below the trust floor 1.5e-3")]
    public void A_cutoff_below_the_trust_floor_is_refused_with_the_reason(string kind, double setting, string reason)
    {
        using ForeignCulture foreign = ForeignCulture.Use();
        CutoffOutcome outcome = Cutoff(kind, setting).Resolve(Spectrum(0.0015, 8, 4, 2, 0.0015, 0.001, 0.0001));
        Assert.Null(outcome.Split);
        Assert.Equal(reason, outcome.Refusal);
    }

    [Fact]
    public void A_value_at_the_trust_floor_is_trusted()
    {
        SingularSpectrum spectrum = Spectrum(0.0015, 8, 4, 2, 0.0015, 0.001);
        Assert.Equal(4, spectrum.TrustedCount);
        Assert.Equal(4, new RankCutoff(4).Resolve(spectrum).Split!.Rank);
        Assert.Equal(4, new AbsoluteCutoff(0.0015).Resolve(spectrum).Split!.Rank);
    }

    [Theory]
    [InlineData("rank", 4, "rank 4 is more than the 3 singular values that were computed")]
    [InlineData("absolute", 2, "the cutoff 2.0e+0 reaches the last of the 3 singular values that were computed: ask for more")]
    [InlineData("relative", 0.2, "the cutoff 1.6e+0 reaches the last of the 3 singular values that were computed: ask for more")]
    [InlineData("energy", 0.9, "the 3 singular values that were computed hold 84.0 % of the energy: ask for more")]
    public void A_cutoff_beyond_the_computed_values_is_refused_with_the_reason(string kind, double setting, string reason)
    {
        CutoffOutcome outcome = Cutoff(kind, setting).Resolve(Top(8, 4, 2));
        Assert.Null(outcome.Split);
        Assert.Equal(reason, outcome.Refusal);
    }

    [Theory]
    [InlineData("rank", 3, 3)]
    [InlineData("rank", 1, 1)]
    [InlineData("absolute", 3, 2)]
    [InlineData("energy", 0.8, 2)]
    public void A_cutoff_within_the_computed_values_splits(string kind, double setting, int rank)
    {
        SpaceSplit split = Cutoff(kind, setting).Resolve(Top(8, 4, 2)).Split!;
        Assert.Equal(rank, split.Rank);
        Assert.Equal(rank == 3 ? 1.5 : ((double[])[4, 2])[rank - 1], split.SigmaBelow);
        Assert.InRange(split.AngleBound, 0, 0.1);
    }

    [Fact]
    public void Residuals_widen_the_angle_and_the_values()
    {
        SingularSpectrum exact = Top(8, 4, 2), rough = exact with { Residuals = [0.5, 0.5, 0.5] };
        Assert.True(SpaceSplit.At(rough, 2, 4).AngleBound > 10 * SpaceSplit.At(exact, 2, 4).AngleBound);
        // sqrt(16 + 0.5) - 4 is less, and 4 - sqrt(16 - 0.5) is the bound.
        Assert.Equal(4 - Math.Sqrt(16 - 0.5), rough.ErrorOf(1) - exact.ErrorOf(1), 6);
        // Nothing is known of what was left out: then nothing is known of the space.
        Assert.Equal(1, SpaceSplit.At(exact with { Next = double.NaN }, 3, 2).AngleBound);
    }

    /// <summary>The largest of 50 singular values, whose squares add up to 100; the next is at most 1.5.</summary>
    private static SingularSpectrum Top(params double[] values) => new([.. values], 1e-6, 50, 60, "krylov")
    {
        SquareError = 1e-12,
        Residuals = [.. values.Select(_ => 1e-9)],
        Next = 1.5,
        SquaredNorm = 100,
    };

    [Fact]
    public void Only_a_rank_asks_for_a_number_of_values() =>
        Assert.Equal(
            [7, null, null, null],
            ((Cutoff[])[new RankCutoff(7), new AbsoluteCutoff(7), new RelativeCutoff(0.7), new EnergyCutoff(0.7)])
                .Select(cutoff => cutoff.RequiredRank));

    private static Cutoff Cutoff(string kind, double setting) => kind switch
    {
        "absolute" => new AbsoluteCutoff(setting),
        "relative" => new RelativeCutoff(setting),
        "energy" => new EnergyCutoff(setting),
        _ => new RankCutoff((int)setting),
    };

    private static SingularSpectrum Spectrum(double floor, params double[] values) =>
        new([.. values], floor, 20, 30, "made");
}
