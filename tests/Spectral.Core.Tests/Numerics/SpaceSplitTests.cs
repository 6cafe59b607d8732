using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// The bound of the angle between a computed information space and the exact one, against MathNet's SVD of matrices
/// that differ by a known perturbation.
/// </summary>
public sealed class SpaceSplitTests
{
    [Theory]
    [InlineData(0, 0.0)] // the zero space is exact
    [InlineData(1, 0.02040816326530612)] // 0.1 / (5 - 0.1)
    [InlineData(2, 0.1)] // 0.1 / (1.1 - 0.1)
    [InlineData(3, 1.0)] // a gap of twice the floor is none
    [InlineData(4, 1.0)] // neither is one of less
    [InlineData(5, 0.0714285714285714)] // 0.1 / (1.5 - 0.1): to the values that there are not
    public void The_bound_is_the_floor_over_what_is_left_of_the_gap(int rank, double bound)
    {
        SpaceSplit split = SpaceSplit.At(new([8, 3, 1.9, 1.7, 1.5], 0.1, 9, 5, "made"), rank, 1);
        Assert.Equal(bound, split.AngleBound, 1e-12);
        Assert.Equal(bound >= 1, split.CutsCluster);
    }

    [Fact]
    public void The_whole_space_is_exact_whatever_its_last_value()
    {
        Assert.Equal(0, SpaceSplit.At(new([1, 1e-9], 1e-3, 2, 5, "made"), 2, 1).AngleBound);
        Assert.Equal(1, SpaceSplit.At(new([1, 1e-9], 1e-3, 3, 2, "made"), 2, 1).AngleBound);
    }

    [Fact]
    public void The_bound_is_never_above_one_and_falls_with_the_gap()
    {
        double before = 1;
        for (double gap = 0.2001; gap < 3; gap *= 1.1)
        {
            double bound = SpaceSplit.At(new([4, 4 - gap], 0.1, 5, 9, "made"), 1, 1).AngleBound;
            Assert.InRange(bound, 0, before);
            before = bound;
        }

        Assert.InRange(before, 0.03, 0.04);
    }

    [Fact]
    public void A_rank_beyond_the_values_is_refused()
    {
        SingularSpectrum spectrum = new([2, 1], 0.1, 5, 2, "made");
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceSplit.At(spectrum, 3, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpaceSplit.At(spectrum, -1, 1));
        Assert.True(double.IsNaN(SpaceSplit.At(spectrum, 0, 1).Gap));
    }

    [Theory]
    [InlineData(9, 5)]
    [InlineData(5, 9)]
    [InlineData(6, 6)]
    public void No_perturbation_within_the_floor_turns_a_space_further_than_the_bound(int rows, int columns)
    {
        int compared = 0;
        for (ulong trial = 0; trial < 60; trial++)
        {
            RandomStream stream = new(trial, "tests/perturbation");
            Matrix<double> computed = Draw(stream, rows, columns);
            double floor = (trial % 3) switch { 0 => 1e-3, 1 => 0.03, _ => 0.2 };
            Matrix<double> error = Draw(stream, rows, columns);
            Matrix<double> exact = computed + (error * (floor / error.L2Norm()));
            compared += Compare(computed, exact, floor);
        }

        Assert.True(compared > 100, $"only {compared} splits were compared");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.45)]
    [InlineData(0.499)]
    public void The_worst_perturbation_of_a_gap_stays_within_the_bound(double part)
    {
        // In a plane the largest turn by ||E|| = e at a gap g is the angle t of sin 2t = 2e/g; e/g alone would not
        // bound its sine. The error lies in the plane of u_r and u_{r+1} only, its direction at the worst angle.
        double gap = 1, floor = part * gap, s = 2 * part, c = Math.Sqrt(1 - (s * s));
        Matrix<double> computed = Matrix<double>.Build.DenseOfDiagonalArray([3, 2, 0.5]);
        Matrix<double> error =
            Matrix<double>.Build.DenseOfArray(new[,] { { -s, c, 0 }, { c, s, 0 }, { 0, 0, 0 } }) * floor;
        Assert.Equal(floor, error.L2Norm(), 1e-12);
        double sine = Sine(computed, computed + error, 1);
        Assert.Equal(Math.Sin(0.5 * Math.Asin(s)), sine, 1e-10);
        Assert.True(sine > part);
        Assert.InRange(sine, 0, SpaceSplit.At(new([3, 2, 0.5], floor, 3, 3, "made"), 1, 1).AngleBound);
    }

    private static int Compare(Matrix<double> computed, Matrix<double> exact, double floor)
    {
        double[] sigma = [.. computed.Svd(false).S];
        SingularSpectrum spectrum = new([.. sigma], floor, computed.RowCount, computed.ColumnCount, "made");
        int compared = 0;
        for (int rank = 0; rank <= sigma.Length; rank++)
        {
            SpaceSplit split = SpaceSplit.At(spectrum, rank, 1);
            if (split.CutsCluster)
                continue;
            Assert.InRange(Sine(computed, exact, rank), 0, split.AngleBound + 1e-12);
            compared++;
        }

        return compared;
    }

    /// <summary>||(I - P) Q||, the sine of the largest angle between the spans of the first left vectors.</summary>
    private static double Sine(Matrix<double> one, Matrix<double> other, int rank)
    {
        if (rank == 0)
            return 0;
        Matrix<double> p = one.Svd(true).U.SubMatrix(0, one.RowCount, 0, rank);
        Matrix<double> q = other.Svd(true).U.SubMatrix(0, one.RowCount, 0, rank);
        return (q - (p * p.TransposeThisAndMultiply(q))).L2Norm();
    }

    private static Matrix<double> Draw(RandomStream stream, int rows, int columns) =>
        Matrix<double>.Build.Dense(rows, columns, (_, _) => stream.NextNormal());
}
