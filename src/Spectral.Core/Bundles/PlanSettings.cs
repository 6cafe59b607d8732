using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>The settings of a plan by dotted path, as a list of bundles names them.</summary>
internal static class PlanSettings
{
    /// <summary>Adds the settings of a part of a plan.</summary>
    /// <param name="path">Where the part stands; empty for the whole plan.</param>
    /// <param name="node">The part, plan JSON.</param>
    /// <param name="values">Where they go.</param>
    public static void Add(string path, JsonNode? node, Dictionary<string, CardValue> values)
    {
        switch (node)
        {
            case JsonObject { Count: 1 } component when component.First() is (var kind, JsonObject settings):
                values[path] = CardValue.Of(Summary(kind, settings));
                values[JsonLeaves.Join(path, "kind")] = CardValue.Of(kind);
                foreach ((string key, JsonNode? value) in settings)
                    Add(JsonLeaves.Join(JsonLeaves.Join(path, kind), key), value, values);
                break;
            case JsonObject keys:
                foreach ((string key, JsonNode? value) in keys)
                    Add(JsonLeaves.Join(path, key), value, values);
                break;
            case JsonArray items:
                for (int i = 0; i < items.Count; i++)
                    Add(JsonLeaves.Join(path, i.ToString(CultureInfo.InvariantCulture)), items[i], values);
                break;
            case { } leaf when leaf.GetValueKind() == JsonValueKind.Number:
                values[path] = CardValue.Of(leaf.GetValue<double>());
                break;
            default:
                values[path] = CardValue.Of(JsonLeaves.Text(node));
                break;
        }
    }

    // One setting, as of a noise or a cutoff, says what a person wants to see of it; several do not fit a column.
    private static string Summary(string kind, JsonObject settings) =>
        settings.Count == 1 && settings.First().Value is JsonValue value ? $"{kind} {JsonLeaves.Text(value)}" : kind;
}
