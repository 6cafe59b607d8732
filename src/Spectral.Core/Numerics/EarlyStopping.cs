namespace Spectral.Core.Numerics;

/// <summary>
/// What gradient descent on a linear model f = J theta makes of an initial residual r by the time T = Gamma / (eta
/// alpha^2): how much of it is left, and how far the parameters have moved at most.
/// </summary>
/// <remarks>
/// Source: arXiv:1906.05392v2, definition 6.1 and lemma 6.2. The paper's lambda_s are our sigma_s. All numbers depend
/// on energies of groups of directions only.
/// </remarks>
/// <param name="Split">The information space: sigma_s of at least alpha.</param>
/// <param name="Gamma">Gamma, 1 or more.</param>
/// <param name="Norm">||r||.</param>
/// <param name="Information">||P_I r||.</param>
/// <param name="Nuisance">||P_N r||.</param>
/// <param name="Inverse">||J_I^+ r|| = (sum over s of at most rank of &lt;u_s, r&gt;^2 / sigma_s^2)^(1/2).</param>
/// <param name="Value">
/// The early-stopping value B = (sum_{s at most rank} (alpha / sigma_s)^2 &lt;u_s, r&gt;^2 + Gamma^2 sum_{s beyond}
/// (sigma_s / alpha)^2 &lt;u_s, r&gt;^2)^(1/2), in units of r. From a partial spectrum only its ends are known.
/// </param>
public sealed record EarlyStopping(
    SpaceSplit Split,
    double Gamma,
    double Norm,
    Enclosure Information,
    Enclosure Nuisance,
    Enclosure Inverse,
    Enclosure Value)
{
    /// <summary>The early-stopping distance D = B / alpha, in units of the parameters.</summary>
    public Enclosure Distance => 1 / Split.Alpha * Value;

    /// <summary>||J_I^+ r|| + (Gamma / alpha) ||P_N r||, which is D or more.</summary>
    public Enclosure DistanceBound => Inverse + (Gamma / Split.Alpha * Nuisance);

    /// <summary>All of it. Cost: the number of singular values.</summary>
    /// <param name="spectrum">J's singular values; partial ones will do where they reach below alpha.</param>
    /// <param name="split">The split at alpha, which must be above 0.</param>
    /// <param name="residual">r in J's left singular vectors.</param>
    /// <param name="gamma">Gamma, 1 or more.</param>
    public static EarlyStopping Of(SingularSpectrum spectrum, SpaceSplit split, ProjectedVector residual, double gamma)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(gamma, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(split.Alpha, nameof(split));
        TruncatedJacobian truncated = new(spectrum, split);
        double slack = residual.Norm * (split.AngleBound + (spectrum.Rows * UnitRoundoff.Float64));
        return new EarlyStopping(
            split,
            gamma,
            residual.Norm,
            Enclosure.Around(residual.Information(split), slack),
            Enclosure.Around(residual.Nuisance(split), slack),
            truncated.PseudoInverse(residual),
            truncated.EarlyStoppingValue(residual, gamma));
    }
}
