using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Stopping;

/// <summary>
/// The paper's early stopping: training ends at T = Gamma / (eta alpha^2), alpha being the cutoff on the training split's
/// J(W_0) and eta the step size in units of the full batch's sum.
/// </summary>
/// <param name="Gamma">Gamma of arXiv:1906.05392v2, theorem 3.3, 1 or more there; any positive number is run.</param>
public sealed record SpectralStopping(double Gamma) : StoppingRule
{
    private static readonly Field<double> GammaField = Field.Real(
        "gamma",
        (SpectralStopping rule) => rule.Gamma,
        "Gamma of T = Gamma / (eta alpha^2): the residual on the information space falls to e^-Gamma of its start.",
        Interval.Positive);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<StoppingRule, SpectralStopping>(
        kind: "spectral",
        summary: "Training ends at T = Gamma / (eta alpha^2), with the cutoff alpha on the training split's initial Jacobian.",
        source: "arXiv:1906.05392v2, theorem 3.3 and corollary 6.6",
        example: "{spectral: 4}",
        fields: [GammaField],
        bind: settings => new SpectralStopping(settings.Of(GammaField)));

    /// <inheritdoc/>
    public override string? WatchedSplit => null;

    /// <inheritdoc/>
    public override bool NeedsInitialSpectrum => true;

    /// <inheritdoc/>
    public override bool IsOver(IReadOnlyList<double> errors) => false;

    /// <inheritdoc/>
    public override double TimeLimit(double alpha) => Gamma / (alpha * alpha);
}
