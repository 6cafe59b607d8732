using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// How far the information space has turned between a checkpoint and a reference: the overlap ||U_t^T U_s||_F^2 / r and
/// the
/// smallest and largest principal angle. Where the ranks differ, r is the smaller one.
/// </summary>
/// <param name="Reference">The checkpoint that all others are compared with.</param>
public sealed record SubspaceOverlap(string Reference) : Analysis
{
    private const string Radians = "rad";

    private static readonly Field<string> ReferenceField = Field.Checkpoint(
        "reference",
        (SubspaceOverlap analysis) => analysis.Reference,
        "Checkpoint whose information space all others are compared with.",
        Checkpoint.Final);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, SubspaceOverlap>(
        kind: "subspace_overlap",
        summary: "Overlap and principal angles between each checkpoint's information space and a reference's.",
        source: "arXiv:1906.05392v2, lemma A.2; Bjorck and Golub 1973",
        example: "{subspace_overlap: {reference: final}}",
        fields: [ReferenceField],
        bind: settings => new SubspaceOverlap(settings.Of(ReferenceField)));

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) => plan.Jacobian.At.Length < 2
        ? "compares checkpoints, and jacobian.at has one"
        : ReferenceCheckpoint.Problem(plan, Reference);

    /// <summary>
    /// Rows for every checkpoint but the reference, on every split. Intervals are those of the two spaces' angle
    /// bounds:
    /// angles between subspaces obey the triangle inequality.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        string? name = ReferenceCheckpoint.NameIn(run.Plan, Reference);
        return AnalysisResult.Of(
        [
            .. from view in run.Spectra
               where view.Checkpoint != name
               let reference = run.Spectrum(name ?? "", view.Split)
               where reference is not null
               from row in Measure(view, reference)
               select row,
        ]);
    }

    /// <summary>The measurements of one checkpoint.</summary>
    public static ImmutableArray<Measurement> Measure(SpectralView view, SpectralView reference)
    {
        MeasurementRow row = new(view, "subspace_overlap");
        if (view.Cutoff.Split is not { } own || reference.Cutoff.Split is not { } theirs)
        {
            return
            [
                .. ((ImmutableArray<string>)["overlap", "smallest_angle", "largest_angle"]).Select(quantity =>
                    row.Undefined(quantity) with { Status = "refused" }),
            ];
        }

        if (own.Rank == 0 || theirs.Rank == 0)
        {
            return
            [
                row.Undefined("overlap"),
                row.Undefined("smallest_angle", Radians),
                row.Undefined("largest_angle", Radians),
            ];
        }

        int rows = checked((int)view.Spectrum.Rows);
        PrincipalAngles angles = PrincipalAngles.Between(view.LeftVectors, reference.LeftVectors, rows);
        double rounding = rows * UnitRoundoff.Float64;
        double sine = Math.Min(1, own.AngleBound + theirs.AngleBound + rounding);
        double turn = Math.Min(Math.PI / 2, Math.Asin(own.AngleBound) + Math.Asin(theirs.AngleBound) + rounding);
        string status = own.CutsCluster || theirs.CutsCluster ? "cluster_cut" : "ok";
        return
        [
            Between("overlap", angles.Overlap, sine, 1, ""),
            Between("smallest_angle", angles.Radians[0], turn, Math.PI / 2, Radians),
            Between("largest_angle", angles.Radians[^1], turn, Math.PI / 2, Radians),
            row.Exact("random_baseline", (double)Math.Max(own.Rank, theirs.Rank) / rows),
            row.Exact("reference_rank", theirs.Rank, "directions"),
        ];

        Measurement Between(string quantity, double value, double slack, double most, string unit)
        {
            double found = value <= rounding ? 0 : Math.Min(most, value);
            return row.Within(quantity, found, Math.Max(0, found - slack), Math.Min(most, found + slack), unit) with
            {
                Status = status,
            };
        }
    }
}
