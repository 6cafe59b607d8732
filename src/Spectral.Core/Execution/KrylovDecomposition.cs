using System.Collections.Immutable;
using Spectral.Core.Numerics;

namespace Spectral.Core.Execution;

/// <summary>
/// The largest singular values by block Krylov over tiles of rows. Every core works, and no bit depends on their
/// number.
/// </summary>
internal sealed class KrylovDecomposition : JacobianDecomposition
{
    private readonly TopSpectrum _top;

    /// <summary>Computes the largest values and their left vectors, on the CPU.</summary>
    /// <param name="rows">The Jacobian's rows.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <param name="count">How many values, 1 to min(nK, p).</param>
    /// <param name="seed">The seed of the start block.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="progress">Told of the finished part of what is expected, in [0, 1].</param>
    /// <param name="cancellation">Asks to stop.</param>
    public KrylovDecomposition(
        RowTiles rows,
        AlignedMatrix vectors,
        int count,
        ulong seed,
        int threads,
        IProgress<double> progress,
        CancellationToken cancellation)
        : this(new RowTileOperator(rows), 0, vectors, count, seed, threads, progress, cancellation)
    {
    }

    /// <summary>Computes the largest values and their left vectors.</summary>
    /// <param name="matrix">J^T J with J's products; disposed of, where it can be.</param>
    /// <param name="rounding">What J's rows are off by beyond binary64's rounding, in parts of ||J||_F; 0 for nothing.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <param name="count">How many values, 1 to min(nK, p).</param>
    /// <param name="seed">The seed of the start block.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="progress">Told of the finished part of what is expected, in [0, 1].</param>
    /// <param name="cancellation">Asks to stop.</param>
    public KrylovDecomposition(
        SymmetricOperator matrix,
        double rounding,
        AlignedMatrix vectors,
        int count,
        ulong seed,
        int threads,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        using WorkerTeam team = new(threads);
        using IDisposable? disposable = matrix as IDisposable;
        _top = BlockKrylov.Compute(
            matrix, KrylovSettings.For(count, seed), team, new OfPasses(progress), cancellation);
        // Singular values move by no more than the norm of what J is off by, and G u by twice that times ||J||.
        double off = rounding * Math.Sqrt(_top.FrobeniusSquared), floor = Math.Max(_top.TrustFloor, off);
        double largest = _top.Values.IsEmpty ? 0 : _top.Values[0];
        // The rounding of J^T J's entries, beside the residuals.
        Spectrum = new SingularSpectrum(_top.Values, floor, matrix.LeftRows, matrix.Order, SpectrumMethod.Krylov)
        {
            SquareError = floor * floor,
            Residuals = [.. _top.Residuals.Select(residual => residual + (2 * off * largest))],
            Next = _top.Next,
            SquaredNorm = _top.FrobeniusSquared,
            IsConverged = _top.IsConverged,
        };
        Vectors = [.. Enumerable.Range(0, (int)vectors.Columns).Select(index => _top.Project(vectors.Column(index)))];
    }

    /// <inheritdoc/>
    public override SingularSpectrum Spectrum { get; }

    /// <inheritdoc/>
    public override ImmutableArray<ProjectedVector> Vectors { get; }

    /// <inheritdoc/>
    public override bool HoldsLeftVectors => true;

    /// <inheritdoc/>
    public override (double[] LeftVectors, ImmutableArray<ProjectedVector> Vectors) Leading(int rank)
    {
        int count = _top.Values.Length, rows = _top.Rows;
        double[] left = new double[(long)rows * rank];
        for (int row = 0; row < rows; row++)
            _top.LeftVectors.AsSpan(row * count, rank).CopyTo(left.AsSpan(row * rank, rank));
        return (left, Vectors);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private sealed class OfPasses(IProgress<double> progress) : IProgress<KrylovProgress>
    {
        // Passes come to an end when all pairs have converged; eight are usual.
        public void Report(KrylovProgress value) => progress.Report(Math.Min(0.99, (value.Pass - 1 + value.Part) / 8));
    }
}
