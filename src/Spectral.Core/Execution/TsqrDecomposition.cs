using System.Collections.Immutable;
using Spectral.Core.Numerics;

namespace Spectral.Core.Execution;

/// <summary>
/// J's columns streamed through a QR, layer by layer, and the triangle decomposed: as accurate as J itself, without J.
/// </summary>
internal sealed class TsqrDecomposition : JacobianDecomposition
{
    private readonly AlignedMatrix _left;

    /// <summary>Decomposes J. One pass over the examples for every layer with wanted columns.</summary>
    /// <param name="source">The Jacobian.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <param name="threads">Workers.</param>
    /// <param name="progress">Told of the finished part, in [0, 1].</param>
    /// <param name="cancellation">Asks to stop.</param>
    public TsqrDecomposition(
        JacobianSource source,
        AlignedMatrix vectors,
        int threads,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        (Spectrum, Vectors, _left) = TsqrSpectrum.Decompose(
            source.Rows,
            ColumnBlocks.Of(source, threads, progress, cancellation),
            vectors,
            new EigenSettings(threads, Cancellation: cancellation));
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
        int rows = (int)_left.Rows;
        double[] left = new double[(long)rows * rank];
        for (int row = 0; row < rows; row++)
        {
            for (int s = 0; s < rank; s++)
                left[((long)row * rank) + s] = _left[row, s];
        }

        return (left, Vectors);
    }

    /// <inheritdoc/>
    public override void Dispose() => _left.Dispose();
}
