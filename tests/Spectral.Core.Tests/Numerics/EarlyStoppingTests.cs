using System.Collections.Immutable;
using FsCheck.Xunit;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Definition 6.1, lemma 6.2 and corollary 6.6 of arXiv:1906.05392v2 on spectra and linear models.</summary>
public sealed class EarlyStoppingTests
{
    [Fact]
    public void All_numbers_are_their_sums()
    {
        // sigma 8, 4, 1; r = (3, 4, 12) and nothing outside; alpha 2, Gamma 3: r = 2.
        EarlyStopping found = Of([8, 4, 1], 2, 3, 0, 3, 4, 12);
        Assert.Equal(2, found.Split.Rank);
        Assert.Equal((13, 5, 12), (found.Norm, found.Information.Value, found.Nuisance.Value));
        Assert.Equal(Math.Sqrt((9 / 64.0) + (16 / 16.0)), found.Inverse.Value, 1e-15);
        double value = Math.Sqrt((4 * 9 / 64.0) + (4 * 16 / 16.0) + (9 * 144 / 4.0));
        Assert.Equal(value, found.Value.Value, 1e-13);
        Assert.Equal(value / 2, found.Distance.Value, 1e-13);
        Assert.Equal(found.Inverse.Value + (1.5 * 12), found.DistanceBound.Value, 1e-13);
    }

    [Fact]
    public void A_part_outside_the_range_is_nuisance_and_does_not_move_the_parameters()
    {
        EarlyStopping found = Of([8, 4, 1], 2, 3, 5, 3, 4, 12);
        Assert.Equal(13, found.Nuisance.Value, 1e-14);
        Assert.Equal(Of([8, 4, 1], 2, 3, 0, 3, 4, 12).Value.Value, found.Value.Value, 1e-13);
    }

    [Fact]
    public void An_information_space_of_nothing_has_no_inverse()
    {
        EarlyStopping found = Of([8, 4, 1], 9, 1, 0, 3, 4, 12);
        Assert.Equal(Enclosure.Exact(0), found.Inverse);
        Assert.Equal(Math.Sqrt((64 * 9) + (16 * 16) + 144) / 9, found.Value.Value, 1e-13);
    }

