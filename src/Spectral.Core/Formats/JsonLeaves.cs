using System.Globalization;
using System.Text.Json.Nodes;

namespace Spectral.Core.Formats;

/// <summary>
/// A JSON tree as a list of its leaves, each under its dotted path; items of an array have their index as key.
/// </summary>
public static class JsonLeaves
{
    /// <summary>Every leaf in the order of the tree: scalars, null, and objects and arrays that are empty.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="path">The path of the tree itself; empty for a root.</param>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(JsonNode? node, string path = "") => node switch
    {
        JsonObject { Count: > 0 } keys => keys.SelectMany(pair => Of(pair.Value, Join(path, pair.Key))),
        JsonArray { Count: > 0 } items => items.SelectMany((item, index) =>
            Of(item, Join(path, index.ToString(CultureInfo.InvariantCulture)))),
        _ => [new(path, node)],
    };

    /// <summary>The path of a key below a path.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    /// <summary>A leaf as a person reads it: a text without its quotes, everything else as JSON.</summary>
    public static string Text(JsonNode? leaf) =>
        leaf is JsonValue value && value.TryGetValue(out string? text) ? text : leaf?.ToJsonString() ?? "null";
}
