using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The shape of a spectrum, against the definitions summed one by one over exact singular values.</summary>
public sealed class SpectralShapeTests
{
    [Theory]
    [InlineData("direct", 9, 14)]
    [InlineData("direct", 14, 9)]
    [InlineData("gram", 9, 14)]
    [InlineData("partial", 9, 14)]
    [InlineData("partial", 14, 9)]
    public void The_ends_hold_for_the_exact_Jacobian(string kind, int rows, int columns)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            foreach (double distance in new[] { 1e-2, 1e-6 })
            {
                PerturbedJacobian jacobian = PerturbedJacobian.Of(rows, columns, seed, distance);
                SpectralShape shape = new(jacobian.Spectrum(kind));
                double[] lambda = [.. jacobian.ExactValues.Select(value => value * value)];
                double trace = lambda.Sum();
                Inside(trace / lambda[0], shape.StableRank);
                Inside(trace * trace / lambda.Sum(l => l * l), shape.ParticipationRatio);
                Inside(Math.Sqrt(lambda.Sum(l => l * l)), shape.GramNorm);
                Inside(Math.Exp(-lambda.Sum(l => l / trace * Math.Log(l / trace))), shape.EffectiveRank);
                Inside(lambda.Sum(l => l / (l + 0.3)), shape.EffectiveDimension(0.3));
                for (int k = 0; k <= 9; k++)
                    Inside(lambda.Take(k).Sum() / trace, shape.TraceRatio(k));
            }
        }

        static void Inside(double exact, Enclosure found)
        {
            Assert.InRange(exact, found.Lower * (1 - 1e-12), found.Upper * (1 + 1e-12));
            if (!double.IsNaN(found.Value))
                Assert.InRange(found.Value, found.Lower, found.Upper * (1 + 1e-12));
        }
    }

    [Fact]
    public void Four_equal_values_count_four_by_every_measure()
    {
        SpectralShape shape = new(new([3, 3, 3, 3], 1e-14, 12, 4, "made"));
        Assert.Equal(4, shape.EffectiveRank.Value, 1e-12);
        Assert.Equal(4, shape.StableRank.Value, 1e-12);
        Assert.Equal(4, shape.ParticipationRatio.Value, 1e-12);
        Assert.Equal(2, shape.EffectiveDimension(9).Value, 1e-12);
        Assert.Equal(0.75, shape.TraceRatio(3).Value, 1e-12);
        Assert.Equal(Enclosure.Exact(1), shape.TraceRatio(4));
        Assert.InRange(shape.EffectiveRank.Upper - shape.EffectiveRank.Lower, 1e-15, 1e-10);
    }

    [Fact]
    public void Of_a_partial_spectrum_what_needs_every_value_has_ends_alone_and_the_rest_a_value()
    {
        // Four values of 3 and 96 of 0.1, of which the first four were computed.
        SingularSpectrum spectrum = new([3, 3, 3, 3], 1e-9, 100, 200, "made")
        {
            SquaredNorm = 36.96,
            Next = 0.2,
            SquareError = 1e-18,
            Residuals = [0, 0, 0, 0],
        };
        SpectralShape shape = new(spectrum);
        Assert.Equal(36.96 / 9, shape.StableRank.Value, 1e-9);
        Assert.Equal(18 / 36.96, shape.TraceRatio(2).Value, 1e-9);
        Assert.All(
            (Enclosure[])
                [shape.EffectiveRank, shape.ParticipationRatio, shape.EffectiveDimension(9), shape.TraceRatio(5)],
            found => Assert.True(double.IsNaN(found.Value) && found.Lower < found.Upper));
        double exact = 36.96 * 36.96 / (324 + (96 * 1e-4));
        Assert.InRange(exact, shape.ParticipationRatio.Lower, shape.ParticipationRatio.Upper);
    }

    [Fact]
    public void A_Jacobian_of_zeros_has_no_shape()
    {
        SpectralShape shape = new(new([0, 0], 0, 2, 5, "made"));
        Assert.All(
            (Enclosure[])[shape.EffectiveRank, shape.StableRank, shape.ParticipationRatio, shape.TraceRatio(1)],
            found => Assert.True(double.IsNaN(found.Lower)));
    }

    [Fact]
    public void A_histogram_counts_every_value_once_and_what_is_below_the_floor_apart()
    {
        SingularSpectrum spectrum = new([100, 99, 30, 10, 1, 0.5, 1e-9, 0], 0.02, 12, 8, "made");
        ImmutableArray<HistogramBin> bins = SpectrumHistogram.Of(spectrum, 1);
        Assert.Equal(
            [(0, 0.02, 2L), (0.02, 0.1, 0L), (0.1, 1, 1L), (1, 10, 1L), (10, 100, 3L), (100, 1000, 1L)],
            bins.Select(bin => (bin.From, Math.Round(bin.To, 12), bin.Count)));
        Assert.True(double.IsNaN(bins[0].Density));
        Assert.Equal(3, bins[4].Density, 1e-12);
        Assert.Equal(8, SpectrumHistogram.Of(spectrum, 7).Sum(bin => bin.Count));
        Assert.All(bins.Zip(bins.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
    }

    [Fact]
    public void A_histogram_of_a_partial_spectrum_counts_what_was_not_computed()
    {
        SingularSpectrum spectrum = new([8, 4], 1e-7, 12, 20, "made") { SquaredNorm = 100, Next = 3 };
        ImmutableArray<HistogramBin> bins = SpectrumHistogram.Of(spectrum, 2);
        Assert.Equal((0, 4, 10), (bins[0].From, bins[0].To, bins[0].Count));
        Assert.Equal(2, bins.Skip(1).Sum(bin => bin.Count));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(150, 0, 150)]
    [InlineData(30000, 4321, 461)]
    public void Thinned_ranks_begin_dense_grow_by_a_fiftieth_and_end_at_the_last(int last, int also, int count)
    {
        ImmutableArray<int> ranks = ThinnedRanks.UpTo(last, also);
        Assert.Equal(Enumerable.Range(1, Math.Min(last, 200)), ranks.Take(200));
        Assert.InRange(ranks.Length, count - 5, count + 5);
        Assert.All(
            ranks.Zip(ranks.Skip(1)),
            pair => Assert.InRange(pair.Second, pair.First + 1, (1.02 * pair.First) + 1));
        Assert.True(last == 0 || ranks[^1] == last);
        Assert.True(also == 0 || ranks.Contains(also));
    }
}
