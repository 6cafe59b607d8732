namespace Spectral.Core.Numerics;

/// <summary>
/// E phi'(u) phi'(v) for jointly normal u and v of mean 0: what the infinitely wide hidden layer makes of a pair of
/// examples, u = x_i^T w and v = x_j^T w with w ~ N(0, I) (arXiv:1906.05392v2, definition 3.1).
/// </summary>
public abstract class SlopeKernel
{
    /// <summary>Prepares the kernel for examples of given norms.</summary>
    /// <param name="norms">The standard deviations of u, ||x_i||, [n], none negative.</param>
    public abstract PreparedSlopeKernel For(IReadOnlyList<double> norms);
}

/// <summary>A slope kernel for n examples of known norms.</summary>
public abstract class PreparedSlopeKernel
{
    /// <summary>A bound or estimate of the absolute error of every value, rounding aside.</summary>
    public abstract double Error { get; }

    /// <summary>E phi'(u) phi'(v).</summary>
    /// <param name="i">The example of u, from 0.</param>
    /// <param name="j">The example of v, from 0.</param>
    /// <param name="correlation">Of u and v, in [-1, 1]; 1 for i = j.</param>
    public abstract double Value(int i, int j, double correlation);
}
