using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Gauss-Hermite rules against the moments of the normal distribution.</summary>
public sealed class GaussHermiteTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(64)]
    [InlineData(512)]
    public void Moments_up_to_twice_the_order_are_those_of_the_normal_distribution(int order)
    {
        GaussHermite rule = new(order);
        Assert.Equal(order, rule.Order);
        double moment = 1;
        for (int power = 0; power < Math.Min(2 * order, 60); power += 2)
        {
            Assert.Equal(1, rule.Mean(z => Math.Pow(z, power)) / moment, 1e-12);
            Assert.Equal(0, rule.Mean(z => Math.Pow(z, power + 1)) / moment, 1e-9);
            moment *= power + 1; // (power + 1)!!
        }
    }

    [Fact]
    public void The_characteristic_function_is_a_Gaussian()
    {
        GaussHermite rule = new(128);
        foreach (double t in (double[])[0, 0.5, 1, 3])
            Assert.Equal(Math.Exp(-t * t / 2), rule.Mean(z => Math.Cos(t * z)), 1e-14);
    }

    [Fact]
    public void The_first_nodes_and_weights_are_the_known_ones()
    {
        GaussHermite rule = new(3);
        Assert.Equal([-Math.Sqrt(3), 0, Math.Sqrt(3)], rule.Nodes.ToArray(), new Near());
        Assert.Equal([1 / 6.0, 2 / 3.0, 1 / 6.0], Enumerable.Range(0, 3).Select(rule.Weight), new Near());
    }

    [Fact]
    public void Coefficients_are_those_of_the_Hermite_polynomials()
    {
        // z^3 = sqrt(6) h_3 + 3 h_1; exp(z) has c_k = sqrt(e / k!).
        GaussHermite rule = new(64);
        double[] cube = rule.Coefficients([.. rule.Nodes.ToArray().Select(z => z * z * z)], 6);
        Assert.Equal([0, 3, 0, Math.Sqrt(6), 0, 0], cube, new Near());
        double[] exp = rule.Coefficients([.. rule.Nodes.ToArray().Select(Math.Exp)], 12);
        double factorial = 1;
        for (int k = 0; k < 12; k++)
        {
            Assert.Equal(Math.Sqrt(Math.E / factorial), exp[k], 1e-13);
            factorial *= k + 1;
        }
    }

    [Fact]
    public void Orders_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussHermite(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussHermite(513));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussHermite(4).Coefficients(new double[3], 2));
    }

    private sealed class Near : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) < 1e-13;

        public int GetHashCode(double value) => 0;
    }
}
