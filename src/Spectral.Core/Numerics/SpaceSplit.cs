namespace Spectral.Core.Numerics;

/// <summary>
/// The split of R^{nK} into the information space span(u_1..u_r) and its orthogonal complement, the nuisance space
/// (arXiv:1906.05392v2, definition 2.1).
/// </summary>
/// <param name="Rank">r, 0 to min(nK, p).</param>
/// <param name="Alpha">The cutoff in units of J's singular values: as asked, or sigma_r where a rank was asked.</param>
/// <param name="SigmaAt">sigma_r; NaN for r = 0.</param>
/// <param name="SigmaBelow">sigma_{r+1}; 0 where there is none; an upper estimate, or NaN, where it was not
/// computed.</param>
/// <param name="AngleBound"> An upper bound, in [0, 1], of the sine of the largest angle between the computed
/// information space and the exact one: the trust floor over the gap (Wedin's theorem), or for a spectrum from the Gram
/// matrix the bound of its eigenvalues' error over the gap of the squares (Davis and Kahan's theorem); 1 where a
/// cluster of equal values is cut and the space is not unique. </param>
public sealed record SpaceSplit(int Rank, double Alpha, double SigmaAt, double SigmaBelow, double AngleBound)
{
    /// <summary>sigma_r - sigma_{r+1}; NaN for r = 0.</summary>
    public double Gap => SigmaAt - SigmaBelow;

    /// <summary>Whether the cut falls inside a cluster of values that the method cannot tell apart.</summary>
    public bool CutsCluster => AngleBound >= 1;

    /// <summary>Splits a spectrum after its first <paramref name="rank"/> values.</summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="rank">r, 0 to the number of values.</param>
    /// <param name="alpha">The cutoff to report.</param>
    public static SpaceSplit At(SingularSpectrum spectrum, int rank, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, spectrum.Values.Length);
        double at = rank == 0 ? double.NaN : spectrum.Values[rank - 1];
        double below = rank < spectrum.Values.Length ? spectrum.Values[rank] : spectrum.IsComplete ? 0 : spectrum.Next;
        bool everything = rank == spectrum.Rows;
        // From the Gram matrix the eigenvalues all have the same error, the singular values have not.
        bool squared = spectrum.SquareError > 0;
        double error = squared
            ? spectrum.SquareError + (SingularSpectrum.RelativeSquareError * at * at) + Residual(spectrum, rank)
            : spectrum.TrustFloor;
        double gap = squared ? (at - below) * (at + below) : at - below;
        // The whole space and the zero space are exact. Elsewhere both sides of the gap may be off by the error.
        double bound = rank == 0 || everything ? 0
            : gap > 2 * error ? Math.Min(1, error / (gap - error))
            : 1;
        return new SpaceSplit(rank, alpha, at, below, bound);
    }

    /// <summary>The norm of the residuals of the first r pairs, and what the next pair may be larger by.</summary>
    private static double Residual(SingularSpectrum spectrum, int rank) => spectrum.Residuals.IsEmpty ? 0
        : Math.Sqrt(spectrum.Residuals.Take(rank).Sum(residual => residual * residual))
            + (rank < spectrum.Residuals.Length ? spectrum.Residuals[rank] : 0);
}

/// <summary>A split, or the reason why the cutoff gives none that can be trusted.</summary>
/// <param name="Split">The split, or null.</param>
/// <param name="Refusal">The reason as one sentence, or null.</param>
public sealed record CutoffOutcome(SpaceSplit? Split, string? Refusal)
{
    /// <summary>There is a split.</summary>
    public static CutoffOutcome Of(SpaceSplit split) => new(split, null);

    /// <summary>There is none.</summary>
    public static CutoffOutcome Refused(string reason) => new(null, reason);
}
