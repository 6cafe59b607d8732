using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>What the summary of a run says: its columns, and the cells under them.</summary>
internal static class SummaryContent
{
    private const int Digits = 4;

    private const string InformationMeaning =
        "‖P_I v‖ / ‖v‖, how much of the vector v lies in the information space span(u_1..u_r); 0 to 1";

    private const string NuisanceMeaning =
        "‖P_N v‖ / ‖v‖, how much lies in its complement, the nuisance space; the squares of both add up to 1";

    private sealed record Source(SummaryColumn Column, Func<MeasuredPoint, string> Cell);

    /// <summary>The summary of a run.</summary>
    public static SummaryTable Of(RunResult result)
    {
        MeasurementIndex index = new(result);
        ImmutableArray<MeasuredPoint> points = [.. index.Points];
        ImmutableArray<SummaryBlock> blocks =
        [
            .. new[]
            {
                Block("Where the spectrum is cut, and how often the network is wrong", points, SpectrumColumns(result, index)),
                Block("Labels and initial residual in the information and the nuisance space", points, AlignmentColumns(index)),
                ExpectationTable.Of(result),
                TheoremBlock.Of(result),
            }.OfType<SummaryBlock>(),
        ];
        ImmutableArray<SummaryLegend> legend =
        [
            .. blocks.SelectMany(block => block.Columns)
                .Where(column => column.Explanation.Length > 0)
                .DistinctBy(column => column.Header + column.Explanation)
                .Select(column => new SummaryLegend(column.Header, column.Explanation)),
        ];
        return new SummaryTable(
            PlainText.OneLine($"{result.Name}: before and after training"), blocks, legend, SummaryNotes.Of(result, index));
    }

    private static IEnumerable<Source> SpectrumColumns(RunResult result, MeasurementIndex index)
    {
        yield return Column("", "r", "cutoff rank, the dimension of the information space", at =>
            index.Rank(at)?.ToString(CultureInfo.InvariantCulture)
                ?? (IsRefused(index, at) ? MeasurementText.Refused : UncertainNumber.Absent));
        yield return Column("", "α", "cutoff in units of J's singular values: directions with σ_s ≥ α are information", at =>
            index.Alpha(at) is { } alpha ? UncertainNumber.Format(alpha, alpha, alpha, Digits) : UncertainNumber.Absent);
        foreach ((string header, string quantity, string meaning) in new[]
        {
            ("σ_1", "sigma_1", "largest singular value of J, output per unit of parameter"),
            ("σ_r", "sigma_r", "the last singular value in the information space"),
            ("σ_r+1", "sigma_r_plus_1", "the first one in the nuisance space; the cut is good where it is far below σ_r"),
        })
        {
            yield return Column("", header, meaning, at => MeasurementText.Of(index.Find(at, "spectrum", quantity), Digits));
        }

        // Without noise the clean labels are the given ones: the same numbers twice would only look like more evidence.
        foreach ((string target, string meaning) in new[]
        {
            ("given", "share of examples whose largest output is not at the given label, noise included (on train)"),
            ("clean", "the same against the labels before noise"),
        })
        {
            if (target == "clean" && index.Points.All(at => Error(at, "clean") == Error(at, "given")))
                continue;
            yield return Column("error", "vs " + target, meaning, at => Error(at, target));
        }

        string Error(MeasuredPoint at, string target) => ErrorRate(result, index, at, target);
    }

