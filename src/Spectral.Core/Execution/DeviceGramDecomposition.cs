using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// The Gram matrix on a device and its eigenvalues there; where the device's solver fails or has no room, G is taken to the
/// CPU's engine.
/// </summary>
internal sealed class DeviceGramDecomposition : JacobianDecomposition
{
    private const double MatrixPart = 0.5;

    private readonly DeviceSpectrum? _here;
    private readonly GramSpectrum? _elsewhere;
    private readonly GramMatrix? _copy;
    private readonly EigenSettings _settings;
    private bool _isRepeatable = true;

    /// <summary>Computes the matrix, checks it through another road, and decomposes it.</summary>
    /// <param name="source">The Jacobian, with its factors on the device.</param>
    /// <param name="tiling">How much at once.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <param name="seed">The seed of the check's random vectors.</param>
    /// <param name="threads">Workers of the CPU's engine, where it takes over.</param>
    /// <param name="told">Told of what did not go as planned.</param>
    /// <param name="progress">Told of the finished part, in [0, 1].</param>
    /// <param name="cancellation">Asks to stop.</param>
    public DeviceGramDecomposition(
        JacobianSource source,
        DeviceTiling tiling,
        AlignedMatrix vectors,
        ulong seed,
        int threads,
        Action<string> told,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        using IDisposable scope = NewDisposeScope();
        _settings = new EigenSettings(threads, Cancellation: cancellation);
        DeviceGram device = new(source, tiling, Tell);
        Tensor gram = device.Compute(new OfMatrix(progress), cancellation);
        SelfCheck = device.Discrepancy(gram, seed, cancellation);
        ScalarType type = source.Shapes[0].Factors[0].dtype;
        long parameters = source.Shapes.Sum(block => block.Columns);
        try
        {
            _here = DeviceSpectrum.Decompose(gram, type, parameters, vectors);
        }
        catch (ExternalException failure) when (type == ScalarType.Float64)
        {
            Tell($"the eigenvalues are the CPU's, for the device's solver failed: {failure.Message.Split('\n')[0]}");
            _copy = GramMatrix.Of(gram);
            try
            {
                _elsewhere = GramSpectrum.Decompose(_copy.Triangle, parameters, vectors, _settings);
            }
            catch
            {
                _copy.Dispose();
                throw;
            }
        }

        void Tell(string what)
        {
            _isRepeatable = false;
            told(what);
        }
    }

    /// <inheritdoc/>
    public override SingularSpectrum Spectrum => _here?.Spectrum ?? _elsewhere!.Spectrum;

    /// <inheritdoc/>
    public override ImmutableArray<ProjectedVector> Vectors => _here?.Vectors ?? _elsewhere!.Vectors;

    /// <inheritdoc/>
    public override double? SelfCheck { get; }

    /// <inheritdoc/>
    public override bool IsRepeatable => _isRepeatable;

    /// <inheritdoc/>
    public override (double[] LeftVectors, ImmutableArray<ProjectedVector> Vectors) Leading(int rank)
    {
        if (rank == 0)
            return ([], Vectors);
        (AlignedMatrix left, ImmutableArray<ProjectedVector> vectors) =
            _here?.LeadingVectors(rank) ?? _elsewhere!.LeadingVectors(rank, _settings);
        using (left)
            return (left.ToArray(), vectors);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _here?.Dispose();
        _elsewhere?.Dispose();
        _copy?.Dispose();
    }

    private sealed class OfMatrix(IProgress<double> progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(MatrixPart * value);
    }
}
