using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>How the spectrum is spread: effective and stable ranks, trace ratios, and a histogram.</summary>
/// <param name="Traces">The k of the trace ratios T_k, each 1 or more.</param>
/// <param name="Damping">z of the effective dimension; 0 for the cutoff's alpha^2.</param>
/// <param name="BinsPerDecade">Bins of the histogram for a factor of 10 of sigma.</param>
public sealed record SpectrumShape(ImmutableArray<int> Traces, double Damping, int BinsPerDecade) : Analysis
{
    private static readonly Field<ImmutableArray<int>> TracesField = Field.Integers(
        "traces",
        (SpectrumShape analysis) => analysis.Traces,
        "The k of the trace ratios T_k, the share of ||J||_F^2 in the k largest singular values.",
        minimum: 1,
        preset: [40, 80, 160]);

    private static readonly Field<double> DampingField = Field.Real(
        "damping",
        (SpectrumShape analysis) => analysis.Damping,
        "z of the effective dimension sum lambda / (lambda + z); 0 for alpha^2 of the cutoff.",
        Interval.NotNegative,
        preset: 0,
        unit: "sigma of J squared");

    private static readonly Field<int> BinsPerDecadeField = Field.Integer(
        "bins_per_decade",
        (SpectrumShape analysis) => analysis.BinsPerDecade,
        "Bins of the histogram for a factor of 10 of sigma.",
        minimum: 1,
        maximum: 1000,
        preset: 10);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, SpectrumShape>(
        kind: "spectrum_shape",
        summary: "Effective and stable rank, participation ratio, effective dimension, trace ratios, and a histogram.",
        source: "Roy and Vetterli 2007; arXiv:2003.02139; arXiv:2008.00938; arXiv:1906.05392v2, figure 5",
        example: "{spectrum_shape: {traces: [40, 80, 160], bins_per_decade: 10}}",
        fields: [TracesField, DampingField, BinsPerDecadeField],
        bind: settings => new SpectrumShape(
            settings.Of(TracesField), settings.Of(DampingField), settings.Of(BinsPerDecadeField)));

    /// <summary>
    /// Measurements of every spectrum, and the table <c>spectrum_shape_histogram</c>: the first bin of each spectrum,
    /// from 0, counts what lies below the trust floor or was not computed.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run) => new(
        [.. run.Spectra.SelectMany(Measure)],
        [
            new AnalysisTable("spectrum_shape_histogram", new CsvTable(
                ["epoch", "spectrum_at", "split", "sigma_from", "sigma_to", "count", "density"],
                [
                    .. from view in run.Spectra
                       from bin in SpectrumHistogram.Of(view.Spectrum, BinsPerDecade)
                       select Row(view, bin),
                ])),
        ]);

    /// <summary>The measurements of one checkpoint and split.</summary>
    public IEnumerable<Measurement> Measure(SpectralView view)
    {
        MeasurementRow row = new(view, "spectrum_shape");
        SpectralShape shape = new(view.Spectrum);
        yield return row.Enclosed("effective_rank", shape.EffectiveRank);
        yield return row.Enclosed("stable_rank", shape.StableRank);
        yield return row.Enclosed("participation_ratio", shape.ParticipationRatio);
        yield return Damping > 0
            ? row.Enclosed("effective_dimension", shape.EffectiveDimension(Damping))
            : row.EnclosedOfCutoff("effective_dimension", split => shape.EffectiveDimension(split.Alpha * split.Alpha));
        yield return row.EnclosedOfCutoff("trace_ratio_r", split => shape.TraceRatio(split.Rank));
        foreach (int rank in Traces.Distinct())
            yield return row.Enclosed(FormattableString.Invariant($"trace_ratio_{rank}"), shape.TraceRatio(rank));
    }

    private static ImmutableArray<string> Row(SpectralView view, HistogramBin bin) =>
    [
        view.Epoch.ToString(CultureInfo.InvariantCulture), view.Checkpoint, view.Split,
        CsvTable.Number(bin.From), CsvTable.Number(bin.To), bin.Count.ToString(CultureInfo.InvariantCulture),
        double.IsNaN(bin.Density) ? "" : CsvTable.Number(bin.Density),
    ];
}
