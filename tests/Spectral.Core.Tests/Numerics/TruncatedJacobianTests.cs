using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>What a perturbed decomposition says of a Jacobian, against sums over the Jacobian's own.</summary>
public sealed class TruncatedJacobianTests
{
    [Theory]
    [InlineData("direct", 9, 14)]
    [InlineData("direct", 14, 9)]
    [InlineData("gram", 9, 14)]
    [InlineData("gram", 14, 9)]
    [InlineData("partial", 9, 14)]
    [InlineData("partial", 14, 9)]
    public void The_ends_hold_for_the_exact_Jacobian(string kind, int rows, int columns)
    {
        foreach (double distance in new[] { 1e-2, 1e-5 })
        {
            for (ulong seed = 1; seed <= 20; seed++)
            {
                PerturbedJacobian jacobian = PerturbedJacobian.Of(rows, columns, seed, distance);
                Vector<double> vector = jacobian.Vector(seed);
                SingularSpectrum spectrum = jacobian.Spectrum(kind);
                ProjectedVector found = jacobian.Coordinates(vector, kind);
                for (int rank = 0; rank <= spectrum.TrustedCount; rank++)
                {
                    double alpha = rank == 0 ? 2 * spectrum.Largest : spectrum.Values[rank - 1];
                    TruncatedJacobian truncated = new(spectrum, SpaceSplit.At(spectrum, rank, alpha));
                    (double inverse, double gradient) = Exact(jacobian, vector, rank);
                    Inside(inverse, truncated.PseudoInverse(found));
                    Inside(gradient, truncated.NuisanceGradient(found));
                    double stopping = Math.Sqrt(Math.Pow(alpha * inverse, 2) + Math.Pow(3 * gradient / alpha, 2));
                    Inside(stopping, truncated.EarlyStoppingValue(found, 3));
                }
            }
        }

        void Inside(double exact, Enclosure found)
        {
            Assert.InRange(exact, found.Lower * (1 - 1e-12), found.Upper * (1 + 1e-12));
            if (!double.IsNaN(found.Value))
                Assert.InRange(found.Value, found.Lower, found.Upper * (1 + 1e-12));
        }
    }

    [Theory]
    [InlineData("direct")]
    [InlineData("gram")]
    public void The_ends_close_in_on_the_value_as_errors_vanish(string kind)
    {
        PerturbedJacobian jacobian = PerturbedJacobian.Of(9, 14, 3, 1e-10);
        Vector<double> vector = jacobian.Vector(3);
        SingularSpectrum spectrum = jacobian.Spectrum(kind);
        ProjectedVector found = jacobian.Coordinates(vector, kind);
        SpaceSplit split = SpaceSplit.At(spectrum, 4, spectrum.Values[3]);
        (double inverse, double gradient) = Exact(jacobian, vector, 4);
        foreach ((Enclosure bound, double exact) in new[]
        {
            (new TruncatedJacobian(spectrum, split).PseudoInverse(found), inverse),
            (new TruncatedJacobian(spectrum, split).NuisanceGradient(found), gradient),
        })
        {
            Assert.Equal(exact, bound.Value, 1e-8 * exact);
            Assert.InRange(bound.Upper - bound.Lower, 0, 1e-7 * exact);
        }
    }

    [Fact]
    public void A_partial_spectrum_knows_the_pseudo_inverse_and_only_ends_of_the_rest()
    {
        PerturbedJacobian jacobian = PerturbedJacobian.Of(9, 14, 5, 1e-9);
        SingularSpectrum spectrum = jacobian.Spectrum("partial");
        ProjectedVector found = jacobian.Coordinates(jacobian.Vector(5), "partial");
        TruncatedJacobian truncated = new(spectrum, SpaceSplit.At(spectrum, 3, spectrum.Values[2]));
        Assert.Equal(Exact(jacobian, jacobian.Vector(5), 3).Inverse, truncated.PseudoInverse(found).Value, 1e-7);
        Assert.True(double.IsNaN(truncated.NuisanceGradient(found).Value));
        Assert.True(double.IsNaN(truncated.EarlyStoppingValue(found, 1).Value));
        Assert.True(truncated.EarlyStoppingValue(found, 1).Upper < 100 * truncated.EarlyStoppingValue(found, 1).Lower);
    }

    [Fact]
    public void A_cut_cluster_leaves_the_pseudo_inverse_between_0_and_the_norm_over_sigma_r()
    {
        SingularSpectrum spectrum = new([8, 4, 4 - 0.015], 0.01, 12, 3, "made");
        Enclosure found = new TruncatedJacobian(spectrum, SpaceSplit.At(spectrum, 2, 4))
            .PseudoInverse(new([3, 4, 0], 12, 13));
        Assert.Equal(Math.Sqrt((9 / 64.0) + 1), found.Value, 1e-15);
        Assert.Equal(0, found.Lower);
        Assert.Equal(13 / 3.99, found.Upper, 1e-12);
    }

    [Fact]
    public void An_empty_information_space_has_no_pseudo_inverse_and_the_whole_gradient()
    {
        SingularSpectrum spectrum = new([8, 4, 1], 0.001, 12, 3, "made");
        TruncatedJacobian truncated = new(spectrum, SpaceSplit.At(spectrum, 0, 16));
        ProjectedVector vector = new([3, 4, 2], 12, Math.Sqrt(173));
        Assert.Equal(Enclosure.Exact(0), truncated.PseudoInverse(vector));
        Assert.Equal(Math.Sqrt(576 + 256 + 4), truncated.NuisanceGradient(vector).Value, 1e-13);
        Assert.Equal(2 * Math.Sqrt(836) / 16, truncated.EarlyStoppingValue(vector, 2).Value, 1e-13);
    }

    private static (double Inverse, double Gradient) Exact(PerturbedJacobian jacobian, Vector<double> vector, int rank)
    {
        double[] sigma = jacobian.ExactValues, coordinates = jacobian.ExactCoordinates(vector);
        double inverse = 0, gradient = 0;
        for (int s = 0; s < sigma.Length; s++)
        {
            if (s < rank)
                inverse += Math.Pow(coordinates[s] / sigma[s], 2);
            else
                gradient += Math.Pow(coordinates[s] * sigma[s], 2);
        }

        return (Math.Sqrt(inverse), Math.Sqrt(gradient));
    }
}
