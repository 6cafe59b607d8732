using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>
/// Expectations as canonical JSON, <c>expected.json</c>: a list of objects with the keys of a spec's <c>expected</c>,
/// <c>quantity</c> split into <c>analysis</c> and <c>quantity</c>. The file is no content: it says nothing of the run.
/// </summary>
internal static class ExpectationFile
{
    /// <summary>The file's bytes.</summary>
    public static byte[] Serialize(ImmutableArray<Expectation> expectations) =>
        CanonicalJson.Serialize(new JsonArray([.. expectations.Select(Write)]));

    /// <summary>Reads the file.</summary>
    /// <exception cref="FormatException">It is not such a list.</exception>
    public static ImmutableArray<Expectation> Parse(ReadOnlySpan<byte> utf8) => CanonicalJson.Parse(utf8) is JsonArray list
        ? [.. list.Select(Read)]
        : throw new FormatException($"{ResultFiles.Expected}: expected a list");

    private static JsonObject Write(Expectation expectation)
    {
        JsonObject json = Write(expectation.Where);
        json["source"] = expectation.Source;
        switch (expectation.Demand)
        {
            case Near(double value, double tolerance):
                (json["value"], json["tolerance"]) = (value, tolerance);
                break;
            case AtLeast(double bound):
                json["at_least"] = bound;
                break;
            case AtMost(double bound):
                json["at_most"] = bound;
                break;
            case MoreThan(MeasurementPlace other):
                json["more_than"] = Write(other);
                break;
            case LessThan(MeasurementPlace other):
                json["less_than"] = Write(other);
                break;
            default:
                throw new InvalidOperationException($"no demand '{expectation.Demand.GetType().Name}'");
        }

        return json;
    }

    private static JsonObject Write(MeasurementPlace place)
    {
        JsonObject json = new() { ["analysis"] = place.Analysis, ["quantity"] = place.Quantity };
        foreach ((string key, JsonNode? value) in new (string, JsonNode?)[]
        {
            ("at", place.At), ("epoch", place.Epoch), ("split", place.Split), ("target", place.Target),
        })
        {
            if (value is not null)
                json[key] = value;
        }

        return json;
    }

    private static Expectation Read(JsonNode? node)
    {
        JsonObject json = node as JsonObject ?? throw Fault("an object");
        Demand demand = json.ContainsKey("value") ? new Near(Number(json, "value"), Number(json, "tolerance"))
            : json.ContainsKey("at_least") ? new AtLeast(Number(json, "at_least"))
            : json.ContainsKey("at_most") ? new AtMost(Number(json, "at_most"))
            : json["more_than"] is JsonObject more ? new MoreThan(Place(more))
            : json["less_than"] is JsonObject less ? new LessThan(Place(less))
            : throw Fault("value, at_least, at_most, more_than or less_than");
        return new Expectation(Place(json), demand, Text(json, "source") ?? "");
    }

    private static MeasurementPlace Place(JsonObject json) => new(
        Text(json, "analysis") ?? throw Fault("a key 'analysis'"),
        Text(json, "quantity") ?? throw Fault("a key 'quantity'"),
        Text(json, "at"),
        json.ContainsKey("epoch") ? (int)Number(json, "epoch") : null,
        Text(json, "split"),
        Text(json, "target"));

    private static string? Text(JsonObject json, string key) => json[key] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) => text,
        _ => throw Fault($"a text as '{key}'"),
    };

    private static double Number(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue(out double number) ? number : throw Fault($"a number as '{key}'");

    private static FormatException Fault(string expected) => new($"{ResultFiles.Expected}: expected {expected}");
}
