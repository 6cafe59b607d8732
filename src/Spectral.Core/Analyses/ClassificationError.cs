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
        return
        [
            .. view.Errors.SelectMany(errors => (Measurement[])
            [
                row.Within("error", errors.Error, Lower(errors), Upper(errors), target: errors.Target),
                row.Exact("errors", errors.Errors, "examples", errors.Target),
            ]),
        ];
    }

    private static double Lower(TrainingRow row) =>
        row.Errors == 0 ? 0 : Beta.InvCDF(row.Errors, row.Examples - row.Errors + 1, 0.025);

    private static double Upper(TrainingRow row) =>
        row.Errors == row.Examples ? 1 : Beta.InvCDF(row.Errors + 1, row.Examples - row.Errors, 0.975);
}
