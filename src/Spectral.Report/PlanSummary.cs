using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Spectral.Core;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Report;

/// <summary>What was run, as terms and their values in words, read off the plan's own JSON.</summary>
internal static class PlanSummary
{
    /// <summary>The terms in the order of a spec.</summary>
    /// <exception cref="ArgumentException">A component of the plan is not in the Catalog.</exception>
    public static ImmutableArray<(string Term, string Value)> Of(RunResult result)
    {
        RunPlan plan = result.Plan;
        JsonObject json = PlanJson.Write(plan, Catalog.Components);
        int classes = plan.Dataset.ClassNames.Length;
        return
        [
            ("Dataset", Words(json["dataset"])),
            ("Size", Invariant($"{plan.Dataset.TrainCount} training and {plan.Dataset.TestCount} test examples, ")
                + Invariant($"K = {classes} classes, inputs {plan.Dataset.InputShape}")),
            ("Label noise", Words(json["noise"])),
            ("Network", Words(json["network"])),
            ("Parameters", Invariant($"p = {result.Parameters}")),
            ("Training", !plan.Weights.IsEmpty
                ? Invariant($"none: {plan.Weights.Length} checkpoints trained elsewhere, ")
                    + PrecisionNames.Of(plan.Training.Precision)
                : Invariant($"{plan.Training.Epochs} epochs of batches of {plan.Training.BatchSize}, ")
                    + PrecisionNames.Of(plan.Training.Precision)),
            ("Loss", Words(json["training"]?["loss"])),
            ("Optimizer", Words(json["training"]?["optimizer"])),
            ("Schedule", Words(json["training"]?["schedule"])),
            ("Jacobian at", string.Join(", ", plan.Jacobian.At.Select(at =>
                at.Epoch is { } epoch ? Invariant($"{at.Name} (epoch {epoch})") : at.Name))
                + " on " + string.Join(" and ", plan.Jacobian.Splits)),
            ("Spectrum", $"method {plan.Jacobian.Method}, {PrecisionNames.Of(plan.Jacobian.Precision)}"),
            ("Cutoff", Words(json["cutoff"])),
            ("Analyses", plan.Analyses.IsEmpty
                ? "none"
                : string.Join(", ", json["analyses"]?.AsArray().Select(Words) ?? [])),
            ("Seeds", Settings(json["seed"])),
            ("Threads", Invariant($"{plan.Threads}")),
        ];
    }

    /// <summary>A component in words: <c>mlp (hidden: [32, 16]; activation: tanh)</c>.</summary>
    private static string Words(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } component when component.First() is { Value: JsonObject settings } pair =>
            settings.Count == 0 ? pair.Key : $"{pair.Key} ({Settings(settings)})",
        JsonArray list => "[" + string.Join(", ", list.Select(Words)) + "]",
        JsonValue value when value.TryGetValue(out string? text) => text,
        null => UncertainNumber.Absent,
        _ => Encoding.UTF8.GetString(CanonicalJson.Serialize(node)),
    };

    private static string Settings(JsonNode? node) => node is JsonObject settings
        ? string.Join("; ", settings.Select(setting => $"{setting.Key}: {Words(setting.Value)}"))
        : UncertainNumber.Absent;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
