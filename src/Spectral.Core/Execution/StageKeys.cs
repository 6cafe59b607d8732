using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Components;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>
/// The identity of each stage's inputs: SHA-256 over the stage's own settings and the keys of the stages before it. Two
/// plans whose key of a stage is equal share everything up to it; a new cutoff changes the analyses' key alone, unless
/// training ends by a spectrum.
/// </summary>
public static class StageKeys
{
    /// <summary>The stages of a plan in order, each with its key of 64 hexadecimal digits.</summary>
    public static ImmutableArray<StageKey> Of(RunPlan plan, ComponentCatalog catalog)
    {
        JsonObject json = PlanJson.Write(plan, catalog);
        string data = Key("data", [], json["dataset"], Seed("data"));
        string noise = Key("noise", [data], json["noise"], Seed("noise"));
        string network = Key(
            "network", [data], [json["network"], json["training"]!["precision"], Seed("init"), .. Given("initial")]);
        // A stopping time by J(W_0) puts that spectrum and its cutoff before training.
        string? initial = plan.Training.Stop.NeedsInitialSpectrum
            ? Key(
                "initial_spectrum",
                [noise, network],
                [
                    json["trainable"],
                    json["jacobian"]!["parameters"],
                    json["jacobian"]!["precision"],
                    json["jacobian"]!["method"],
                    json["cutoff"],
                    json["threads"],
                ])
            : null;
        string training = Key(
            "training",
            initial is null ? [noise, network] : [noise, network, initial],
            [
                json["trainable"], json["training"], json["jacobian"]!["at"], Seed("batches"), json["threads"],
                .. Given("weights"),
            ]);
        string spectrum = Key("spectrum", [training], json["jacobian"], json["threads"]);
        string analyses = Key("analyses", [spectrum], json["cutoff"], json["analyses"]);
        return
        [
            new StageKey("data", data), new StageKey("noise", noise), new StageKey("network", network),
            .. initial is null ? ImmutableArray<StageKey>.Empty : [new StageKey("initial_spectrum", initial)],
            new StageKey("training", training), new StageKey("spectrum", spectrum), new StageKey("analyses", analyses),
        ];

        // A plan without given weights has the keys that it had before there were any.
        IEnumerable<JsonNode?> Given(string key) => json.ContainsKey(key) ? [json[key]] : [];

        JsonNode Seed(string stream) => JsonValue.Create((long)plan.Seeds.Of(stream));
    }

    /// <summary>
    /// The key of one spectrum: that at <c>initial</c> knows nothing of training but the loss, any other stands behind it.
    /// Neither the other checkpoints and splits nor the cutoff are in it.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="catalog">What components there are.</param>
    /// <param name="checkpoint">The checkpoint's name.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    public static string OfSpectrum(RunPlan plan, ComponentCatalog catalog, string checkpoint, string split)
    {
        ImmutableArray<StageKey> stages = Of(plan, catalog);
        JsonObject json = PlanJson.Write(plan, catalog), jacobian = (JsonObject)json["jacobian"]!.DeepClone();
        jacobian.Remove("at");
        jacobian.Remove("splits");
        bool isUntrained = checkpoint == JacobianAccess.Initial && plan.Weights.IsEmpty;
        return Key(
            "spectrum of one checkpoint and split",
            isUntrained ? [KeyOf("noise"), KeyOf("network")] : [KeyOf("training")],
            [json["training"]!["loss"], jacobian, json["threads"], checkpoint, split]);

        string KeyOf(string stage) => stages.Single(one => one.Stage == stage).Key;
    }

    /// <summary>The key of a spectrum's left vectors of one rank.</summary>
    /// <param name="spectrum">The spectrum's key.</param>
    /// <param name="rank">r.</param>
    public static string OfLeftVectors(string spectrum, int rank) => Key("left vectors", [spectrum], rank);

    private static string Key(string stage, ReadOnlySpan<string> upstream, params ReadOnlySpan<JsonNode?> settings)
    {
        JsonArray keys = [];
        foreach (string key in upstream)
            keys.Add((JsonNode)key);
        JsonArray values = [];
        foreach (JsonNode? value in settings)
            values.Add(value?.DeepClone());
        return ContentHash.Sha256(CanonicalJson.Serialize(
            new JsonObject { ["stage"] = stage, ["upstream"] = keys, ["settings"] = values }));
    }
}

/// <summary>A stage and the identity of its inputs.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Key">64 hexadecimal digits.</param>
public sealed record StageKey(string Stage, string Key);
