using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// Bounds of the energy of labels and residuals in the information space, ||P_I v||^2/||v||^2, without its basis: also
/// where neither the spectrum nor the Gram matrix can be afforded.
/// </summary>
/// <param name="Steps">m, products with J J^T.</param>
/// <param name="Cutoffs">More cutoffs alpha, in units of sigma, for the table.</param>
public sealed record BracketedEnergy(int Steps, ImmutableArray<double> Cutoffs) : Analysis
{
    private const string Kind = "energy_bracket";

    private static readonly Field<int> StepsField = Field.Integer(
        "steps",
        (BracketedEnergy analysis) => analysis.Steps,
        "Lanczos steps: more make the bounds narrower.",
        2,
        preset: 60);

    private static readonly Field<ImmutableArray<double>> CutoffsField = Field.Reals(
        "cutoffs",
        (BracketedEnergy analysis) => analysis.Cutoffs,
        "More cutoffs alpha beside the run's own: rows of the table energy_bracket.",
        Interval.Positive,
        minimumCount: 0,
        preset: [],
        unit: "sigma of J");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, BracketedEnergy>(
        kind: Kind,
        summary: "Bounds of ||P_I v||^2/||v||^2 for labels and residuals without singular vectors, by Lanczos.",
        source: "the inequalities of Chebyshev, Markov and Stieltjes: Szego, Orthogonal Polynomials, 3.41",
        example: "{energy_bracket: {steps: 60}}",
        fields: [StepsField, CutoffsField],
        bind: settings => new BracketedEnergy(settings.Of(StepsField), settings.Of(CutoffsField)));

    /// <inheritdoc/>
    public override AnalysisWork Work => new(Steps, Vectors: 8, 0);

    /// <inheritdoc/>
    public override bool IsPreset => false;

    /// <summary>
    /// <c>label_information_share</c> and <c>residual_information_share</c> of every target for the run's cutoff, the
    /// value in the middle of the bounds; for <c>cutoffs</c> the table <c>energy_bracket</c>. Cost:
    /// <see cref="Steps"/> products of J J^T with 8 vectors for each checkpoint and split.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        ImmutableArray<Found> found = [.. run.Spectra.Select(view => Bracket(run, view))];
        return new AnalysisResult(
            [.. found.SelectMany(of => of.Measurements)],
            Cutoffs.IsEmpty
                ? []
                :
                [
                    new AnalysisTable(Kind, new CsvTable(
                        ["spectrum_at", "epoch", "split", "vector", "target", "cutoff_alpha", "lower", "upper"],
                        [.. found.SelectMany(of => of.Rows)])),
                ]);
    }

    private Found Bracket(RunView run, SpectralView view)
    {
        SampleVectors vectors = new(run, view);
        ImmutableArray<(string Vector, string Target, double[] Elements)> all =
        [
            .. view.Targets.Select(target => ("label", target.Name, vectors.Label(target.Name))),
            .. view.Targets.Where(target => target.Residual is not null)
                .Select(target => ("residual", target.Name, vectors.Residual(target.Name))),
        ];
        SpectrumCut? own = SpectrumCut.Of(run.Plan.Cutoff, view);
        ImmutableArray<SpectrumCut> cuts =
        [
            .. own is null ? [] : (SpectrumCut[])[own],
            .. Cutoffs.Select(alpha => SpectrumCut.At(alpha, view.Spectrum, 0)),
        ];
        ImmutableArray<ImmutableArray<BracketOutcome>> outcomes =
            Outcomes(run, view, [.. all.Select(of => of.Elements)], cuts);
        ImmutableArray<Measurement>.Builder measurements = ImmutableArray.CreateBuilder<Measurement>();
        ImmutableArray<ImmutableArray<string>>.Builder rows = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        for (int index = 0; index < all.Length; index++)
        {
            (string vector, string target, double[] elements) = all[index];
            ImmutableArray<(double Lower, double Upper)> shares =
                Shares(outcomes[index], cuts, elements.Sum(entry => entry * entry));
            measurements.Add(Row(
                view,
                $"{vector}_information_share",
                target,
                own,
                own is null ? (double.NaN, double.NaN) : shares[0]));
            rows.AddRange(cuts.Zip(shares).Skip(own is null ? 0 : 1).Select(pair => (ImmutableArray<string>)
            [
                view.Checkpoint, view.Epoch.ToString(CultureInfo.InvariantCulture), view.Split, vector, target,
                CsvTable.Number(pair.First.Alpha),
                CsvTable.Number(pair.Second.Lower),
                CsvTable.Number(pair.Second.Upper),
            ]));
        }

        return new Found(measurements.ToImmutable(), rows.ToImmutable());
    }

    private ImmutableArray<ImmutableArray<BracketOutcome>> Outcomes(
        RunView run, SpectralView view, ImmutableArray<double[]> vectors, ImmutableArray<SpectrumCut> cuts)
    {
        JacobianAccess jacobians = run.Jacobians;
        using MatrixFreeGram gram = MatrixFreeGram.For(
            jacobians.Source(view.Checkpoint, view.Split),
            jacobians.Rows(view.Checkpoint, view.Split),
            vectors.Length,
            Steps);
        using WorkerTeam team = new(jacobians.Threads);
        return EnergyBracket.OfEach(
            gram.Operator,
            vectors,
            [.. cuts.SelectMany(cut => (double[])[cut.Low, cut.High])],
            Steps,
            team,
            new Progress<double>(),
            jacobians.Cancellation);
    }

    /// <summary>For each cut the lower bound at its high end and the upper bound at its low end, over
    /// ||v||^2.</summary>
    private static ImmutableArray<(double Lower, double Upper)> Shares(
        ImmutableArray<BracketOutcome> outcomes, ImmutableArray<SpectrumCut> cuts, double energy) =>
    [
        .. cuts.Select((cut, index) =>
            energy > 0
            && outcomes[2 * index].Bracket is { } low
            && outcomes[(2 * index) + 1].Bracket is { } high
                ? (Math.Max(0, (high.Lower / energy) - cut.Slack), Math.Min(1, (low.Upper / energy) + cut.Slack))
                : (double.NaN, double.NaN)),
    ];

    private Measurement Row(
        SpectralView view, string quantity, string target, SpectrumCut? cut, (double Lower, double Upper) share)
    {
        bool isRefused = cut is null || cut.Low <= SpectrumCut.Floor(view.Spectrum);
        (double lower, double upper) = isRefused ? (double.NaN, double.NaN) : share;
        // What rounding alone could have made of nothing is not reported as a number.
        double middle = lower == 0 && upper <= 512 * UnitRoundoff.Float64 * Steps ? 0 : (lower + upper) / 2;
        string status = isRefused ? "refused" : double.IsNaN(lower) ? "undefined" : cut!.Status;
        return new Measurement(
            Kind, quantity, view.Epoch, view.Checkpoint, view.Split, target, cut?.Rank, cut?.Alpha,
            middle, lower, upper, "", status);
    }

    /// <summary>What was found of one checkpoint and split.</summary>
    private sealed record Found(ImmutableArray<Measurement> Measurements, ImmutableArray<ImmutableArray<string>> Rows);
}
