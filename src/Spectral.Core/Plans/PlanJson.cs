using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectral.Core.Components;
using Spectral.Core.Formats;

namespace Spectral.Core.Plans;

/// <summary>
/// Run plans as canonical JSON, version 1. The bytes' SHA-256 is the plan hash. Reading needs neither YAML nor the DSL,
/// so a bundle's plan runs wherever Core does.
/// </summary>
public static class PlanJson
{
    /// <summary>The version of the plan's JSON form, the value of its key <c>plan</c>.</summary>
    public const int Version = 1;

    private const string EvaluateEvery = "evaluate_every";
    private const string Examples = "examples";
    private const string Top = "top";

    /// <summary>The canonical bytes (RFC 8785) of a plan.</summary>
    public static byte[] Serialize(RunPlan plan, ComponentCatalog catalog) => CanonicalJson.Serialize(Write(plan, catalog));

    /// <summary>The plan hash: SHA-256 of the canonical bytes, 64 lower-case hexadecimal digits.</summary>
    public static string Hash(RunPlan plan, ComponentCatalog catalog) => ContentHash.Sha256(Serialize(plan, catalog));

    /// <summary>The plan as a JSON tree.</summary>
    public static JsonObject Write(RunPlan plan, ComponentCatalog catalog) => PlanInputs.Write(plan, new JsonObject
    {
        ["plan"] = Version,
        ["seed"] = WriteSeeds(plan.Seeds),
        ["dataset"] = ComponentJson.Write(plan.Dataset, catalog),
        ["noise"] = ComponentJson.Write(plan.Noise, catalog),
        ["network"] = ComponentJson.Write(plan.Network, catalog),
        ["trainable"] = WriteSelection(plan.Trainable),
        ["training"] = WithEvaluations(plan.Training, new JsonObject
        {
            ["loss"] = ComponentJson.Write(plan.Training.Loss, catalog),
            ["optimizer"] = ComponentJson.Write(plan.Training.Optimizer, catalog),
            ["batch_size"] = plan.Training.BatchSize,
            ["epochs"] = plan.Training.Epochs,
            ["precision"] = PrecisionNames.Of(plan.Training.Precision),
            ["record_outputs_every"] = plan.Training.RecordOutputsEvery,
            ["schedule"] = ComponentJson.Write(plan.Training.Schedule, catalog),
            ["augment"] = new JsonArray([.. plan.Training.Augment.Select(one => ComponentJson.Write(one, catalog))]),
            ["clip_gradient_norm"] = plan.Training.ClipGradientNorm is { } norm ? norm : "none",
            ["stop"] = ComponentJson.Write(plan.Training.Stop, catalog),
        }),
        ["jacobian"] = WithPart(plan.Jacobian, new JsonObject
        {
            ["at"] = new JsonArray([.. plan.Jacobian.At.Select(WriteCheckpoint)]),
            ["splits"] = new JsonArray([.. plan.Jacobian.Splits.Select(split => (JsonNode)split)]),
            ["parameters"] = WriteSelection(plan.Jacobian.Parameters),
            ["precision"] = PrecisionNames.Of(plan.Jacobian.Precision),
            ["method"] = plan.Jacobian.Method,
        }),
        ["cutoff"] = ComponentJson.Write(plan.Cutoff, catalog),
        ["analyses"] = new JsonArray([.. plan.Analyses.Select(analysis => ComponentJson.Write(analysis, catalog))]),
        ["threads"] = plan.Threads,
    });

