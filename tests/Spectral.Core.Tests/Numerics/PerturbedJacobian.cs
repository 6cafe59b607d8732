using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// A Jacobian and another one within a known distance: the other's decomposition is what a method with such errors
/// might find, and whatever it says of the first must hold.
/// </summary>
/// <param name="Exact">The Jacobian.</param>
/// <param name="Found">The one whose decomposition is at hand.</param>
internal sealed record PerturbedJacobian(Matrix<double> Exact, Matrix<double> Found)
{
    /// <summary>Normal entries, columns that fall by 0.6 each, and a perturbation of a spectral norm.</summary>
    public static PerturbedJacobian Of(int rows, int columns, ulong seed, double distance)
    {
        Matrix<double> exact = Normal(rows, columns, seed, "exact");
        for (int j = 0; j < columns; j++)
            exact.SetColumn(j, exact.Column(j) * Math.Pow(0.6, j));
        Matrix<double> apart = Normal(rows, columns, seed, "apart");
        return new(exact, exact + (apart * (distance / apart.L2Norm())));
    }

    /// <summary>How the spectrum is known: <c>direct</c>, <c>gram</c> or <c>partial</c>.</summary>
    public SingularSpectrum Spectrum(string kind)
    {
        double distance = (Exact - Found).L2Norm();
        double squared = ((Exact * Exact.Transpose()) - (Found * Found.Transpose())).L2Norm();
        double[] values = [.. Found.Svd().S];
        SingularSpectrum all = new([.. values], distance, Exact.RowCount, Exact.ColumnCount, kind);
        return kind switch
        {
            "direct" => all,
            "gram" => all with { SquareError = squared, TrustFloor = Math.Sqrt(squared) },
            _ => all with
            {
                Values = [.. values.Take(Partial)],
                SquareError = squared,
                TrustFloor = Math.Sqrt(squared),
                SquaredNorm = ExactValues.Sum(value => value * value),
                Next = values[Partial],
                Residuals = [.. new double[Partial]],
            },
        };
    }

    /// <summary>How many values a partial spectrum has.</summary>
    public const int Partial = 5;

    /// <summary>The Jacobian's singular values.</summary>
    public double[] ExactValues => [.. Exact.Svd(false).S];

    /// <summary>A vector's coordinates in the vectors that were found.</summary>
    public ProjectedVector Coordinates(Vector<double> vector, string kind)
    {
        int count = kind == "partial" ? Partial : Math.Min(Exact.RowCount, Exact.ColumnCount);
        Vector<double> all = Found.Svd().U.TransposeThisAndMultiply(vector);
        return new(
            [.. all.Take(count)], Math.Sqrt(all.Skip(count).Sum(entry => entry * entry)), vector.L2Norm());
    }

    /// <summary>A vector's coordinates in the Jacobian's own left vectors, all nK of them.</summary>
    public double[] ExactCoordinates(Vector<double> vector) => [.. Exact.Svd().U.TransposeThisAndMultiply(vector)];

    /// <summary>A normal vector of R^{nK}.</summary>
    public Vector<double> Vector(ulong seed) => Normal(Exact.RowCount, 1, seed, "vector").Column(0);

    private static Matrix<double> Normal(int rows, int columns, ulong seed, string name)
    {
        double[] draws = new double[rows * columns];
        new RandomStream(seed, "tests/" + name).FillNormal(draws);
        return Matrix<double>.Build.DenseOfRowMajor(rows, columns, draws);
    }
}
