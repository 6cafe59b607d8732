using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>How much of the labels lies in the information space: ||P_I y||/||y|| and ||P_N y||/||y||.</summary>
public sealed record LabelAlignment : SpectralAnalysis
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, LabelAlignment>(
        kind: "label_alignment",
        summary: "||P_I y||/||y|| and ||P_N y||/||y|| for given, clean, centred labels and the label noise, with two baselines.",
        source: "arXiv:1906.05392v2, section 4, tables 1 to 3",
        example: "label_alignment",
        fields: [],
        bind: _ => new LabelAlignment());

    /// <inheritdoc/>
    public override ImmutableArray<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "label_alignment");
        return [.. view.Targets.SelectMany(target => Measure(row, view, target))];
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
