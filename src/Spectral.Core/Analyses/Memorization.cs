using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Noises;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// What training makes of corrupted labels: errors and residuals of the corrupted and the clean training examples apart,
/// against the given and against the true label, after every recorded epoch.
/// </summary>
public sealed record Memorization : Analysis
{
    private static readonly ImmutableArray<string> Groups = ["corrupted", "uncorrupted"];

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Analysis, Memorization>(
        kind: "memorization",
        summary: "Errors and residuals of corrupted and uncorrupted training examples, against given and true labels, by epoch.",
        source: "arXiv:1903.11680, section 4; arXiv:1906.05392v2, figure 8",
        example: "memorization",
        fields: [],
        bind: _ => new Memorization());

    /// <inheritdoc/>
    public override string? Inapplicable(RunPlan plan) =>
        plan.Noise is NoNoise ? "tells corrupted labels from clean ones, and there is no noise" : null;

    /// <summary>
    /// The table <c>memorization</c>: a row for every recorded epoch, group and target with the mean of 1/2 ||f_i - y_i||^2
    /// (<c>mean_half_square</c>; softmax(f_i) for cross entropy) and, for classes, the errors. Measurements are those of the
    /// last recorded epoch, error rates with their 95 % interval. All training examples count, whether or not they have
    /// rows in the Jacobian.
    /// </summary>
    /// <inheritdoc/>
    public override AnalysisResult Analyse(RunView run)
    {
        SplitView train = run.Split("train");
        ImmutableArray<Group> found =
        [
            .. from record in Enumerable.Range(0, train.Epochs.Length)
               from corrupted in Groups
               from target in (ImmutableArray<string>)["given", "clean"]
               select Measure(run, train, record, corrupted, target),
        ];
        return new AnalysisResult(
            [.. found.Where(group => group.Epoch == train.Epochs[^1]).SelectMany(Measurements)],
            [
                new AnalysisTable("memorization", new CsvTable(
                    ["epoch", "split", "group", "target", "examples", "errors", "error", "mean_half_square"],
                    [.. found.Select(Row)])),
            ]);
    }

    private static Group Measure(RunView run, SplitView train, int record, string name, string target)
    {
        ReadOnlySpan<float> outputs = train.OutputsOf(record);
        ReadOnlySpan<float> targets = (target == "given" ? train.Given : train.Clean).AsSpan();
        ImmutableArray<int> labels = target == "given" ? train.GivenLabels : train.CleanLabels;
        double[] predictions = new double[train.Classes];
        int examples = 0, errors = 0;
        double half = 0;
        for (int example = 0; example < train.Examples; example++)
        {
            if (train.IsCorrupted(example) != (name == "corrupted"))
                continue;
            examples++;
            int first = example * train.Classes, largest = 0;
            for (int c = 0; c < predictions.Length; c++)
            {
                predictions[c] = outputs[first + c];
                largest = outputs[first + c] > outputs[first + largest] ? c : largest;
            }

            errors += train.AreClasses && largest != labels[example] ? 1 : 0;
            run.Plan.Training.Loss.Predict(predictions);
            for (int c = 0; c < predictions.Length; c++)
                half += 0.5 * (predictions[c] - targets[first + c]) * (predictions[c] - targets[first + c]);
        }

        return new Group(
            (int)train.Epochs[record], name, target, examples, train.AreClasses ? errors : null, half / examples);
    }

    private static IEnumerable<Measurement> Measurements(Group group)
    {
        yield return Row("examples", group.Examples, group.Examples, group.Examples, "examples", "ok");
        if (group.Examples == 0)
            yield break;
        yield return Row("mean_half_square", group.MeanHalfSquare, group.MeanHalfSquare, group.MeanHalfSquare, "", "ok");
        if (group.Errors is not { } errors)
            yield break;
        (double lower, double upper) = BinomialInterval.Of(errors, group.Examples);
        yield return Row("error", (double)errors / group.Examples, lower, upper, "", "ok");

        Measurement Row(string quantity, double value, double lower, double upper, string unit, string status) => new(
            "memorization", $"{group.Name}_{quantity}", group.Epoch, "", "train", group.Target, null, null, value, lower,
            upper, unit, status);
    }

    private static ImmutableArray<string> Row(Group group) =>
    [
        Whole(group.Epoch), "train", group.Name, group.Target, Whole(group.Examples),
        group.Errors is { } errors ? Whole(errors) : "",
        group.Errors is { } wrong && group.Examples > 0 ? CsvTable.Number((double)wrong / group.Examples) : "",
        CsvTable.Number(group.MeanHalfSquare),
    ];

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What was found of one group after one epoch; errors are null without classes.</summary>
    private sealed record Group(
        int Epoch, string Name, string Target, int Examples, int? Errors, double MeanHalfSquare);
}
