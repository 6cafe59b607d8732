using Spectral.Core.Components;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// How far training has moved the parameters: ||theta_t - theta_0||, over ||theta_0|| too, and for one_hidden_layer the
/// hidden unit that moved most, ||W_t - W_0||_{2,inf}.
/// </summary>
public sealed record WeightDistance : Analysis
{
    private const string Unit = "parameter";

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, WeightDistance>(
        kind: "weight_distance",
        summary: "||theta_t - theta_0||, its ratio to ||theta_0||, and the largest move of a hidden unit.",
        source: "arXiv:1906.05392v2, theorem 5.3 and lemma 6.19; arXiv:1903.11680",
        example: "weight_distance",
        fields: [],
        bind: _ => new WeightDistance());

    /// <summary>
    /// A row for every checkpoint, of the parameters that J has columns for. Intervals are rounding; that weights of a
    /// binary32 training are themselves rounded is part of the run.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        double[] start = run.Jacobians.Parameters(JacobianAccess.Initial);
        return AnalysisResult.Of(
        [
            .. run.Spectra.DistinctBy(view => view.Checkpoint)
                .SelectMany(view => Measure(run.Plan, view, start, run.Jacobians.Parameters(view.Checkpoint))),
        ]);
    }

    private static IEnumerable<Measurement> Measure(RunPlan plan, SpectralView view, double[] start, double[] now)
    {
        double distance = EuclideanNorm.Between(now, start), size = EuclideanNorm.Of(start);
        yield return Row("distance", distance, Unit);
        yield return size > 0
            ? Row("relative_distance", distance / size, "")
            : Row("relative_distance", double.NaN, "") with { Status = "undefined" };
        if (plan.Network is OneHiddenLayer { Hidden: var hidden } && HasHidden(plan))
            yield return Row("largest_row_distance", LargestRow(hidden, plan.Dataset.InputShape, start, now), Unit);

        Measurement Row(string quantity, double value, string unit)
        {
            double rounding = now.Length * UnitRoundoff.Float64 * value;
            return new(
                "weight_distance", quantity, view.Epoch, view.Checkpoint, "", "", null, null, value, value - rounding,
                value + rounding, unit, "ok");
        }
    }

    /// <summary>Whether J has columns for W, which then are the first.</summary>
    private static bool HasHidden(RunPlan plan) =>
        (plan.Jacobian.Parameters.IsAll ? plan.Trainable : plan.Jacobian.Parameters)
            .Contains("hidden.weight", ParameterRole.Weight);

    /// <summary>max over hidden units of ||w_t - w_0||, rows of W [k, d].</summary>
    private static double LargestRow(int hidden, Shape input, double[] start, double[] now)
    {
        int inputs = checked((int)input.Count);
        return Enumerable.Range(0, hidden).Max(unit => EuclideanNorm.Between(
            now.AsSpan(unit * inputs, inputs), start.AsSpan(unit * inputs, inputs)));
    }
}
