using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>A vector of R^{nK} under its name.</summary>
/// <param name="Name"><c>label</c>, <c>residual</c> or <c>initial_residual</c>.</param>
/// <param name="Vector">The vector.</param>
internal sealed record NamedVector(string Name, ProjectedVector Vector);

/// <summary>The vectors of one kind of label.</summary>
internal static class TargetVectors
{
    /// <summary>The labels y, the residual r_t and the initial residual r_0, as far as the target has them.</summary>
    public static IEnumerable<NamedVector> Of(TargetView target)
    {
        yield return new NamedVector("label", target.Label);
        if (target.Residual is { } residual)
            yield return new NamedVector("residual", residual);
        if (target.InitialResidual is { } initial)
            yield return new NamedVector("initial_residual", initial);
    }
}
