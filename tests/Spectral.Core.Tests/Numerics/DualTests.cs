using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Dual numbers against derivatives that were worked out by hand.</summary>
public sealed class DualTests
{
    private static readonly Dictionary<
        string, (Func<Dual, Dual> F, Func<double, double> First, Func<double, double> Second)> Cases = new()
        {
            ["a cube"] = (x => x * x * x, x => 3 * x * x, x => 6 * x),
            ["a quotient"] = (
                x => x / (Dual.Of(1) + (x * x)),
                x => (1 - (x * x)) / Math.Pow(1 + (x * x), 2),
                x => 2 * x * ((x * x) - 3) / Math.Pow(1 + (x * x), 3)),
            ["a difference and a sign"] = (x => -(Dual.Of(2) - (x * x)), x => 2 * x, _ => 2),
            ["exp of a square"] = (
                x => Dual.Exp(x * x), x => 2 * x * Math.Exp(x * x), x => (2 + (4 * x * x)) * Math.Exp(x * x)),
            ["log of one and a square"] = (
                x => Dual.LogOnePlus(x * x),
                x => 2 * x / (1 + (x * x)),
                x => (2 - (2 * x * x)) / Math.Pow(1 + (x * x), 2)),
            ["tanh of a multiple"] = (
                x => Dual.Tanh(Dual.Of(3) * x),
                x => 3 / Math.Pow(Math.Cosh(3 * x), 2),
                x => -18 * Math.Tanh(3 * x) / Math.Pow(Math.Cosh(3 * x), 2)),
            ["the normal distribution of a multiple"] = (
                x => Dual.NormalDistribution(Dual.Of(2) * x),
                x => 2 * Math.Exp(-2 * x * x) / Math.Sqrt(2 * Math.PI),
                x => -8 * x * Math.Exp(-2 * x * x) / Math.Sqrt(2 * Math.PI)),
        };

    /// <summary>The cases' names.</summary>
    public static TheoryData<string> Names { get; } = [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Diff_and_diff2_are_the_derivatives(string name)
    {
        (Func<Dual, Dual> f, Func<double, double> first, Func<double, double> second) = Cases[name];
        foreach (double x in (double[])[-1.75, -0.5, 0, 1e-3, 0.7, 2.25])
        {
            Assert.Equal(first(x), Differentiation.Diff(f, x), 1e-14 * (1 + Math.Abs(first(x))));
            Assert.Equal(second(x), Differentiation.Diff2(f, x), 2e-14 * (1 + Math.Abs(second(x))));
        }
    }

    [Fact]
    public void A_constant_has_no_derivatives_and_values_are_those_of_real_numbers()
    {
        Assert.Equal(new Dual(4, 0, 0), Dual.Of(4));
        foreach (double x in (double[])[-3, -1e-12, 0.25, 5])
        {
            Assert.Equal(Real.Exp(new(x)).Value, Dual.Exp(Dual.Variable(x)).Value);
            Assert.Equal(Real.Tanh(new(x)).Value, Dual.Tanh(Dual.Variable(x)).Value);
            Assert.Equal(Real.NormalDistribution(new(x)).Value, Dual.NormalDistribution(Dual.Variable(x)).Value);
            Assert.Equal(x > 0, Dual.IsPositive(Dual.Variable(x)));
        }
    }

    [Fact]
    public void The_logarithm_keeps_its_digits_near_one()
    {
        // log(1 + x) = x - x^2/2 + x^3/3; the library's log of a rounded 1 + x has none of them at 1e-17.
        foreach (double x in (double[])[1e-17, 3e-12, -2e-9, 1e-6])
            Assert.Equal(1, Real.LogOnePlus(new(x)).Value / (x - (x * x / 2) + (x * x * x / 3)), 1e-15);
        Assert.Equal(Math.Log(3.5), Real.LogOnePlus(new(2.5)).Value, 1e-15);
    }
}
