using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// The singular values of a Jacobian J [nK, p] with what is known of their accuracy. Values are absolute, in units of J
/// (output per unit of parameter), never squared; the empirical NTK's eigenvalues are their squares.
/// </summary>
/// <param name="Values">All min(nK, p) singular values, descending, as computed; below the trust floor they are noise.</param>
/// <param name="TrustFloor">Values under this bound on the absolute error say no more than "smaller than the floor".</param>
/// <param name="Rows">nK.</param>
/// <param name="Columns">p, the number of parameters.</param>
/// <param name="Method">How it was computed, such as <c>direct</c>.</param>
public sealed record SingularSpectrum(ImmutableArray<double> Values, double TrustFloor, long Rows, long Columns, string Method)
{
    /// <summary>How many values lie at or above the trust floor: the numerical rank. A zero never does.</summary>
    public int TrustedCount => Values.Count(value => value >= TrustFloor && value > 0);

    /// <summary>The largest singular value, ||J||; 0 where there is none.</summary>
    public double Largest => Values.IsEmpty ? 0 : Values[0];

    /// <summary>||J||_F, the root of the sum of squares.</summary>
    public double FrobeniusNorm => Math.Sqrt(Values.Sum(value => value * value));
}
