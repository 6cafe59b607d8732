namespace Spectral.Core.Numerics;

/// <summary>
/// What bounds the Jacobian of the paper's network V phi(W x) by W, with V [K, k] fixed and no entry of it larger than
/// nu / sqrt(k K), on inputs X [n, d], wherever W is.
/// </summary>
/// <param name="Hidden">k.</param>
/// <param name="Outputs">K.</param>
/// <param name="Nu">nu, above 0.</param>
/// <param name="Bound">B of |phi'| and |phi''|.</param>
/// <param name="InputNorm">||X||, the largest singular value of the inputs.</param>
/// <remarks>Source: arXiv:1906.05392v2, lemma 6.10 with that size of V. For rows of norm 1 or less.</remarks>
public sealed record ShallowNetwork(int Hidden, int Outputs, double Nu, double Bound, double InputNorm)
{
    /// <summary>beta: ||J(W)|| is at most nu B ||X||.</summary>
    public double JacobianNorm => Nu * Bound * InputNorm;

    /// <summary>||J(W) - J(W')|| is at most this times ||W - W'||_F.</summary>
    public double JacobianLipschitz => JacobianNorm / Math.Sqrt(Hidden);

    /// <summary>The rows of J^T u as a matrix [k, d] have at most this times ||u|| as their norm.</summary>
    public double RowNorm => JacobianNorm / Math.Sqrt(Hidden);

    /// <summary>The largest step size of gradient descent on 1/2 ||f - y||^2 that the theorems allow.</summary>
    public double LargestStep => 1 / (JacobianNorm * JacobianNorm);

    /// <summary>
    /// The singular value of J(W_0) that stands for one of Sigma(X)^(1/2): alpha = nu alpha_0 / sqrt K.
    /// </summary>
    public double OfKernelScale(double alpha) => Nu * alpha / Math.Sqrt(Outputs);
}
