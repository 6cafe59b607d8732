using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// When the paper's rule would have stopped, T = Gamma/(eta alpha^2) with the cutoff alpha on J(W_0), beside two
/// oracles: the
/// epoch of the least residual energy on the test split, and that of the least test error.
/// </summary>
/// <param name="Gamma">Gamma of the rule.</param>
public sealed record SpectralEarlyStopping(double Gamma) : Analysis
{
    private static readonly Field<double> GammaField = Field.Real(
        "gamma",
        (SpectralEarlyStopping analysis) => analysis.Gamma,
        "Gamma of T = Gamma / (eta alpha^2): the residual on the information space falls to e^-Gamma of its start.",
        Interval.Positive,
        preset: 1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, SpectralEarlyStopping>(
        kind: "spectral_early_stopping",
        summary: "The paper's stopping time from J(W_0), beside the epochs of least test energy and least test error.",
        source: "arXiv:1906.05392v2, corollary 6.6, theorem 3.3 and figure 8",
        example: "{spectral_early_stopping: {gamma: 1}}",
        fields: [GammaField],
        bind: settings => new SpectralEarlyStopping(settings.Of(GammaField)));

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan)
    {
        if (LinearDynamics.Problem(plan) is { } problem)
            return problem;
        if (ReferenceCheckpoint.NameIn(plan, JacobianAccess.Initial) is null)
            return "needs 'initial' in jacobian.at";
        return plan.Dataset.TestCount == 0 ? "needs test examples" : null;
    }

    /// <summary>
    /// Measurements of the whole run: the time, the three epochs, and the test energy and error at each. Test energies
    /// are of
    /// recorded epochs, errors of evaluated ones, and both of all test examples.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        string name = ReferenceCheckpoint.NameIn(run.Plan, JacobianAccess.Initial) ?? JacobianAccess.Initial;
        return run.Spectrum(name, "train") is { } view
            ? AnalysisResult.Of([.. new StoppingMoments(run, view, Gamma).Measure()])
            : AnalysisResult.Of([]);
    }
}
