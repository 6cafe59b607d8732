using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// What the paper's theorems say of the run at hand: every hypothesis with the number that is needed and the one that
/// is here, every term of the bound, the bound, and what was measured. Theorem 3.2 is about random initial weights, 3.3
/// about any, both about <c>one_hidden_layer</c> networks; the meta theorem 5.3 is about every model with a squared
/// loss.
/// </summary>
/// <param name="Gamma">Gamma, 1 or more: training lasts until eta T = Gamma / alpha^2.</param>
/// <param name="Abar">
/// abar, the knob of the cutoff of theorems 3.2 and 3.3. Theorem 5.3 takes the plan's cutoff.
/// </param>
/// <param name="Zeta">zeta in (0, 1/2], the precision.</param>
/// <param name="Delta">delta in (0, 1), the probability with which a bound may fail.</param>
public sealed record Theorems(double Gamma, double Abar, double Zeta, double Delta) : Analysis
{
    private static readonly Field<double> GammaField = Field.Real(
        "gamma",
        (Theorems theorems) => theorems.Gamma,
        "Gamma: training lasts until eta T = Gamma / alpha^2, and exp(-Gamma) of the information part is left.",
        new Interval(1, true, double.PositiveInfinity, false),
        preset: 3);

    private static readonly Field<double> AbarField = Field.Real(
        "abar",
        (Theorems theorems) => theorems.Abar,
        "Knob of the cutoff: alpha_0 = abar n^(1/4) sqrt(K ||X||) B of Sigma(X)^(1/2), nu alpha_0 / sqrt K of J(W_0).",
        Interval.Positive,
        preset: 0.1);

    private static readonly Field<double> ZetaField = Field.Real(
        "zeta",
        (Theorems theorems) => theorems.Zeta,
        "zeta, the precision of the residual.",
        Interval.OpenClosed(0, 0.5),
        preset: 0.1);

    private static readonly Field<double> DeltaField = Field.Real(
        "delta",
        (Theorems theorems) => theorems.Delta,
        "Probability with which a bound of the error may fail.",
        new Interval(0, false, 1, false),
        preset: 0.05);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, Theorems>(
        kind: "theorems",
        summary: "The paper's theorems term by term: hypotheses, widths, bounds, and what was measured beside them.",
        source: "arXiv:1906.05392v2, theorems 3.2, 3.3 and 5.3 (6.21 to 6.23, lemma 6.19)",
        example: "{theorems: {gamma: 3, abar: 0.1, zeta: 0.1, delta: 0.05}}",
        fields: [GammaField, AbarField, ZetaField, DeltaField],
        bind: settings => new Theorems(
            settings.Of(GammaField), settings.Of(AbarField), settings.Of(ZetaField), settings.Of(DeltaField)));

    /// <inheritdoc/>
    public override AnalysisWork Work => new(Passes: 20, Vectors: 4, Matrices: 0);

    /// <summary>False: it multiplies by the Jacobians of all checkpoints and decomposes a kernel.</summary>
    public override bool IsPreset => false;

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) =>
        plan.Training.Loss.SquaredUnit(1, 1) is null ? "is about squared_error"
            : !plan.Weights.IsEmpty ? "is about gradient descent, and nothing says how given weights were trained"
            : !plan.Jacobian.Splits.Contains("train") ? "needs train among jacobian.splits"
            : Start(plan) is null ? "needs the Jacobian before training: initial among jacobian.at"
            : !plan.Jacobian.Parameters.IsAll ? "needs the Jacobian by all parameters that are trained"
            : plan.Jacobian.Examples.ContainsKey("train") ? "needs the Jacobian of all training examples"
            : null;

    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        if (run.Spectrum(Start(run.Plan)!.Name, "train") is not { } initial)
            return AnalysisResult.Of([]);
        TheoremFacts facts = new(run, this, initial);
        (ShallowCase? shallow, string reason) = ShallowCase.Of(facts);
        ImmutableArray<TheoremAccount> accounts =
        [
            shallow is null ? TheoremAccount.Silent("3.2", reason) : RandomStartTheorem.Of(shallow),
            shallow is null ? TheoremAccount.Silent("3.3", reason) : AnyStartTheorem.Of(shallow),
            MetaTheorem.Of(facts, shallow?.Network),
        ];
        CsvTable table = new(TheoremAccount.Columns, [.. accounts.SelectMany(account => account.Rows())]);
        return new AnalysisResult(
            [.. accounts.SelectMany(account => account.Measurements())], [new AnalysisTable("theorems", table)]);
    }

    private static Checkpoint? Start(RunPlan plan) => plan.Jacobian.At.FirstOrDefault(at => at.Epoch == 0);
}
