using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Spectral.Core.Plans;

/// <summary>
/// The weights that a plan is given, in its JSON: <c>initial: {weights: SHA-256}</c> and
/// <c>weights: [{epoch, sha256}]</c>. A plan that is given none has neither key.
/// </summary>
internal static class PlanInputs
{
    private const string Initial = "initial";
    private const string Weights = "weights";

    /// <summary>The keys of a plan that are there only where it is given weights.</summary>
    public static IEnumerable<string> Keys(JsonNode? plan) => JsonReading.Present(plan, Initial, Weights);

    /// <summary>Adds a plan's given weights to its JSON.</summary>
    public static JsonObject Write(RunPlan plan, JsonObject json)
    {
        if (plan.InitialWeights is { } digest)
            json[Initial] = new JsonObject { [Weights] = digest };
        if (!plan.Weights.IsEmpty)
        {
            json[Weights] = new JsonArray([.. plan.Weights.Select(given =>
                (JsonNode)new JsonObject { ["epoch"] = given.Epoch, ["sha256"] = given.Sha256 })]);
        }

        return json;
    }

    /// <summary>The digest of the initial weights, or null.</summary>
    /// <exception cref="FormatException">The key holds anything else.</exception>
    public static string? ReadInitial(JsonNode? plan) =>
        plan?[Initial] is { } node ? Digest(JsonReading.Of(node, Initial, Weights).Text(Weights), Initial) : null;

    /// <summary>The weights that were trained elsewhere.</summary>
    /// <exception cref="FormatException">The key holds anything else, or epochs that do not increase.</exception>
    public static ImmutableArray<GivenWeights> ReadWeights(JsonNode? plan)
    {
        if (plan?[Weights] is not { } node)
            return [];
        if (node is not JsonArray { Count: > 0 } items)
            throw new FormatException($"{Weights}: expected a list of one or more");
        ImmutableArray<GivenWeights> given = [.. items.Select((item, index) =>
        {
            JsonReading reading = JsonReading.Of(item, $"{Weights}[{index}]", "epoch", "sha256");
            return new GivenWeights(
                Digest(reading.Text("sha256"), $"{Weights}[{index}]"), (int)reading.Integer("epoch", 0, int.MaxValue));
        })];
        return given.Zip(given.Skip(1)).All(pair => pair.First.Epoch < pair.Second.Epoch)
            ? given
            : throw new FormatException($"{Weights}: expected epochs that increase");
    }

    /// <summary>The digest becomes a file's name: nothing but a digest will do.</summary>
    private static string Digest(string text, string path) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower)
            ? text
            : throw new FormatException($"{path}: expected a SHA-256 of 64 lower-case hexadecimal digits");
}
