using Spectral.Core.Randomness;

namespace Spectral.Core.Numerics;

/// <summary>
/// The vectors of a block Krylov run, v_0, v_1, ... of length d, and the left images J v of the first of them, where they are
/// computed with: in this process' memory or on a device. What is small enough to be looked at comes out as arrays,
/// row-major.
/// </summary>
internal abstract class KrylovVectors : IDisposable
{
    /// <summary>Draws vectors from a normal distribution, one after the other.</summary>
    public abstract void FillRandom(RandomStream stream, int first, int count);

    /// <summary>Applies the matrix to v_first.. into the vectors behind them, and writes their left images.</summary>
    /// <param name="first">The first vector.</param>
    /// <param name="count">How many; their images are v_(first + count)...</param>
    /// <param name="progress">Told of the finished part of the pass, in [0, 1].</param>
    /// <param name="cancellation">Looked at between tasks.</param>
    public abstract void Apply(int first, int count, IProgress<double> progress, CancellationToken cancellation);

    /// <summary>Makes vectors orthonormal in place; R [count, count], upper triangular, with z_j = sum_i R[i, j] q_i.</summary>
    public abstract double[] Factor(int first, int count);

    /// <summary>
    /// Takes the part of the first <paramref name="basis"/> vectors, which are orthonormal, out of the
    /// <paramref name="count"/> ones behind them; that part's coordinates C [basis, count].
    /// </summary>
    /// <param name="basis">How many, 0 or more.</param>
    /// <param name="count">1 or more.</param>
    /// <param name="passes">2, or 1 for vectors that hardly lean on the basis.</param>
    public abstract double[] Against(int basis, int count, int passes);

    /// <summary>Replaces v_first.. by <paramref name="made"/> combinations of <paramref name="count"/> of them.</summary>
    /// <param name="first">The first vector.</param>
    /// <param name="count">How many are combined.</param>
    /// <param name="coefficients">[count, made].</param>
    /// <param name="made">At most <paramref name="count"/>.</param>
    public abstract void Rotate(int first, int count, double[] coefficients, int made);

    /// <summary>The same with the left images of v_0...</summary>
    public abstract void RotateLeft(int count, double[] coefficients, int made);

    /// <summary>Copies vectors to an earlier place.</summary>
    public abstract void Move(int from, int to, int count);

    /// <summary>Combinations of the first vectors, [made, d].</summary>
    /// <param name="basis">How many are combined.</param>
    /// <param name="coefficients">[basis, made].</param>
    /// <param name="made">How many to make.</param>
    public abstract double[] Combine(int basis, double[] coefficients, int made);

    /// <summary>Eigenvalues and eigenvectors [size, size], as columns, of a symmetric matrix, descending.</summary>
    public abstract (double[] Values, double[] Vectors) Eigen(double[] matrix, int size);

    /// <summary>
    /// The SVD of the left images of the first <paramref name="count"/> vectors, as columns: singular values, right vectors as
    /// columns [count, r], left vectors as rows [r, nK].
    /// </summary>
    public abstract (double[] Sigma, double[] Right, double[] Left) DecomposeLeft(int count);

    /// <inheritdoc/>
    public abstract void Dispose();
}
