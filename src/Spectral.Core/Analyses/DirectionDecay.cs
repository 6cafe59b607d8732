using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// How fast the training residual dies out along each leading singular direction of a checkpoint's Jacobian, beside
/// what
/// the linear model predicts: prod (1 - eta_t sigma_s^2) over the steps that were made.
/// </summary>
/// <param name="Checkpoint">The checkpoint whose directions are followed, from its epoch on.</param>
/// <param name="Directions">How many of them, at most the rank of the cutoff.</param>
public sealed record DirectionDecay(string Checkpoint, int Directions) : Analysis
{
    private static readonly Field<string> CheckpointField = Field.Checkpoint(
        "checkpoint",
        (DirectionDecay analysis) => analysis.Checkpoint,
        "Checkpoint whose singular directions are followed, from its epoch on.",
        JacobianAccess.Initial);

    private static readonly Field<int> DirectionsField = Field.Integer(
        "directions",
        (DirectionDecay analysis) => analysis.Directions,
        "How many leading directions are followed; at most the cutoff's rank.",
        minimum: 1,
        preset: 20);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, DirectionDecay>(
        kind: "direction_decay",
        summary: "Residual energy along leading directions by epoch, beside the linear model's, and half-lives.",
        source: "arXiv:1906.05392v2, lemma 6.5; arXiv:1901.08584, theorem 4.1",
        example: "{direction_decay: {checkpoint: initial, directions: 20}}",
        fields: [CheckpointField, DirectionsField],
        bind: settings => new DirectionDecay(settings.Of(CheckpointField), settings.Of(DirectionsField)));

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) =>
        LinearDynamics.Problem(plan) ?? ReferenceCheckpoint.Problem(plan, Checkpoint);

    /// <summary>
    /// The table <c>direction_decay</c>, a row for every group of directions and recorded epoch, and
    /// <c>direction_decay_groups</c> with each group's eigenvalue and half-life. Directions whose singular values no
    /// gap
    /// separates make one group. Cost: 2 nK flops a record and direction.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        string? name = ReferenceCheckpoint.NameIn(run.Plan, Checkpoint);
        if (name is null || run.Spectrum(name, "train") is not { } view)
            return AnalysisResult.Of([]);
        int followed = Math.Min(Directions, view.Cutoff.Split?.Rank ?? 0);
        ImmutableArray<DirectionGroup> groups = DirectionGroup.Leading(view.Spectrum, followed);
        return new AnalysisResult(
            Measurements(new MeasurementRow(view, "direction_decay"), groups),
            [
                new AnalysisTable("direction_decay", new CsvTable(
                    [
                        "epoch", "time", "split", "target", "spectrum_at", "first", "last", "eigenvalue", "measured",
                        "error", "predicted", "ratio", "dynamics",
                    ],
                    [.. DirectionCurves.Of(run, view, groups).Select(point => Row(view, point))])),
                new AnalysisTable("direction_decay_groups", new CsvTable(
                    [
                        "spectrum_at", "first", "last", "eigenvalue", "eigenvalue_error", "half_life",
                        "half_life_lower", "half_life_upper", "half_life_epochs",
                    ],
                    [.. groups.Select(group => Row(run.Plan, view, group))])),
            ]);
    }

    private static ImmutableArray<Measurement> Measurements(MeasurementRow row, ImmutableArray<DirectionGroup> groups)
    {
        const string time = "theory time";
        return
        [
            row.Exact("directions", groups.IsEmpty ? 0 : groups[^1].Last, "directions"),
            row.Exact("groups", groups.Length, "groups"),
            .. groups.IsEmpty
                ? [row.Undefined("shortest_half_life", time), row.Undefined("longest_half_life", time)]
                : (ImmutableArray<Measurement>)
                [
                    HalfLife("shortest_half_life", groups[0]), HalfLife("longest_half_life", groups[^1]),
                ],
        ];

        Measurement HalfLife(string quantity, DirectionGroup group)
        {
            (double value, double lower, double upper) = HalfLifeOf(group);
            return row.Within(quantity, value, lower, upper, time);
        }
    }

    /// <summary>ln 2 / (2 lambda), the theory time in which the energy along a direction halves.</summary>
    private static (double Value, double Lower, double Upper) HalfLifeOf(DirectionGroup group)
    {
        double least = Math.Max(0, group.Eigenvalue - group.EigenvalueError), half = Math.Log(2) / 2;
        return (half / group.Eigenvalue, half / (group.Eigenvalue + group.EigenvalueError), half / least);
    }

    private static ImmutableArray<string> Row(SpectralView view, DirectionPoint point) =>
    [
        Whole(point.Epoch), CsvTable.Number(point.Time), view.Split, "given", view.Checkpoint, Whole(point.Group.First),
        Whole(point.Group.Last), CsvTable.Number(point.Group.Eigenvalue), CsvTable.Number(point.Measured),
        CsvTable.Number(point.Error), CsvTable.Number(point.Predicted), CsvTable.Number(point.Ratio), point.Dynamics,
    ];

    private static ImmutableArray<string> Row(RunPlan plan, SpectralView view, DirectionGroup group)
    {
        (double value, double lower, double upper) = HalfLifeOf(group);
        // In epochs of the first one's step size, which a schedule may change.
        double epoch = TrainingSteps.TimeOfEpoch(plan, finished: 0);
        return
        [
            view.Checkpoint, Whole(group.First), Whole(group.Last), CsvTable.Number(group.Eigenvalue),
            CsvTable.Number(group.EigenvalueError), CsvTable.Number(value), CsvTable.Number(lower),
            CsvTable.Number(upper), CsvTable.Number(value / epoch),
        ];
    }

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
