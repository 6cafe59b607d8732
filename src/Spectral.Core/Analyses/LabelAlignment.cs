using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>How much of the labels lies in the information space: ||P_I y||/||y|| and ||P_N y||/||y||.</summary>
public sealed record LabelAlignment : Analysis
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, LabelAlignment>(
        kind: "label_alignment",
        summary: "||P_I y||/||y|| and ||P_N y||/||y|| for given, clean, centred labels and label noise, with baselines.",
        source: "arXiv:1906.05392v2, section 4, tables 1 to 3",
        example: "label_alignment",
        fields: [],
        bind: _ => new LabelAlignment());

    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run) => AnalysisResult.Of(
    [
        .. run.Spectra.SelectMany(view => run.Split(view.Split).AreClasses
            ? [.. Measure(view), .. IndicatorBaselines(view)]
            : Measure(view)),
    ]);

    /// <summary>The measurements of one checkpoint and split, without the baselines that need classes.</summary>
    public ImmutableArray<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "label_alignment");
        return [.. view.Targets.SelectMany(target => Measure(row, view, target))];
    }

    /// <summary>
    /// What the ideal information space, span{1_l (x) e_c} for 1_l the indicator of the clean class l, holds of
    /// corrupted labels and leaves out of them: they differ from their projection by <c>noise_centred</c>. For uniform
    /// noise of rate rho on balanced classes the expected energies are 1/K + (1 - 1/K) c^2 and (1 - 1/K) (1 - c^2),
    /// c = 1 - rho K / (K - 1).
    /// </summary>
    private static IEnumerable<Measurement> IndicatorBaselines(SpectralView view)
    {
        ProjectedVector given = view.Targets.Single(target => target.Name == "given").Label;
        ProjectedVector noise = view.Targets.Single(target => target.Name == "noise").Label;
        ProjectedVector centred = view.Targets.Single(target => target.Name == "noise_centred").Label;
        if (noise.Norm == 0 || given.Norm == 0)
            yield break;
        MeasurementRow row = new(view, "label_alignment");
        double nuisance = Math.Min(1, centred.Norm / given.Norm);
        yield return row.Share("indicator_baseline", Math.Sqrt((1 - nuisance) * (1 + nuisance)), "given");
        yield return row.Share("indicator_baseline_nuisance", nuisance, "given");
    }

    private static IEnumerable<Measurement> Measure(MeasurementRow row, SpectralView view, TargetView target)
    {
        // For y = 0 (no noise; every example of one class) a share of it means nothing.
        double one = target.Label.Norm > 0 ? 1 : double.NaN;
        yield return row.OfSpace("information", target.Name, split => target.Label.Information(split) / target.Label.Norm, one);
        yield return row.OfSpace("nuisance", target.Name, split => target.Label.Nuisance(split) / target.Label.Norm, one);
        if (double.IsNaN(one))
            yield break;

        // What a space that knows nothing would get: a random one of the same dimension, and the class means alone.
        if (view.Cutoff.Split is { } split)
            yield return row.Exact("random_baseline", Math.Sqrt((double)split.Rank / view.Spectrum.Rows), target: target.Name);
        yield return row.Share("class_constant_baseline", target.ClassConstantShare, target.Name);
    }
}
