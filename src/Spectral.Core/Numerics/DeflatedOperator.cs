using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// A symmetric matrix without some of its eigenvectors, (I - U U^T) A, for vectors that are orthogonal to U. Cost of a
/// product with b vectors: the matrix' own and 4 d b flops for each vector of U.
/// </summary>
/// <param name="matrix">A.</param>
/// <param name="vectors">U^T, orthonormal eigenvectors as rows [count, d]; its memory belongs to the caller.</param>
/// <param name="values">The roots of their eigenvalues.</param>
public sealed unsafe class DeflatedOperator(
    SymmetricOperator matrix, AlignedMatrix vectors, ImmutableArray<double> values) : SymmetricOperator
{
    /// <inheritdoc/>
    public override int Order => matrix.Order;

    /// <inheritdoc/>
    public override int LeftRows => matrix.LeftRows;

    /// <inheritdoc/>
    public override long LongestSide => matrix.LongestSide;

    /// <inheritdoc/>
    public override double Trace => matrix.Trace - values.Sum(value => value * value);

    /// <inheritdoc/>
    public override double Flops(int count) => matrix.Flops(count) + (4.0 * vectors.Rows * Order * count);

    /// <inheritdoc/>
    public override double ScratchBytes(int count) => matrix.ScratchBytes(count);

    /// <inheritdoc/>
    public override void Apply(
        double* block,
        int count,
        double* images,
        double* left,
        WorkerTeam team,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        matrix.Apply(block, count, images, left, team, progress, cancellation);
        _ = Orthogonalization.Against(vectors.Pointer, (int)vectors.Rows, images, count, Order, team, passes: 1);
    }
}
