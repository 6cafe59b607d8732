using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// The largest singular values of a Jacobian J [nK, p] with their left vectors, and what is known of their accuracy
/// from the residuals r_s = ||G u_s - theta_s u_s||, G = J J^T, theta_s = sigma_s^2.
/// </summary>
/// <param name="Values">
/// sigma_1 >= sigma_2 >= ..., in units of J: as many as were asked for, or those above the trust floor where J has no
/// more.
/// </param>
/// <param name="Residuals">Upper bounds of r_s, rounding included, in units of J squared.</param>
/// <param name="Next">An upper estimate of the first value left out, from the basis; NaN where the basis says
/// nothing.</param>
/// <param name="TrustFloor">
/// sigma_1 sqrt(2 u max(nK, p)): below it J J^T does not tell a singular value from rounding, and none is given out.
/// </param>
/// <param name="Rows">nK.</param>
/// <param name="FrobeniusSquared">||J||_F^2, from J itself or from the trace of G.</param>
/// <param name="LeftVectors">U [nK, number of values], row-major, orthonormal columns, each with its largest entry
/// positive.</param>
/// <param name="Passes">Products with a block: passes over the data.</param>
/// <param name="IsConverged">Whether every value met the tolerance; where not, the residuals say how far each
/// is.</param>
/// <param name="OrthogonalizationTime">Time of Gram-Schmidt, QR and small eigenproblems.</param>
public sealed record TopSpectrum(
    ImmutableArray<double> Values,
    ImmutableArray<double> Residuals,
    double Next,
    double TrustFloor,
    int Rows,
    double FrobeniusSquared,
    ImmutableArray<double> LeftVectors,
    int Passes,
    bool IsConverged,
    TimeSpan OrthogonalizationTime)
{
    /// <summary>
    /// An upper bound of |sigma_s - the singular value of J that it stands for|: some eigenvalue of G lies within r_s
    /// of
    /// theta_s (Parlett, The Symmetric Eigenvalue Problem, 4.5), and |a - b| = |a^2 - b^2| / (a + b).
    /// </summary>
    /// <param name="index">s - 1.</param>
    public double ValueBound(int index) => (Residuals[index] + Rounding) / Values[index];

    /// <summary>
    /// An upper bound, in [0, 1], of the sine of the largest angle between span(u_1..u_r) and the exact one: the norm
    /// of
    /// the residuals over the gap to the next value (Davis and Kahan 1970, sin theta theorem). It takes for granted
    /// that
    /// no larger value was missed, which a random start block of more than k vectors rules out with probability 1.
    /// </summary>
    /// <param name="rank">r, 0 to the number of values.</param>
    /// <returns>1 where the gap is not resolved or nothing is known of the next value.</returns>
    public double AngleBound(int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, Values.Length);
        if (rank == 0 || rank == Rows)
            return 0;
        double below = rank < Values.Length ? (Values[rank] * Values[rank]) + Residuals[rank] : Next * Next;
        double gap = (Values[rank - 1] * Values[rank - 1]) - below - Rounding;
        double size = Math.Sqrt(Residuals.Take(rank).Sum(residual => residual * residual)) + Rounding;
        return gap > size ? size / gap : 1;
    }

    /// <summary>||J||_F^2 less the squares of all values given: the energy beyond them.</summary>
    public double EnergyBeyond => Math.Max(0, FrobeniusSquared - Values.Sum(value => value * value));

    private double Rounding => TrustFloor * TrustFloor;

    /// <summary>A vector v [nK] in the coordinates of the left vectors; what they do not span counts as
    /// outside.</summary>
    /// <exception cref="ArgumentException">The vector does not have nK elements.</exception>
    public ProjectedVector Project(ReadOnlySpan<double> vector)
    {
        if (vector.Length != Rows)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"a vector has {Rows} elements, got {vector.Length}"), nameof(vector));
        }

        int count = Values.Length;
        double[] coefficients = new double[count];
        ReadOnlySpan<double> left = LeftVectors.AsSpan();
        for (int row = 0; row < Rows; row++)
        {
            for (int s = 0; s < count; s++)
                coefficients[s] += left[(row * count) + s] * vector[row];
        }

        double outside = 0, norm = 0;
        for (int row = 0; row < Rows; row++)
        {
            double rest = vector[row];
            for (int s = 0; s < count; s++)
                rest -= left[(row * count) + s] * coefficients[s];
            outside += rest * rest;
            norm += vector[row] * vector[row];
        }

        return new ProjectedVector([.. coefficients], Math.Sqrt(outside), Math.Sqrt(norm));
    }
}
