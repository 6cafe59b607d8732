using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>The error rate at the checkpoint, with the exact 95 % interval of a binomial proportion.</summary>
public sealed record ClassificationError : Analysis
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
        // Clopper and Pearson: the rates under which so few, or so many, errors would still have a chance of 2.5 %.
        int right = rates.Examples - errors;
        double lower = errors == 0 ? 0 : Beta.InvCDF(errors, right + 1, 0.025);
        double upper = right == 0 ? 1 : Beta.InvCDF(errors + 1, right, 0.975);
        yield return row.Within("error", rates.Error, lower, upper, target: rates.Target);
        yield return row.Exact("errors", errors, "examples", rates.Target);
    }
}
