using System.Collections.Immutable;
using Spectral.Core.Numerics;

namespace Spectral.Core.Execution;

/// <summary>
/// The Gram matrix from the layers' structure, and its eigenvalues. Every core works, and no bit depends on their
/// number.
/// </summary>
internal sealed class GramDecomposition : JacobianDecomposition
{
    /// <summary>The parts of the progress that the matrix and its eigenvalues take, about.</summary>
    private const double MatrixPart = 0.4;

    private readonly GramMatrix _gram;
    private readonly GramSpectrum _spectrum;
    private readonly EigenSettings _settings;

    /// <summary>Computes the matrix, checks it through another road, and decomposes it.</summary>
    /// <param name="source">The Jacobian.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <param name="seed">The seed of the check's random vectors.</param>
    /// <param name="threads">Workers.</param>
    /// <param name="tiles">Where finished tiles are kept until the whole matrix is there; null for nowhere.</param>
    /// <param name="progress">Told of the finished part, in [0, 1].</param>
    /// <param name="cancellation">Asks to stop.</param>
    public GramDecomposition(
        JacobianSource source,
        AlignedMatrix vectors,
        ulong seed,
        int threads,
        GramTileFolder? tiles,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        JacobianOperator jacobian = new(source, threads);
        _gram = jacobian.Gram(
            new GramOptions { Threads = threads, Tiles = tiles, Progress = new OfMatrix(progress) }, cancellation);
        try
        {
            SelfCheck = jacobian.Discrepancy(_gram, seed);
            _settings = new EigenSettings(threads, new OfEigenvalues(progress), cancellation);
            _spectrum = GramSpectrum.Decompose(
                _gram.Triangle,
                source.Shapes.Sum(block => block.Columns),
                vectors,
                _settings);
        }
        catch
        {
            _gram.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override SingularSpectrum Spectrum => _spectrum.Spectrum;

    /// <inheritdoc/>
    public override ImmutableArray<ProjectedVector> Vectors => _spectrum.Vectors;

    /// <inheritdoc/>
    public override double? SelfCheck { get; }

    /// <inheritdoc/>
    public override (double[] LeftVectors, ImmutableArray<ProjectedVector> Vectors) Leading(int rank)
    {
        if (rank == 0)
            return ([], Vectors);
        (AlignedMatrix left, ImmutableArray<ProjectedVector> vectors) = _spectrum.LeadingVectors(rank, _settings);
        using (left)
            return (left.ToArray(), vectors);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _spectrum.Dispose();
        _gram.Dispose();
    }

    private sealed class OfMatrix(IProgress<double> progress) : IProgress<GramProgress>
    {
        public void Report(GramProgress value)
        {
            double stage = (value.Stage == "tiles" ? 0.5 : 0) + (0.5 * value.Done / value.Total);
            progress.Report(MatrixPart * (value.Pass - 1 + stage) / value.Passes);
        }
    }

    private sealed class OfEigenvalues(IProgress<double> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(MatrixPart + ((1 - MatrixPart) * value));
    }
}