    [Property(MaxTest = 300)]
    public void Lemma_6_2_bounds_the_value_from_below_and_above(ulong seed)
    {
        RandomStream stream = new(seed, "tests/early-stopping");
        int count = 1 + stream.NextIndex(9);
        double[] sigma =
            [.. Enumerable.Range(0, count).Select(_ => Math.Exp(2 * stream.NextNormal())).OrderDescending()];
        double[] parts = [.. sigma.Select(_ => stream.NextNormal())];
        double alpha = sigma[stream.NextIndex(count)] * (0.5 + stream.NextUniform());
        double gamma = 1 + (4 * stream.NextUniform());
        EarlyStopping found = Of(sigma, alpha, gamma, stream.NextUniform(), parts);
        double information = found.Information.Value, nuisance = found.Nuisance.Value;
        double upper = Math.Sqrt((information * information) + (gamma * gamma * nuisance * nuisance));
        Assert.InRange(found.Value.Value, (alpha / sigma[0] * information) - 1e-12, upper + 1e-12);
        Assert.InRange(upper, 0, (gamma * found.Norm) + 1e-12);
        Assert.InRange(found.Distance.Value, 0, found.DistanceBound.Value + (1e-12 / alpha));
        Assert.All((Enclosure[])[found.Information, found.Nuisance, found.Inverse, found.Value], part =>
            Assert.True(0 <= part.Lower && part.Lower <= part.Value && part.Value <= part.Upper));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Corollary_6_6_holds_for_gradient_descent_on_a_linear_model(ulong seed)
    {
        RandomStream stream = new(seed, "tests/linear-model");
        Matrix<double> j = Matrix<double>.Build.Dense(12, 9, (i, k) => stream.NextNormal() * Math.Pow(0.5, k));
        Vector<double> start = Vector<double>.Build.Dense(12, _ => stream.NextNormal());
        var svd = j.Svd();
        double alpha = 0.5 * (svd.S[3] + svd.S[4]), eta = 1 / Math.Pow(svd.S[0], 2);
        const double gamma = 2;
        ImmutableArray<double> parts = [.. (svd.U.Transpose() * start).Take(9)];
        double outside = Math.Sqrt((svd.U.Transpose() * start).Skip(9).Sum(part => part * part));
        SingularSpectrum spectrum = new([.. svd.S], 1e-13, 12, 9, "made");
        EarlyStopping found = EarlyStopping.Of(
            spectrum, SpaceSplit.At(spectrum, 4, alpha), new ProjectedVector(parts, outside, start.L2Norm()), gamma);

        Vector<double> theta = Vector<double>.Build.Dense(9);
        int steps = (int)Math.Ceiling(gamma / (eta * alpha * alpha));
        for (int step = 0; step < steps; step++)
            theta -= eta * (j.Transpose() * ((j * theta) + start));
        double left = ((j * theta) + start).L2Norm();
        double promised = (Math.Exp(-gamma) * found.Information.Value) + found.Nuisance.Value;
        Assert.InRange(left, found.Nuisance.Value * 0.1, promised + 1e-12);

        // The distance is promised up to T, which lies within the last step.
        theta = Vector<double>.Build.Dense(9);
        for (int step = 0; step < steps - 1; step++)
            theta -= eta * (j.Transpose() * ((j * theta) + start));
        Assert.InRange(theta.L2Norm(), 0.2 * found.Distance.Value, found.Distance.Value + 1e-12);
    }

    [Fact]
    public void A_partial_spectrum_leaves_the_value_open_and_its_interval_holds_the_exact_one()
    {
        double[] sigma = [8, 4, 1.5, 1, 0.5, 0.1], parts = [3, 4, 5, 6, 7, 8];
        EarlyStopping exact = Of(sigma, 2, 3, 2, parts);
        SingularSpectrum partial = new([8, 4, 1.5], 1e-9, 12, 6, "krylov")
        {
            SquaredNorm = sigma.Sum(value => value * value),
            Next = 1.01,
            SquareError = 1e-18,
        };
        double outside = Math.Sqrt(parts[3..].Sum(part => part * part) + 4);
        EarlyStopping found = EarlyStopping.Of(
            partial, SpaceSplit.At(partial, 2, 2), new ProjectedVector([3, 4, 5], outside, exact.Norm), 3);
        Assert.Equal(exact.Nuisance.Value, found.Nuisance.Value, 1e-13);
        Assert.Equal(exact.Inverse.Value, found.Inverse.Value, 1e-13);
        Assert.True(double.IsNaN(found.Value.Value));
        Assert.InRange(exact.Value.Value, found.Value.Lower, found.Value.Upper);
        Assert.InRange(found.Value.Upper, exact.Value.Value, 3 * exact.Value.Value);
    }

    [Fact]
    public void Intervals_hold_what_an_error_of_the_Jacobian_changes()
    {
        RandomStream stream = new(7, "tests/perturbed");
        Matrix<double> j = Matrix<double>.Build.Dense(10, 8, (i, k) => stream.NextNormal() * Math.Pow(0.6, k));
        Vector<double> residual = Vector<double>.Build.Dense(10, _ => stream.NextNormal());
        const double error = 1e-4;
        for (int trial = 0; trial < 40; trial++)
        {
            Matrix<double> noise = Matrix<double>.Build.Dense(10, 8, (_, _) => stream.NextNormal());
            Matrix<double> other = j + (error / noise.L2Norm() * noise);
            EarlyStopping one = Decomposed(j, residual, error), two = Decomposed(other, residual, error);
            Assert.All(
                (IEnumerable<(Enclosure, Enclosure)>)[
                    (one.Information, two.Information), (one.Nuisance, two.Nuisance),
                    (one.Inverse, two.Inverse), (one.Value, two.Value),
                ],
                pair => Assert.InRange(pair.Item2.Value, pair.Item1.Lower, pair.Item1.Upper));
        }
    }

    private static EarlyStopping Decomposed(Matrix<double> j, Vector<double> residual, double floor)
    {
        var svd = j.Svd();
        Vector<double> parts = svd.U.Transpose() * residual;
        SingularSpectrum spectrum = new([.. svd.S], floor, j.RowCount, j.ColumnCount, "made");
        return EarlyStopping.Of(
            spectrum,
            SpaceSplit.At(spectrum, 3, 0.9 * svd.S[2]),
            new ProjectedVector(
                [.. parts.Take(j.ColumnCount)],
                Math.Sqrt(parts.Skip(j.ColumnCount).Sum(part => part * part)),
                residual.L2Norm()),
            2);
    }

    private static EarlyStopping Of(double[] sigma, double alpha, double gamma, double outside, params double[] parts)
    {
        SingularSpectrum spectrum = new([.. sigma], 1e-15 * sigma[0], 12, sigma.Length, "made");
        double norm = Math.Sqrt(parts.Sum(part => part * part) + (outside * outside));
        return EarlyStopping.Of(
            spectrum,
            SpaceSplit.At(spectrum, sigma.Count(value => value >= alpha), alpha),
            new ProjectedVector([.. parts], outside, norm),
            gamma);
    }
}
