using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// The singular values of a Jacobian J [nK, p] with what is known of their accuracy. Values are absolute, in units of J
/// (output per unit of parameter), never squared; the empirical NTK's eigenvalues are their squares.
/// </summary>
/// <param name="Values"> All min(nK, p) singular values, or the largest of them; descending, as computed; below the
/// trust floor they are noise. </param>
/// <param name="TrustFloor">Values under this bound on the absolute error say no more than "smaller than the
/// floor".</param>
/// <param name="Rows">nK.</param>
/// <param name="Columns">p, the number of parameters.</param>
/// <param name="Method">How it was computed, such as <c>direct</c>.</param>
public sealed record SingularSpectrum(
    ImmutableArray<double> Values, double TrustFloor, long Rows, long Columns, string Method)
{
    /// <summary>
    /// What an eigenvalue of the Gram matrix may be off by in proportion to itself, beside <see cref="SquareError"/>:
    /// the eigenvalue stage's reflections are orthogonal to a few u only. Calibrated, docs/accuracy.md.
    /// </summary>
    public const double RelativeSquareError = 32 * UnitRoundoff.Float64;

    /// <summary>
    /// Where the values are roots of the Gram matrix' eigenvalues: the bound of those eigenvalues' absolute error, the
    /// square of the trust floor. 0 where J itself was decomposed.
    /// </summary>
    public double SquareError { get; init; }

    /// <summary>How many eigenvalues of the Gram matrix came out negative and were taken as 0.</summary>
    public int NegativeCount { get; init; }

    /// <summary>
    /// The most negative eigenvalue of the Gram matrix, in squared units of J; 0 where there is none.
    /// </summary>
    public double MostNegative { get; init; }

    /// <summary>
    /// Where only the largest values were computed, from residuals: an upper bound of ||G u_s - sigma_s^2 u_s|| for
    /// each of them, in squared units of J. Empty otherwise.
    /// </summary>
    public ImmutableArray<double> Residuals { get; init; } = [];

    /// <summary>
    /// Where only the largest values were computed: an upper estimate of the first value left out; NaN where nothing is
    /// known of it.
    /// </summary>
    public double Next { get; init; } = double.NaN;

    /// <summary>Whether every value met the method's tolerance; where not, the residuals say how far each is.</summary>
    public bool IsConverged { get; init; } = true;

    /// <summary>Where only the largest values were computed: ||J||_F^2, from J itself.</summary>
    public double? SquaredNorm { get; init; }

    /// <summary>Whether all min(nK, p) values are here.</summary>
    public bool IsComplete => SquaredNorm is null || Values.Length == Math.Min(Rows, Columns);

    /// <summary>How many values lie at or above the trust floor: the numerical rank. A zero never does.</summary>
    public int TrustedCount => Values.Count(value => value >= TrustFloor && value > 0);

    /// <summary>The largest singular value, ||J||; 0 where there is none.</summary>
    public double Largest => Values.IsEmpty ? 0 : Values[0];

    /// <summary>||J||_F, the root of the sum of squares.</summary>
    public double FrobeniusNorm => Math.Sqrt(SquaredNorm ?? Values.Sum(value => value * value));

    /// <summary>
    /// What <see cref="FrobeniusNorm"/> is off by: errors of all values add up as squares; those of squares, from a
    /// Gram matrix, as they are.
    /// </summary>
    public double FrobeniusError => SquareError > 0 && FrobeniusNorm > 0
        ? Values.Length * SquareError / FrobeniusNorm
        : TrustFloor * Math.Sqrt(Values.Length);

    /// <summary>
    /// The bound of one value's absolute error. From J itself it is the trust floor for every value; from the Gram matrix an
    /// eigenvalue within d of sigma^2 is a singular value within sigma - sqrt(sigma^2 - d), about d / (2 sigma): the floor
    /// at the floor and far less above it. Residuals add to d.
    /// </summary>
    /// <param name="index">s - 1, from 0.</param>
    public double ErrorOf(int index)
    {
        double value = Values[index], error = SquareError + (Residuals.IsEmpty ? 0 : Residuals[index]);
        return SquareError > 0 && value * value > error
            ? (error / (value + Math.Sqrt((value * value) - error))) + (RelativeSquareError * value)
            : Math.Max(TrustFloor, Math.Sqrt(error));
    }
}
