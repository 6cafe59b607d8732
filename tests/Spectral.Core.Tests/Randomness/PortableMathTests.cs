using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Randomness;

/// <summary>The portable logarithm against the platform's, which is right to 1 ulp where these tests run.</summary>
public sealed class PortableMathTests
{
    [Fact]
    public void The_logarithm_is_within_two_ulp_of_the_platforms_for_doubles_of_every_size()
    {
        var stream = new RandomStream(1, "logarithm");
        for (var i = 0; i < 100_000; i++)
        {
            // Any bit pattern of a positive finite double, subnormal ones included.
            AssertWithinTwoUlp(BitConverter.Int64BitsToDouble((long)(stream.NextUInt64() % 0x7FF0000000000000)));
        }
    }

    [Fact]
    public void The_logarithm_is_within_two_ulp_of_the_platforms_near_one_and_in_the_unit_interval()
    {
        var stream = new RandomStream(2, "logarithm");
        for (var i = 0; i < 100_000; i++)
        {
            var u = stream.NextUniform();
            AssertWithinTwoUlp(u);
            AssertWithinTwoUlp(1 + (u - 0.5) * Math.Pow(2, -(i % 50)));
        }
    }

    [Theory]
    [InlineData(1.0, 0.0)]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(2.0, 0.6931471805599453)]
    [InlineData(10.0, 2.302585092994046)]
    [InlineData(5e-324, -744.4400719213812)]
    [InlineData(double.MaxValue, 709.782712893384)]
    public void A_special_value_has_its_logarithm(double x, double expected) =>
        Assert.Equal(expected, PortableMath.Log(x));

    [Fact]
    public void The_exponential_is_within_three_ulp_of_the_platforms()
    {
        var stream = new RandomStream(3, "exponential");
        for (var i = 0; i < 100_000; i++)
        {
            var x = (stream.NextUniform() - 0.5) * (i % 2 == 0 ? 1400 : 2);
            var expected = Math.Exp(x);
            Assert.InRange(PortableMath.Exp(x), expected - (3 * Ulp(expected)), expected + (3 * Ulp(expected)));
        }

        static double Ulp(double value) => Math.BitIncrement(value) - value;
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(double.NegativeInfinity, 0.0)]
    [InlineData(-709.0, 0.0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(710.0, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void A_special_value_has_its_exponential(double x, double expected) =>
        Assert.Equal(expected, PortableMath.Exp(x));

    private static void AssertWithinTwoUlp(double x)
    {
        var (found, expected) = (PortableMath.Log(x), Math.Log(x));
        var ulp = Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected);
        Assert.True(Math.Abs(found - expected) <= 2 * ulp, $"log {x:R} = {found:R}, the platform says {expected:R}");
    }
}
