using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// How many singular values lie where, estimated from random probes: also where only the largest values, or none, can
/// be computed.
/// </summary>
/// <param name="Probes">n_v, random start vectors.</param>
/// <param name="Steps">m, products with J J^T.</param>
/// <param name="BinsPerDecade">Bins for a factor of 10 in sigma.</param>
public sealed record EstimatedDensity(int Probes, int Steps, int BinsPerDecade) : Analysis
{
    private const string Kind = "spectral_density";

    private static readonly Field<int> ProbesField = Field.Integer(
        "probes",
        (EstimatedDensity analysis) => analysis.Probes,
        "Random probes: more make the intervals narrower.",
        2,
        preset: 16);

    private static readonly Field<int> StepsField = Field.Integer(
        "steps",
        (EstimatedDensity analysis) => analysis.Steps,
        "Lanczos steps of each probe: more resolve more.",
        2,
        preset: 80);

    private static readonly Field<int> BinsField = Field.Integer(
        "bins_per_decade",
        (EstimatedDensity analysis) => analysis.BinsPerDecade,
        "Bins of the table for a factor of 10 in sigma.",
        1,
        100,
        preset: 10);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, EstimatedDensity>(
        kind: Kind,
        summary: "How many singular values lie where, by stochastic Lanczos quadrature, with Monte-Carlo intervals.",
        source: "Lin, Saad, Yang, SIAM Review 58 (2016); Ubaru, Chen, Saad, SIAM J. Matrix Anal. Appl. 38 (2017)",
        example: "{spectral_density: {probes: 16, steps: 80}}",
        fields: [ProbesField, StepsField, BinsField],
        bind: settings =>
            new EstimatedDensity(settings.Of(ProbesField), settings.Of(StepsField), settings.Of(BinsField)));

    /// <inheritdoc/>
    public override AnalysisWork Work => new(Steps, Probes, 0);

    /// <inheritdoc/>
    public override bool IsPreset => false;

    /// <summary>
    /// The table <c>spectral_density</c>: counts by bins of sigma, from sigma_1 down to the trust floor of J J^T, and
    /// beside them (<c>above</c>) the count from the bin's lower edge on. Measurements: <c>count_above_cutoff</c>,
    /// <c>count_above_floor</c>, <c>deflated</c> and <c>trust_floor</c>. Intervals hold the probes' Monte-Carlo error
    /// (95 %) and what the steps leave open. The pairs that the cutoff kept are counted as they are. Cost:
    /// <see cref="Steps"/> products of J J^T with <see cref="Probes"/> vectors for each checkpoint and split.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        ImmutableArray<(SpectralView View, SpectralDensity Density)> found =
            [.. run.Spectra.Select(view => (view, Estimate(run, view)))];
        return new AnalysisResult(
            [.. found.SelectMany(of => Measurements(run, of.View, of.Density))],
            [
                new AnalysisTable(Kind, new CsvTable(
                    [
                        "spectrum_at", "epoch", "split", "lower_edge", "upper_edge",
                        "count", "count_lower", "count_upper", "above", "above_lower", "above_upper",
                    ],
                    [.. found.SelectMany(of => of.Density.Bins.Select(bin => Row(of.View, of.Density, bin)))])),
            ]);
    }

    private SpectralDensity Estimate(RunView run, SpectralView view)
    {
        JacobianAccess jacobians = run.Jacobians;
        using MatrixFreeGram gram = MatrixFreeGram.For(
            jacobians.Source(view.Checkpoint, view.Split), jacobians.Rows(view.Checkpoint, view.Split), Probes, Steps);
        using WorkerTeam team = new(jacobians.Threads);
        int known = view.LeftVectors.Length / gram.Operator.Order;
        return SpectralDensity.Estimate(
            gram.Operator,
            Probes,
            Steps,
            BinsPerDecade,
            run.Plan.Seeds.Of("init"),
            known > 0 ? new LeadingPairs(view.Spectrum.Values[..known], view.LeftVectors, gram.Operator.Order) : null,
            team,
            new Progress<double>(),
            jacobians.Cancellation);
    }

    private static IEnumerable<Measurement> Measurements(RunView run, SpectralView view, SpectralDensity density)
    {
        SpectrumCut? cut = SpectrumCut.Of(run.Plan.Cutoff, view);
        yield return cut is not null && cut.Low > density.TrustFloor
            ? Row("count_above_cutoff", Between(density.CountFrom(cut.High), density.CountFrom(cut.Low)), cut.Status)
            : Row("count_above_cutoff", Number(double.NaN), "refused");
        yield return density.TrustFloor > 0
            ? Row("count_above_floor", density.CountFrom(density.TrustFloor), "ok")
            : Row("count_above_floor", Number(0), "ok");
        yield return Row("deflated", Number(density.Deflated), "ok");
        yield return Row("trust_floor", Number(density.TrustFloor), "ok") with { Unit = "" };

        Measurement Row(string quantity, CountEstimate count, string status) => new(
            Kind, quantity, view.Epoch, view.Checkpoint, view.Split, "",
            quantity == "count_above_cutoff" ? cut?.Rank : null,
            quantity == "count_above_cutoff" ? cut?.Alpha : null,
            count.Value, count.Lower, count.Upper, "singular values", status);

        static CountEstimate Number(double value) => new(value, 0, value, value);

        // The cutoff may stand anywhere between two places.
        static CountEstimate Between(CountEstimate fewer, CountEstimate more) =>
            more with { Value = (fewer.Value + more.Value) / 2, Lower = fewer.Lower };
    }

    private static ImmutableArray<string> Row(SpectralView view, SpectralDensity density, DensityBin bin)
    {
        CountEstimate above = density.CountFrom(bin.Lower);
        return
        [
            view.Checkpoint, view.Epoch.ToString(CultureInfo.InvariantCulture), view.Split,
            .. ((double[])
                [
                    bin.Lower, bin.Upper, bin.Count.Value, bin.Count.Lower, bin.Count.Upper,
                    above.Value, above.Lower, above.Upper,
                ]).Select(CsvTable.Number),
        ];
    }
}
