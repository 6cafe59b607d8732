using Spectral.Core.Components;
using Spectral.Core.Datasets;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The expected loss of a linear model over fresh noise, split into the information and the nuisance space of the noiseless
/// inputs: the paper's toy, where everything is known.
/// </summary>
public sealed record ExpectedLoss : Analysis
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, ExpectedLoss>(
        kind: "expected_loss",
        summary: "The expected loss of a linear model on low_rank_linear, in the information and the nuisance space.",
        source: "arXiv:1906.05392v2, section 2.1 and figure 2",
        example: "expected_loss",
        fields: [],
        bind: _ => new ExpectedLoss());

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) => plan switch
    {
        { Dataset: not LowRankLinear } => "needs the dataset low_rank_linear, whose noiseless inputs are known",
        { Network: not Linear { Bias: false } } => "needs the network linear without bias",
        { Jacobian.Parameters.IsAll: false } => "needs all parameters in the Jacobian",
        _ => null,
    };

    /// <summary>
    /// At each checkpoint, with X the noiseless inputs [n, d] of rank r and y = X w*: <c>information</c>
    /// 1/2 ||Xw - y||^2 + (r/2n)(sx^2 ||w||^2 + sy^2), <c>nuisance</c> 1/2 (1 - r/n)(sx^2 ||w||^2 + sy^2), and their sum
    /// <c>total</c>, all for the sum over n examples with the 1/2.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        LowRankLinear toy = (LowRankLinear)run.Plan.Dataset;
        return AnalysisResult.Of(
        [
            .. run.Spectra.Where(view => view.Split == "train").SelectMany(view => Measure(
                new MeasurementRow(view, "expected_loss"),
                toy.ExpectedLoss(run.Jacobians.Parameters(view.Checkpoint), run.Plan.Seeds.Of("data")),
                toy)),
        ]);
    }

    private static IEnumerable<Measurement> Measure(
        MeasurementRow row, (double Information, double Nuisance) loss, LowRankLinear toy)
    {
        // Sums over d inputs of numbers near 1; V is orthonormal to rounding.
        double rounding = 8 * (toy.Dimension + toy.Train) * UnitRoundoff.Float64;
        foreach ((string quantity, double value) in new[]
        {
            ("information", loss.Information), ("nuisance", loss.Nuisance), ("total", loss.Information + loss.Nuisance),
        })
        {
            yield return row.Within(quantity, value, value * (1 - rounding), value * (1 + rounding), "loss, sum over n");
        }
    }
}