    /// <summary>Reads a plan.</summary>
    /// <exception cref="FormatException">The bytes are no plan of this version; the message names the path.</exception>
    public static RunPlan Parse(ReadOnlySpan<byte> utf8, ComponentCatalog catalog)
    {
        JsonNode? root = CanonicalJson.Parse(utf8);
        if (root is JsonObject versioned && versioned["plan"]?.ToJsonString() is { } version && version != $"{Version}")
            throw new FormatException($"plan: this is a plan of version {version}, and this build reads version {Version}");
        JsonReading plan = JsonReading.Of(
            root,
            "plan",
            [
                "plan",
                "seed",
                "dataset",
                "noise",
                "network",
                "trainable",
                "training",
                "jacobian",
                "cutoff",
                "analyses",
                "threads",
                .. PlanInputs.Keys(root),
            ]);
        JsonReading training = JsonReading.Of(
            plan["training"],
            "training",
            [
                "loss",
                "optimizer",
                "batch_size",
                "epochs",
                "precision",
                "record_outputs_every",
                "schedule",
                "augment",
                "clip_gradient_norm",
                "stop",
                .. JsonReading.Present(plan["training"], EvaluateEvery),
            ]);
        JsonReading jacobian = JsonReading.Of(
            plan["jacobian"],
            "jacobian",
            [
                "at", "splits", "parameters", "precision", "method",
                .. JsonReading.Present(plan["jacobian"], Examples, Top),
            ]);
        plan.Integer("plan", Version, Version);
        RunPlan read = new(
            ReadSeeds(plan["seed"]),
            Component<Dataset>(plan["dataset"], "dataset", catalog),
            Component<LabelNoise>(plan["noise"], "noise", catalog),
            Component<Network>(plan["network"], "network", catalog),
            ReadSelection(plan["trainable"], "trainable"),
            new TrainingPlan(
                Component<Loss>(training["loss"], "training.loss", catalog),
                Component<Optimizer>(training["optimizer"], "training.optimizer", catalog),
                (int)training.Integer("batch_size", 1, int.MaxValue),
                (int)training.Integer("epochs", 0, int.MaxValue),
                ReadPrecision(training, "training.precision"),
                (int)training.Integer("record_outputs_every", 1, int.MaxValue),
                Component<Schedule>(training["schedule"], "training.schedule", catalog),
                [
                    .. training.Array("augment").Select(
                        (node, index) => Component<Augmentation>(node, $"training.augment[{index}]", catalog)),
                ],
                ReadClipping(training["clip_gradient_norm"]),
                Component<StoppingRule>(training["stop"], "training.stop", catalog))
            {
                EvaluateEvery = training[EvaluateEvery] is null
                    ? 1
                    : (int)training.Integer(EvaluateEvery, 2, int.MaxValue),
            },
            new JacobianPlan(
                [.. jacobian.Array("at").Select(ReadCheckpoint)],
                [.. jacobian.Array("splits").Select(ReadSplit)],
                ReadSelection(jacobian["parameters"], "jacobian.parameters"),
                ReadPrecision(jacobian, "jacobian.precision"),
                jacobian.Text("method"))
            {
                Examples = ReadExamples(jacobian[Examples]),
                Top = jacobian[Top] is null ? null : (int)jacobian.Integer(Top, 1, int.MaxValue),
            },
            Component<Cutoff>(plan["cutoff"], "cutoff", catalog),
            [.. plan.Array("analyses").Select((node, index) => Component<Analysis>(node, $"analyses[{index}]", catalog))],
            (int)plan.Integer("threads", 1, int.MaxValue))
        {
            InitialWeights = PlanInputs.ReadInitial(root),
            Weights = PlanInputs.ReadWeights(root),
        };
        PlanRules.Check(read);
        return read;
    }

    /// <summary>Evaluation in every epoch is what a plan without the key means.</summary>
    private static JsonObject WithEvaluations(TrainingPlan training, JsonObject json)
    {
        if (training.EvaluateEvery > 1)
            json[EvaluateEvery] = training.EvaluateEvery;
        return json;
    }

