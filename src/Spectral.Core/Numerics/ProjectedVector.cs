using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// A vector v of R^{nK} in the coordinates of a Jacobian's left singular vectors. Energies of both spaces are sums of
/// squares, so that neither is got by subtraction from the other.
/// </summary>
/// <param name="Coefficients">&lt;u_s, v&gt; for s = 1 .. min(nK, p); single ones inside a cluster of equal sigma mean
/// nothing.</param>
/// <param name="Outside">The norm of v's part outside the range of J, computed from that part itself.</param>
/// <param name="Norm">||v||, computed from v.</param>
public sealed record ProjectedVector(ImmutableArray<double> Coefficients, double Outside, double Norm)
{
    /// <summary>||P_I v||, the norm of the part in the information space.</summary>
    public double Information(SpaceSplit split) => Math.Sqrt(SumOfSquares(0, split.Rank));

    /// <summary>||P_N v||, the norm of the part in the nuisance space.</summary>
    public double Nuisance(SpaceSplit split) =>
        Math.Sqrt(SumOfSquares(split.Rank, Coefficients.Length) + (Outside * Outside));

    private double SumOfSquares(int from, int to)
    {
        double sum = 0;
        for (int s = from; s < to; s++)
            sum += Coefficients[s] * Coefficients[s];
        return sum;
    }
}
