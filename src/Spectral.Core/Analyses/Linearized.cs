using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The network's linearisation at its start, f_0 + J (theta - theta_0), trained in the same way on the same batches,
/// beside
/// the network: how far residuals, parameters and test outputs have come apart.
/// </summary>
public sealed record Linearized : Analysis
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, Linearized>(
        kind: "linearized",
        summary: "The network's linearisation at its start, trained on the same batches, beside the network.",
        source: "arXiv:1906.05392v2, theorem 5.3, equation 5.12 and lemma 6.5",
        example: "linearized",
        fields: [],
        bind: _ => new Linearized());

    /// <inheritdoc/>
    public override AnalysisWork Work => new(Passes: 2, Vectors: 1, Matrices: 1);

    /// <inheritdoc/>
    public override bool IsPreset => false;

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) => LinearDynamics.Problem(plan);

    /// <summary>
    /// The table <c>linearized</c>, a row for every recorded epoch, and at every checkpoint the gaps of residuals,
    /// parameters and test outputs and the linear model's own energies and errors. Cost: the Gram matrix K of
    /// J(theta_0) on
    /// the training split, 2 (nK)^2 flops an epoch, and a product with J^T and one with the test split's J; memory 8
    /// (nK)^2
    /// bytes.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        JacobianOperator jacobian = new(run.Jacobians.Source(JacobianAccess.Initial, "train"), run.Jacobians.Threads);
        LinearizedCourse course;
        using (GramMatrix kernel = jacobian.Gram(null, run.Jacobians.Cancellation))
            course = LinearizedCourse.Of(run, kernel);
        ImmutableArray<SpectralView> views =
            [.. run.Spectra.Where(view => course.Checkpoints.ContainsKey(view.Checkpoint))];
        return new AnalysisResult(
            LinearizedGaps.At(run, jacobian, course, views),
            [
                new AnalysisTable("linearized", new CsvTable(
                    ["epoch", "split", "target", "total", "linear_total", "residual_gap", "error"],
                    [.. course.Records.Select(Row)])),
            ]);
    }

    private static ImmutableArray<string> Row(LinearizedRecord record) =>
    [
        record.Epoch.ToString(CultureInfo.InvariantCulture), "train", "given", CsvTable.Number(record.Total),
        CsvTable.Number(record.LinearTotal), CsvTable.Number(record.Gap), CsvTable.Number(record.Error),
    ];
}
