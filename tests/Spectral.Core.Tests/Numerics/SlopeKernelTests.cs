using Spectral.Core.Layers;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>E phi'(u) phi'(v) against a plain two-dimensional quadrature, closed forms and random draws.</summary>
public sealed class SlopeKernelTests
{
    private static readonly double[] Correlations = [-1, -0.8, -0.3, 0, 1e-7, 0.5, 0.95, 1 - 1e-9, 1];

    private static readonly Dictionary<string, Activation> Smooth = new()
    {
        ["softplus"] = new Softplus(),
        ["tanh"] = new Tanh(),
        ["sigmoid"] = new Sigmoid(),
        ["silu"] = new Silu(),
        ["gelu"] = new Gelu(),
    };

    /// <summary>The smooth activations' names.</summary>
    public static TheoryData<string> Names { get; } = [.. Smooth.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mehler_s_series_is_the_quadrature_in_two_dimensions(string name)
    {
        // Norms 1 are the theory's; others are allowed. u = a z, v = b (rho z + sqrt(1 - rho^2) z').
        Activation activation = Smooth[name];
        double[] norms = [1, 1, 0.4, 1.7];
        PreparedSlopeKernel kernel = activation.Slopes.For(norms);
        GaussHermite rule = new(200);
        foreach ((int i, int j) in ((int, int)[])[(0, 1), (0, 2), (1, 3), (2, 3)])
        {
            foreach (double rho in Correlations)
            {
                double across = Math.Sqrt(1 - (rho * rho));
                double expected = rule.Mean(z => activation.Derivative(norms[i] * z) * rule.Mean(
                    other => activation.Derivative(norms[j] * ((rho * z) + (across * other)))));
                // 200 nodes are not exact where tanh's poles are near.
                Assert.Equal(expected, kernel.Value(i, j, rho), kernel.Error + 2e-9);
                Assert.InRange(kernel.Error, 0, 1e-6);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_of_norm_one_are_resolved_to_rounding(string name) =>
        Assert.InRange(Smooth[name].Slopes.For([1, 1]).Error, 0, 2e-12);

    [Fact]
    public void For_the_normal_distribution_as_a_slope_the_arcsine_law_holds()
    {
        // E Phi(u) Phi(v) = 1/4 + asin(cov / sqrt((1 + a^2)(1 + b^2))) / (2 pi): the closed form of erf kernels.
        double[] norms = [1, 1, 0.3, 2.5];
        PreparedSlopeKernel kernel =
            new SmoothSlopeKernel(x => Real.NormalDistribution(new Real(x)).Value).For(norms);
        foreach ((int i, int j) in ((int, int)[])[(0, 1), (0, 2), (1, 3), (2, 3)])
        {
            foreach (double rho in Correlations)
            {
                double product = norms[i] * norms[j] * rho;
                double sides = Math.Sqrt((1 + (norms[i] * norms[i])) * (1 + (norms[j] * norms[j])));
                double law = 0.25 + (Math.Asin(product / sides) / (2 * Math.PI));
                Assert.Equal(law, kernel.Value(i, j, rho), kernel.Error + 1e-14);
            }
        }
    }

    [Fact]
    public void A_stated_error_covers_the_real_one_where_the_series_is_too_short()
    {
        // Examples of norm 60 make the normal distribution nearly a step.
        PreparedSlopeKernel kernel =
            new SmoothSlopeKernel(x => Real.NormalDistribution(new Real(x)).Value).For([60, 60]);
        double worst = Correlations.Max(rho => Math.Abs(
            kernel.Value(0, 1, rho) - (0.25 + (Math.Asin(3600 * rho / 3601) / (2 * Math.PI)))));
        Assert.InRange(worst, 1e-6, kernel.Error);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.2, 1)]
    [InlineData(-1, 1)]
    public void A_kinked_slope_has_its_closed_form(double below, double above)
    {
        PreparedSlopeKernel kernel = new KinkedSlopeKernel(below, above).For([1, 3]);
        Assert.Equal(0, kernel.Error);
        Assert.Equal(0.5 * ((below * below) + (above * above)), kernel.Value(0, 1, 1), 1e-15);
        Assert.Equal(below * above, kernel.Value(0, 1, -1), 1e-15);
        RandomStream stream = new(3, "tests/pairs");
        const int draws = 200_000;
        double[] sums = new double[Correlations.Length];
        for (int draw = 0; draw < draws; draw++)
        {
            double z = stream.NextNormal(), other = stream.NextNormal();
            for (int c = 0; c < sums.Length; c++)
            {
                double v = (Correlations[c] * z) + (Math.Sqrt(1 - (Correlations[c] * Correlations[c])) * other);
                sums[c] += (z > 0 ? above : below) * (v > 0 ? above : below);
            }
        }

        // Each product is at most 1 in size: six standard deviations of the mean are at most 0.0134.
        Assert.All(Correlations.Zip(sums), pair =>
            Assert.Equal(pair.Second / draws, kernel.Value(0, 1, pair.First), 6 / Math.Sqrt(draws)));
    }

    [Fact]
    public void Relu_and_leaky_relu_have_the_slopes_of_their_formula()
    {
        Assert.Equal(1 / 3.0, new Relu().Slopes.For([1, 1]).Value(0, 1, 0.5), 1e-15); // (pi - acos 1/2) / (2 pi)
        LeakyRelu leaky = new(0.3);
        Assert.Equal(
            0.5 * (Math.Pow(leaky.Derivative(-2), 2) + Math.Pow(leaky.Derivative(2), 2)),
            leaky.Slopes.For([1, 1]).Value(0, 1, 1),
            1e-15);
    }
}
