namespace Spectral.Core.Numerics;

/// <summary>
/// A symmetric positive semidefinite matrix A of order d that is known by its products: a Gram matrix J J^T, or J^T J
/// with J's own products beside it. Vectors lie one behind the other in memory, [count, d] row-major.
/// </summary>
public abstract unsafe class SymmetricOperator
{
    /// <summary>d.</summary>
    public abstract int Order { get; }

    /// <summary>The rows of J where A = J^T J, so that J v comes with every product; 0 where A is all there
    /// is.</summary>
    public abstract int LeftRows { get; }

    /// <summary>
    /// The longer side of J, nK or p, where it is known, else d: rounding in A's entries grows with it.
    /// </summary>
    public abstract long LongestSide { get; }

    /// <summary>tr A = ||J||_F^2, the sum of all eigenvalues; NaN until a pass over the data has found it.</summary>
    public abstract double Trace { get; }

    /// <summary>Floating-point operations of one product with <paramref name="count"/> vectors.</summary>
    public abstract double Flops(int count);

    /// <summary>Bytes that one product with <paramref name="count"/> vectors needs beside them and their
    /// images.</summary>
    public abstract double ScratchBytes(int count);

    /// <summary>
    /// One pass: images = A v and, where there is a left side, left = J v. The bits do not depend on the number of
    /// threads.
    /// </summary>
    /// <param name="vectors">The vectors [count, d].</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="images">Receives A v, [count, d]; no part of the vectors.</param>
    /// <param name="left">Receives J v, [count, <see cref="LeftRows"/>]; null where there is no left side.</param>
    /// <param name="team">The threads.</param>
    /// <param name="progress">Told of the finished part of the pass, in [0, 1].</param>
    /// <param name="cancellation">Looked at between tasks.</param>
    /// <exception cref="ArgumentException">The matrix has NaN or infinite entries.</exception>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public abstract void Apply(
        double* vectors,
        int count,
        double* images,
        double* left,
        WorkerTeam team,
        IProgress<double> progress,
        CancellationToken cancellation);

    /// <summary>Memory for a block Krylov run's vectors, where this operator works on them.</summary>
    internal virtual KrylovVectors Vectors(KrylovSettings settings, WorkerTeam team) =>
        new HostKrylovVectors(this, settings, team);
}
