using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Results;
namespace Spectral.Core.Analyses;

/// <summary>
/// How far the empirical kernel K = J J^T has turned, 1 - &lt;K_t, K_s&gt;_F/(||K_t||_F ||K_s||_F), since a reference
/// and
/// since the checkpoint before, its velocity, and how far J itself has moved, ||J_t - J_s||/||J_s||.
/// </summary>
/// <param name="Reference">The checkpoint that all others are compared with.</param>
public sealed record KernelDistance(string Reference) : Analysis
{
    private static readonly Field<string> ReferenceField = Field.Checkpoint(
        "reference",
        (KernelDistance analysis) => analysis.Reference,
        "Checkpoint that all others are compared with; initial may be left out of jacobian.at.",
        JacobianAccess.Initial);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, KernelDistance>(
        kind: "kernel_distance",
        summary: "Kernel distance and velocity between checkpoints, and how far J has moved in two norms.",
        source: "Fort et al., arXiv:2010.15110; arXiv:1906.05392v2, assumption 2 and lemma 6.10",
        example: "{kernel_distance: {reference: initial}}",
        fields: [ReferenceField],
        bind: settings => new KernelDistance(settings.Of(ReferenceField)));

    /// <inheritdoc/>
    public override AnalysisWork Work => new(Passes: 20, Vectors: 4, Matrices: 1);

    /// <inheritdoc/>
    public override bool IsPreset => false;

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan)
    {
        if (Reference != JacobianAccess.Initial && ReferenceCheckpoint.Problem(plan, Reference) is { } problem)
            return problem;
        return plan.Jacobian.At.Any(at => at.Name != NameOf(plan))
            ? null
            : "compares checkpoints, and jacobian.at has one";
    }

    /// <summary>
    /// Rows for every checkpoint and split. Cost: a Gram matrix a pair, two of them in memory at a time, and a block
    /// Krylov
    /// run over the rows of J_t - J_s a checkpoint.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        string reference = NameOf(run.Plan);
        bool isReached = reference == JacobianAccess.Initial || run.Spectra.Any(view => view.Checkpoint == reference);
        return AnalysisResult.Of(
        [
            .. run.Spectra.Select(view => view.Split).Distinct().SelectMany(split =>
            {
                // Lowest errors stand last in the plan, wherever training met them.
                ImmutableArray<SpectralView> views =
                    [.. run.Spectra.Where(view => view.Split == split).OrderBy(view => view.Epoch)];
                return (ImmutableArray<Measurement>)
                [
                    .. KernelDistances.Of(run, views, isReached ? reference : null),
                    .. isReached ? JacobianChanges.Of(run, views, reference) : [],
                ];
            }),
        ]);
    }

    /// <summary>
    /// The reference's name; the weights before training can be had whether or not they are a checkpoint.
    /// </summary>
    private string NameOf(RunPlan plan) => ReferenceCheckpoint.NameIn(plan, Reference) ?? JacobianAccess.Initial;
}