    private static IEnumerable<Source> AlignmentColumns(MeasurementIndex index)
    {
        bool showClean = index.Points.Any(at => Label(index, at, "clean") != Label(index, at, "given"));
        foreach ((string group, string target) in new[]
        {
            ("given labels y", "given"), ("clean labels y", "clean"), ("centred labels y", "centred"),
        })
        {
            if (target == "clean" && !showClean)
                continue;
            yield return Column(group, "P_I", InformationMeaning, at => Label(index, at, target));
            yield return Column(group, "P_N", NuisanceMeaning, at =>
                MeasurementText.Of(index.Find(at, "label_alignment", "nuisance", target), Digits));
        }

        yield return Column("residual r_0", "P_I", InformationMeaning, at => InitialResidual(index, at, "initial_information"));
        yield return Column("residual r_0", "P_N", NuisanceMeaning, at => InitialResidual(index, at, "initial_nuisance"));
        yield return Column("baselines for P_I y", "random", "√(r/nK), what a random r-dimensional space would hold of y", at =>
            AnyTarget(index, at, "label_alignment", "random_baseline"));
        const string ClassMeaning =
            "what outputs equal for all examples, span(1 ⊗ e_c), would hold of the given y; 0 for centred y";
        yield return Column("baselines for P_I y", "class", ClassMeaning, at =>
            AnyTarget(index, at, "label_alignment", "class_constant_baseline"));
    }

    private static string Label(MeasurementIndex index, MeasuredPoint at, string target) =>
        MeasurementText.Of(index.Find(at, "label_alignment", "information", target), Digits);

    private static string InitialResidual(MeasurementIndex index, MeasuredPoint at, string quantity) =>
        AnyTarget(index, at, "residual_energy", quantity);

    // The test split may have clean labels only; they are the given ones there.
    private static string AnyTarget(MeasurementIndex index, MeasuredPoint at, string analysis, string quantity) =>
        MeasurementText.Of(index.Find(at, analysis, quantity, "given") ?? index.Find(at, analysis, quantity, "clean"), Digits);

    // The test split's labels are clean whatever the noise: without an error against given labels, those are the given ones.
    private static string ErrorRate(RunResult result, MeasurementIndex index, MeasuredPoint at, string target)
    {
        string text = ErrorAgainst(result, index, at, target);
        return text == UncertainNumber.Absent && target == "given" ? ErrorAgainst(result, index, at, "clean") : text;
    }

    private static string ErrorAgainst(RunResult result, MeasurementIndex index, MeasuredPoint at, string target)
    {
        Measurement? errors = index.Find(at, "classification_error", "errors", target);
        TrainingRow? row = result.Training.FirstOrDefault(
            row => row.Epoch == at.Epoch && row.Split == at.Split && row.Target == target);
        int examples = row?.Examples ?? (at.Split == "train" ? result.Plan.Dataset.TrainCount : result.Plan.Dataset.TestCount);
        if (errors is { Status: "ok" } && errors.Value >= 0 && errors.Value <= examples)
            return UncertainNumber.Rate((int)errors.Value, examples);
        return row?.Errors is { } counted ? UncertainNumber.Rate(counted, examples) : UncertainNumber.Absent;
    }

    private static bool IsRefused(MeasurementIndex index, MeasuredPoint at) => index.At(at).Any(row => row.Status == "refused");

    private static Source Column(string group, string header, string explanation, Func<MeasuredPoint, string> cell) =>
        new(new SummaryColumn(group, header, explanation, IsKey: false), cell);

    private static SummaryBlock? Block(string caption, ImmutableArray<MeasuredPoint> points, IEnumerable<Source> sources)
    {
        ImmutableArray<Source> filled =
            [.. sources.Where(source => points.Any(at => source.Cell(at) != UncertainNumber.Absent))];
        if (filled.IsEmpty)
            return null;
        ImmutableArray<Source> all =
        [
            new Source(new SummaryColumn("", "split", "", IsKey: true), at => PlainText.OneLine(at.Split)),
            new Source(new SummaryColumn("", "checkpoint", "", IsKey: true), at => PlainText.OneLine(at.Checkpoint)),
            new Source(new SummaryColumn("", "epoch", "", IsKey: false), at => at.Epoch.ToString(CultureInfo.InvariantCulture)),
            .. filled,
        ];
        return new SummaryBlock(
            caption,
            [.. all.Select(source => source.Column)],
            [.. points.Select(at => all.Select(source => source.Cell(at)).ToImmutableArray())]);
    }
}
