namespace Spectral.Core.Numerics;

/// <summary>
/// How steep and how bent an activation phi is on the whole real line: what arXiv:1906.05392v2 assumes to be bounded.
/// </summary>
/// <param name="First">sup |phi'|.</param>
/// <param name="Second">sup |phi''|; infinite for an activation with a kink.</param>
/// <param name="AtZero">|phi(0)|.</param>
public sealed record SlopeBounds(double First, double Second, double AtZero)
{
    /// <summary>
    /// B, the paper's one bound of |phi'|, |phi''| and |phi(0)| (section 1.1; lemmas 6.10, 6.14); infinite where there
    /// is none.
    /// </summary>
    public double Largest => Math.Max(First, Math.Max(Second, AtZero));
}
