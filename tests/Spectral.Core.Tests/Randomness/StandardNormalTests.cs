using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Randomness;

/// <summary>The reference quantiles are rounded from 60 digits: Newton's method on erfc with mpmath.</summary>
public sealed class StandardNormalTests
{
    [Theory]
    [InlineData(0.5, 0.0)]
    [InlineData(0.5000000000000001, 2.782916424671767e-16)]
    [InlineData(0.25, -0.6744897501960817)]
    [InlineData(0.75, 0.6744897501960817)]
    [InlineData(0.3, -0.5244005127080408)]
    [InlineData(0.1, -1.2815515655446004)]
    [InlineData(0.9, 1.2815515655446006)]
    [InlineData(0.975, 1.9599639845400538)]
    [InlineData(0.075, -1.439531470938456)]
    [InlineData(0.0749999, -1.4395321773759007)]
    [InlineData(0.925, 1.4395314709384561)]
    [InlineData(0.9250001, 1.4395321773759004)]
    [InlineData(0.001, -3.0902323061678136)]
    [InlineData(1e-05, -4.264890793922825)]
    [InlineData(1.4e-11, -6.656723091518184)]
    [InlineData(1.3e-11, -6.667611456510741)]
    [InlineData(1e-12, -7.034483825301132)]
    [InlineData(1.1102230246251565e-16, -8.209536151601387)]
    [InlineData(0.9999999999999999, 8.209536151601387)]
    [InlineData(1e-100, -21.273453560965326)]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(5e-324, -38.467405617144344)]
    public void A_quantile_is_right_to_a_relative_1e_15(double p, double expected) =>
        Assert.True(Math.Abs(StandardNormal.Quantile(p) - expected) <= 1e-15 * Math.Abs(expected),
            $"{StandardNormal.Quantile(p):R} is not {expected:R}");

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_number_outside_the_open_interval_is_refused(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StandardNormal.Quantile(p));

    [Fact]
    public void Draws_are_golden_bit_for_bit()
    {
        var draws = new double[4];
        new RandomStream(1, "noise").FillNormal(draws);
        string[] golden = ["400699e6033573df", "3fc1609baa270516", "3fc1629f114a1da9", "3feda8561c80babc"];
        Assert.Equal(golden, draws.Select(draw => BitConverter.DoubleToInt64Bits(draw).ToString("x16")));

        // And they are the quantiles of the golden uniform draws, known from elsewhere.
        double[] expected = [2.8251457453429647, 0.13576074417327597, 0.13582218498434642, 0.9267988735862996];
        for (var i = 0; i < draws.Length; i++)
            Assert.Equal(expected[i], draws[i], 4e-15);
    }

    [Fact]
    public void A_million_draws_have_the_moments_and_tails_of_a_standard_normal()
    {
        const int n = 1_000_000;
        var draws = new double[n];
        new RandomStream(2026, "moments").FillNormal(draws);
        double Moment(int power) => draws.Sum(x => Math.Pow(x, power)) / n;
        double Beyond(double bound) => draws.Count(x => Math.Abs(x) > bound) / (double)n;

        // Four standard deviations of each estimate at n = 1e6.
        Assert.Equal(0, Moment(1), 4e-3);
        Assert.Equal(1, Moment(2), 5.7e-3);
        Assert.Equal(0, Moment(3), 4 * Math.Sqrt(15e-6));
        Assert.Equal(3, Moment(4), 4 * Math.Sqrt(96e-6));
        Assert.Equal(0.3173105, Beyond(1), 1.9e-3);
        Assert.Equal(0.0455003, Beyond(2), 8.4e-4);
        Assert.Equal(0.0026998, Beyond(3), 2.1e-4);
        Assert.Equal(6.334e-5, Beyond(4), 3.2e-5);
        Assert.Equal(0.5, draws.Count(x => x > 0) / (double)n, 2e-3);
    }
}
