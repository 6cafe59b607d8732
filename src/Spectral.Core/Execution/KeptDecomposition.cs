using System.Collections.Immutable;
using Spectral.Core.Numerics;

namespace Spectral.Core.Execution;

/// <summary>What a method found of a Jacobian earlier, read back with the same bits.</summary>
/// <param name="spectrum">The singular values.</param>
/// <param name="vectors">The vectors in the left singular vectors.</param>
/// <param name="selfCheck">What the second road found.</param>
/// <param name="left">All left vectors [nK, q], row-major; null where they were not kept.</param>
/// <param name="again">Decomposes the Jacobian again; asked where left vectors are wanted and were not kept.</param>
internal sealed class KeptDecomposition(
    SingularSpectrum spectrum,
    ImmutableArray<ProjectedVector> vectors,
    double? selfCheck,
    double[]? left,
    Func<JacobianDecomposition> again) : JacobianDecomposition
{
    private JacobianDecomposition? _again;

    /// <inheritdoc/>
    public override SingularSpectrum Spectrum => spectrum;

    /// <inheritdoc/>
    public override ImmutableArray<ProjectedVector> Vectors => vectors;

    /// <inheritdoc/>
    public override double? SelfCheck => selfCheck;

    /// <inheritdoc/>
    public override bool HoldsLeftVectors => left is not null;

    /// <inheritdoc/>
    public override (double[] LeftVectors, ImmutableArray<ProjectedVector> Vectors) Leading(int rank)
    {
        if (rank == 0)
            return ([], vectors);
        if (left is null)
            return (_again ??= again()).Leading(rank);
        int count = spectrum.Values.Length, rows = checked((int)spectrum.Rows);
        double[] leading = new double[(long)rows * rank];
        for (int row = 0; row < rows; row++)
            left.AsSpan(row * count, rank).CopyTo(leading.AsSpan(row * rank, rank));
        return (leading, vectors);
    }

    /// <inheritdoc/>
    public override void Dispose() => _again?.Dispose();
}
