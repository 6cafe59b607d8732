using System.Collections.Immutable;
using Spectral.Core.Numerics;

namespace Spectral.Core.Execution;

/// <summary>
/// What a method found of one Jacobian. Left vectors are made when the cutoff has said how many there are.
/// </summary>
internal abstract class JacobianDecomposition : IDisposable
{
    /// <summary>The singular values with what is known of their accuracy.</summary>
    public abstract SingularSpectrum Spectrum { get; }

    /// <summary>The given vectors in J's left singular vectors, in their order.</summary>
    public abstract ImmutableArray<ProjectedVector> Vectors { get; }

    /// <summary>
    /// ||G u - J J^T u|| / ||G u|| for random u, G by the method's own code and J J^T by other code; null where J
    /// itself was decomposed, which has tests but no second road.
    /// </summary>
    public virtual double? SelfCheck => null;

    /// <summary>
    /// Whether all left vectors are here already, so that those of a smaller rank are the first of them; else each rank
    /// is a computation of its own.
    /// </summary>
    public virtual bool HoldsLeftVectors => false;

    /// <summary>
    /// Whether the next run gets the same bits; not where a device ran out of memory and work was cut in other pieces than
    /// those that the stage's key stands for. Such a result is not kept.
    /// </summary>
    public virtual bool IsRepeatable => true;

    /// <summary>
    /// u_1..u_r as columns [nK, r], row-major, each with its largest entry positive, and the vectors with their first r
    /// coordinates from just these: signs, and the choice within clusters, agree.
    /// </summary>
    /// <param name="rank">r, 0 to the number of values.</param>
    public abstract (double[] LeftVectors, ImmutableArray<ProjectedVector> Vectors) Leading(int rank);

    /// <inheritdoc/>
    public abstract void Dispose();
}
