using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// How much of the residual r_t = f_t - y is left in each space: ||P_I r_t||^2/||r_0||^2 and ||P_N r_t||^2/||r_0||^2,
/// their shares of ||r_t||^2, and where the initial residual lies in this checkpoint's spaces; and the same energies of
/// every recorded epoch in the spaces of one checkpoint.
/// </summary>
/// <param name="Reference">The checkpoint whose spaces the curves are drawn in.</param>
public sealed record ResidualEnergy(string Reference = Checkpoint.Final) : Analysis
{
    private static readonly Field<string> ReferenceField = Field.Checkpoint(
        "reference",
        (ResidualEnergy analysis) => analysis.Reference,
        "Checkpoint in whose spaces the residuals of all recorded epochs are measured.",
        Checkpoint.Final);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, ResidualEnergy>(
        kind: "residual_energy",
        summary: "||P_I r||^2 and ||P_N r||^2 of the residual over ||r_0||^2, for given, clean and centred labels.",
        source: "arXiv:1906.05392v2, section 4, figures 6 to 8 and tables 1 to 3",
        example: "{residual_energy: {reference: final}}",
        fields: [ReferenceField],
        bind: settings => new ResidualEnergy(settings.Of(ReferenceField)));

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) => ReferenceCheckpoint.Problem(plan, Reference);

    /// <summary>
    /// The measurements of every checkpoint and split in its own spaces, and the table <c>residual_energy</c>: a row
    /// for
    /// every split, target and recorded epoch with the energies in the reference's spaces, the least of each over the
    /// last
    /// ten recorded epochs, and a bound of their errors. No rows where training did not reach the reference.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        string? name = ReferenceCheckpoint.NameIn(run.Plan, Reference);
        return new AnalysisResult(
            [.. run.Spectra.SelectMany(view => Measure(view))],
            [
                new AnalysisTable("residual_energy", new CsvTable(
                    ResidualCurve.Header,
                    [
                        .. run.Spectra.Where(view => view.Checkpoint == name)
                            .SelectMany(view => ResidualCurve.Rows(run, view)),
                    ])),
            ]);
    }

    /// <summary>The measurements of one checkpoint and split.</summary>
    public static ImmutableArray<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "residual_energy");
        return [.. view.Targets.SelectMany(target => Measure(row, view, target))];
    }

    private static IEnumerable<Measurement> Measure(MeasurementRow row, SpectralView view, TargetView target)
    {
        if (target.Residual is not { } now || target.InitialResidual is not { } start)
            yield break;
        double left = Square(now.Norm), first = Square(start.Norm);
        // Without an initial residual there is nothing to measure against.
        double total = first > 0 ? left / first : double.NaN;
        double rounding = view.Spectrum.Rows * UnitRoundoff.Float64;
        yield return row.OfSpace("information", target.Name, split => Square(now.Information(split)) / first, total);
        yield return row.OfSpace("nuisance", target.Name, split => Square(now.Nuisance(split)) / first, total);
        yield return first > 0
            ? row.Within("total", total, total * (1 - rounding), total * (1 + rounding), target: target.Name)
            : row.Undefined("total", target: target.Name);
        double any = left > 0 ? 1 : double.NaN;
        yield return row.OfSpace("information_share", target.Name, split => Square(now.Information(split)) / left, any);
        yield return row.OfSpace("nuisance_share", target.Name, split => Square(now.Nuisance(split)) / left, any);
        double some = first > 0 ? 1 : double.NaN;
        yield return row.OfSpace("initial_information", target.Name, split => start.Information(split) / start.Norm, some);
        yield return row.OfSpace("initial_nuisance", target.Name, split => start.Nuisance(split) / start.Norm, some);
    }

    private static double Square(double value) => value * value;
}