    /// <summary>Rows for all examples and all singular values are what a plan without the keys means.</summary>
    private static JsonObject WithPart(JacobianPlan jacobian, JsonObject json)
    {
        if (!jacobian.Examples.IsEmpty)
        {
            json[Examples] = new JsonObject(
                jacobian.Examples.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }

        if (jacobian.Top is { } top)
            json[Top] = top;
        return json;
    }

    private static ImmutableSortedDictionary<string, int> ReadExamples(JsonNode? node)
    {
        if (node is null)
            return ImmutableSortedDictionary<string, int>.Empty;
        string[] splits = [.. JsonReading.Present(node, "train", "test")];
        JsonReading reading = JsonReading.Of(node, "jacobian.examples", splits);
        return splits.ToImmutableSortedDictionary(
            split => split, split => (int)reading.Integer(split, 1, int.MaxValue), StringComparer.Ordinal);
    }

    private static T Component<T>(JsonNode? node, string path, ComponentCatalog catalog) =>
        (T)ComponentJson.Read(node, typeof(T), path, catalog);

    /// <summary>A stream whose own seed equals the root's is not written: it is the same plan.</summary>
    private static JsonObject WriteSeeds(Seeds seeds)
    {
        JsonObject node = new() { ["root"] = seeds.Root };
        foreach ((string stream, long seed) in seeds.Own)
        {
            if (seed != seeds.Root)
                node[stream] = seed;
        }

        return node;
    }

    private static Seeds ReadSeeds(JsonNode? node)
    {
        if (node is not JsonObject found)
            throw new FormatException("seed: expected an object");
        JsonReading seeds = JsonReading.Of(node, "seed", [.. found.Select(pair => pair.Key).Where(IsStream), "root"]);
        return new Seeds(
            seeds.Integer("root", 0, Seeds.Maximum),
            found.Where(pair => IsStream(pair.Key)).ToImmutableSortedDictionary(
                pair => pair.Key, pair => seeds.Integer(pair.Key, 0, Seeds.Maximum), StringComparer.Ordinal));

        static bool IsStream(string key) => Seeds.StreamNames.Contains(key);
    }

    private static Precision ReadPrecision(JsonReading reading, string path) =>
        PrecisionNames.Find(reading.Text("precision"))
        ?? throw new FormatException($"{path}: expected float32 or float64, got '{reading.Text("precision")}'");

    private static JsonNode WriteSelection(ParameterSelection selection) => selection.IsAll
        ? JsonValue.Create("all")
        : new JsonArray([.. selection.Patterns.Select(pattern => (JsonNode)pattern)]);

    private static ParameterSelection ReadSelection(JsonNode? node, string path) => node switch
    {
        JsonValue value when value.ToJsonString() == "\"all\"" => ParameterSelection.All,
        JsonArray { Count: > 0 } patterns => new ParameterSelection(
            [.. patterns.Select((pattern, index) => pattern is JsonValue text && text.TryGetValue(out string? glob)
                ? glob
                : throw new FormatException($"{path}[{index}]: expected a text"))]),
        _ => throw new FormatException($"{path}: expected all or a list of patterns"),
    };

    private static double? ReadClipping(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String when node.GetValue<string>() == "none" => null,
        JsonValueKind.Number when JsonReading.RealNumber(node) is > 0 and var norm && double.IsFinite(norm) => norm,
        _ => throw new FormatException("training.clip_gradient_norm: expected a real in (0, infinity) or none"),
    };

    private static JsonNode WriteCheckpoint(Checkpoint checkpoint) => checkpoint switch
    {
        { Epoch: { } epoch } => new JsonObject { ["name"] = checkpoint.Name, ["epoch"] = epoch },
        { Step: { } step } => new JsonObject { ["name"] = checkpoint.Name, ["step"] = step },
        _ => new JsonObject { ["name"] = checkpoint.Name, ["best_of"] = checkpoint.BestOf },
    };

    private static Checkpoint ReadCheckpoint(JsonNode? node, int index)
    {
        string path = $"jacobian.at[{index}]";
        string moment = node is not JsonObject found ? "epoch"
            : found.ContainsKey("step") ? "step"
            : found.ContainsKey("best_of") ? "best_of"
            : "epoch";
        JsonReading reading = JsonReading.Of(node, path, "name", moment);
        string name = reading.Text("name");
        // The name becomes a folder of the bundle: letters, digits and hyphens only, whoever wrote the plan.
        if (name.Length is 0 or > 64 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            throw new FormatException($"{path}.name: expected letters, digits and hyphens");
        return moment switch
        {
            "step" => new Checkpoint(name, null, Step: reading.Integer("step", 1, long.MaxValue)),
            "best_of" when reading.Text("best_of") is "test" or "validation" =>
                new Checkpoint(name, null, BestOf: reading.Text("best_of")),
            "best_of" => throw new FormatException($"{path}.best_of: expected test or validation"),
            _ => new Checkpoint(name, (int)reading.Integer("epoch", 0, int.MaxValue)),
        };
    }

    private static string ReadSplit(JsonNode? node, int index) =>
        node?.ToJsonString() switch
        {
            "\"train\"" => "train",
            "\"test\"" => "test",
            _ => throw new FormatException($"jacobian.splits[{index}]: expected train or test"),
        };
}
