using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// A Jacobian's full spectrum from its Gram matrix G = J J^T, the empirical NTK: sigma = sqrt(lambda). Much cheaper
/// than J's own decomposition where p is large, and blind below about 1e-8 sigma_1, because the squares drown in
/// rounding: hence the trust floor.
/// </summary>
public sealed class GramSpectrum : IDisposable
{
    /// <summary>
    /// The error of an eigenvalue that is allowed for, in units of u ||G||_F; at most 10.7 was measured.
    /// </summary>
    public const double ErrorFactor = 16;

    private readonly SymmetricEigen _eigen;
    private readonly AlignedMatrix _vectors;

    private GramSpectrum(
        SymmetricEigen eigen,
        AlignedMatrix vectors,
        SingularSpectrum spectrum,
        ImmutableArray<ProjectedVector> projected)
    {
        (_eigen, _vectors) = (eigen, vectors);
        Spectrum = spectrum;
        Vectors = projected;
    }

    /// <summary>Singular values of J, with the floor and what was negative.</summary>
    public SingularSpectrum Spectrum { get; }

    /// <summary>The given vectors in J's left singular vectors, in their order; signs are free.</summary>
    public ImmutableArray<ProjectedVector> Vectors { get; }

    /// <summary>
    /// The bound taken for the error of every eigenvalue of G: 16 u ||G||_F, for rounding in J, in G and in the
    /// eigenvalue stage together. Rounding errors of entries are in proportion to the entries and fall at random, hence
    /// the Frobenius norm; the factor is calibrated, not proved (docs/accuracy.md).
    /// </summary>
    /// <param name="frobeniusNorm">||G||_F.</param>
    public static double SquareError(double frobeniusNorm) => ErrorFactor * UnitRoundoff.Float64 * frobeniusNorm;

    /// <summary>Decomposes G in its place.</summary>
    /// <param name="gram">G: of each row i the elements j &lt;= i are read; overwritten, and needed until this is
    /// disposed.</param>
    /// <param name="rows">nK, at least 1.</param>
    /// <param name="stride">Elements from a row to the next.</param>
    /// <param name="parameters">p; J has min(nK, p) singular values.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <param name="settings">Threads, progress, cancellation.</param>
    /// <exception cref="ArithmeticException">G has NaN or infinite entries.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; G is destroyed.</exception>
    public static unsafe GramSpectrum Decompose(
        double* gram, int rows, long stride, long parameters, AlignedMatrix vectors, EigenSettings settings) =>
        Decompose(LowerTriangle.Of(gram, rows, stride), parameters, vectors, settings);

    /// <summary>Decomposes G in its place.</summary>
    /// <param name="gram">G [nK, nK]; overwritten, and needed until this is disposed.</param>
    /// <param name="parameters">p; J has min(nK, p) singular values.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <param name="settings">Threads, progress, cancellation.</param>
    /// <exception cref="ArithmeticException">G has NaN or infinite entries.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; G is destroyed.</exception>
    public static GramSpectrum Decompose(
        LowerTriangle gram, long parameters, AlignedMatrix vectors, EigenSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, 0);
        SymmetricEigen eigen = SymmetricEigen.Solve(gram, vectors, settings);
        int rows = (int)gram.Order;
        int rank = (int)Math.Min(rows, parameters);
        double error = SquareError(Math.Sqrt(eigen.Values.Sum(value => value * value)));
        ImmutableArray<double> sigma = [.. eigen.Values.Take(rank).Select(value => Math.Sqrt(Math.Max(0, value)))];
        SingularSpectrum spectrum = new(sigma, Math.Sqrt(error), rows, parameters, "gram")
        {
            SquareError = error,
            NegativeCount = eigen.Values.Count(value => value < 0),
            MostNegative = Math.Min(0, eigen.Values[^1]),
        };
        return new GramSpectrum(eigen, vectors.Copy(), spectrum, Project(eigen, vectors, rank));
    }

    /// <summary>
    /// The first q left singular vectors as columns [nK, q], the largest entry of each positive, and the given vectors
    /// with their first q coordinates taken from these: signs and the choice within clusters agree.
    /// </summary>
    /// <param name="count">q, 0 to min(nK, p).</param>
    /// <param name="settings">Threads and cancellation.</param>
    /// <remarks>See <see cref="SymmetricEigen.LeadingVectors"/> for the cost.</remarks>
    public (AlignedMatrix LeftVectors, ImmutableArray<ProjectedVector> Vectors) LeadingVectors(
        int count, EigenSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Spectrum.Values.Length);
        AlignedMatrix left = _eigen.LeadingVectors(count, settings);
        LeftProjection.FixSigns(left);
        using AlignedMatrix coefficients = LeftProjection.Coefficients(_vectors, left);
        return (left,
        [
            .. Vectors.Select((vector, j) => vector with
            {
                Coefficients =
                    [.. Enumerable.Range(0, count).Select(s => coefficients[j, s]), .. vector.Coefficients.Skip(count)],
            }),
        ]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _eigen.Dispose();
        _vectors.Dispose();
    }

    /// <summary>What lies on the nK - p eigenvectors beyond J's singular values is outside its range.</summary>
    private static ImmutableArray<ProjectedVector> Project(SymmetricEigen eigen, AlignedMatrix vectors, int rank)
    {
        int n = (int)vectors.Rows;
        return
        [
            .. Enumerable.Range(0, (int)vectors.Columns).Select(j => new ProjectedVector(
                [.. Enumerable.Range(0, rank).Select(s => eigen.Coefficients[j, s])],
                Math.Sqrt(Enumerable.Range(rank, n - rank)
                    .Sum(s => eigen.Coefficients[j, s] * eigen.Coefficients[j, s])),
                LeftProjection.ColumnNorm(vectors, j))),
        ];
    }
}
