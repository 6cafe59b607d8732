using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>The error rate at the checkpoint, with the exact 95 % interval of a binomial proportion.</summary>
public sealed record ClassificationError : SpectralAnalysis
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, ClassificationError>(
        kind: "classification_error",
        summary: "The fraction of examples whose largest output is not at the label, with a 95 % Clopper-Pearson interval.",
        source: "arXiv:1906.05392v2, equation 3.1; Clopper and Pearson 1934",
        example: "classification_error",
        fields: [],
        bind: _ => new ClassificationError());

    /// <inheritdoc/>
    public override ImmutableArray<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "classification_error");
        return [.. view.Errors.SelectMany(rates => rates.Errors is { } errors ? Measure(row, rates, errors) : [])];
    }

    private static IEnumerable<Measurement> Measure(MeasurementRow row, TrainingRow rates, int errors)
    {
        (double lower, double upper) = BinomialInterval.Of(errors, rates.Examples);
        yield return row.Within("error", rates.Error, lower, upper, target: rates.Target);
        yield return row.Exact("errors", errors, "examples", rates.Target);
    }
}
