using System.Collections.Immutable;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>J formed as a matrix and decomposed itself, on the plan's threads.</summary>
internal sealed class DirectDecomposition : JacobianDecomposition
{
    private readonly Tensor _left;

    /// <summary>Decomposes J.</summary>
    /// <param name="jacobian">J [nK, p].</param>
    /// <param name="vectors">[nK, m].</param>
    public DirectDecomposition(Tensor jacobian, Tensor vectors)
    {
        (Spectrum, Vectors, Tensor left) = DirectSpectrum.Decompose(jacobian, vectors);
        _left = left.DetachFromDisposeScope();
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
        using IDisposable scope = NewDisposeScope();
        // An empty tensor has no memory to read.
        return (rank == 0 ? [] : _left.narrow(1, 0, rank).contiguous().cpu().data<double>().ToArray(), Vectors);
    }

    /// <inheritdoc/>
    public override void Dispose() => _left.Dispose();
}
