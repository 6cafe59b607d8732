using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The early-stopping value B_{alpha,Gamma} and distance B/alpha of labels and initial residual: how far the weights of
/// the linearised network move until T = Gamma / (eta alpha^2).
/// </summary>
/// <param name="Gamma">Gamma, 1 or more.</param>
public sealed record EarlyStoppingValue(double Gamma) : SpectralAnalysis
{
    private static readonly Field<double> GammaField = Field.Real(
        "gamma",
        (EarlyStoppingValue analysis) => analysis.Gamma,
        "Gamma of T = Gamma / (eta alpha^2), the time of the early stop.",
        new Interval(1, true, double.PositiveInfinity, false));

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, EarlyStoppingValue>(
        kind: "early_stopping_value",
        summary: "B and B/alpha of labels and initial residual at an early stop, between lemma 6.2's bounds.",
        source: "arXiv:1906.05392v2, definition 6.1 and lemma 6.2",
        example: "{early_stopping_value: 4}",
        fields: [GammaField],
        bind: settings => new EarlyStoppingValue(settings.Of(GammaField)));

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) => plan.Training.Loss.SquaredUnit(1, 1) is null
        ? "is of the linear dynamics of squared error, and the loss is another"
        : null;

    /// <inheritdoc/>
    public override ImmutableArray<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "early_stopping_value");
        return
        [
            .. from target in view.Targets
               where target.InitialResidual is not null
               from vector in TargetVectors.Of(target)
               where vector.Name != "residual"
               from measurement in Measure(row, view.Spectrum, target.Name, vector)
               select measurement,
        ];
    }

    private IEnumerable<Measurement> Measure(
        MeasurementRow row, SingularSpectrum spectrum, string target, NamedVector named)
    {
        ProjectedVector vector = named.Vector;
        yield return row.EnclosedOfSpace(named.Name, target, "", Value);
        yield return row.EnclosedOfSpace(
            named.Name + "_distance",
            target,
            "norm of theta",
            split => split.Alpha > 0 ? Value(split).Times(1 / split.Alpha) : Enclosure.Undefined);
        yield return row.EnclosedOfSpace(
            named.Name + "_lower_bound", target, "", split => Lower(spectrum, split, vector));
        yield return row.OfSpace(
            named.Name + "_upper_bound",
            target,
            split => Hypotenuse(vector.Information(split), Gamma * vector.Nuisance(split)),
            Gamma * vector.Norm);

        Enclosure Value(SpaceSplit split) => new TruncatedJacobian(spectrum, split).EarlyStoppingValue(vector, Gamma);
    }

    /// <summary>(alpha / sigma_1) ||P_I v||, off by the angle and by sigma_1's error.</summary>
    private static Enclosure Lower(SingularSpectrum spectrum, SpaceSplit split, ProjectedVector vector)
    {
        if (spectrum.Largest <= 0)
            return Enclosure.Undefined;
        double rounding = spectrum.Rows * UnitRoundoff.Float64;
        return Enclosure.Around(vector.Information(split), (split.AngleBound + rounding) * vector.Norm)
            .Over(Enclosure.Around(spectrum.Largest, spectrum.ErrorOf(0)))
            .Times(split.Alpha);
    }

    private static double Hypotenuse(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
