using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spectral.Core.Plans;

/// <summary>A JSON object read strictly: exactly the keys that are expected, each with its place for messages.</summary>
internal sealed class JsonReading
{
    private readonly JsonObject _object;
    private readonly string _path;

    private JsonReading(JsonObject node, string path)
    {
        _object = node;
        _path = path;
    }

    /// <summary>The value behind a key, which is known to be there.</summary>
    public JsonNode? this[string key] => _object[key];

    /// <summary>The node as an object with exactly the given keys.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JsonReading Of(JsonNode? node, string path, params ReadOnlySpan<string> keys)
    {
        if (node is not JsonObject found)
            throw new FormatException($"{path}: expected an object");
        foreach (string key in keys)
        {
            if (!found.ContainsKey(key))
                throw new FormatException($"{path}: the key '{key}' is missing");
        }

        foreach ((string key, _) in found)
        {
            if (!keys.Contains(key))
                throw new FormatException($"{path}: unknown key '{key}'");
        }

        return new JsonReading(found, path);
    }

    /// <summary>Those of some keys that an object has: keys that are there only where they say something.</summary>
    public static IEnumerable<string> Present(JsonNode? node, params IEnumerable<string> keys) =>
        node is JsonObject found ? keys.Where(found.ContainsKey) : [];

    /// <summary>The number as a whole number, or null where it has a fraction or does not fit.</summary>
    public static long? WholeNumber(JsonNode node) =>
        long.TryParse(node.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole : null;

    /// <summary>The number as a binary64.</summary>
    public static double RealNumber(JsonNode node) =>
        double.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>A whole number in [minimum, maximum].</summary>
    public long Integer(string key, long minimum, long maximum) =>
        _object[key] is { } node && node.GetValueKind() == JsonValueKind.Number
        && WholeNumber(node) is { } value && value >= minimum && value <= maximum
            ? value
            : throw new FormatException($"{_path}.{key}: expected an integer in [{minimum}, {maximum}]");

    /// <summary>A text.</summary>
    public string Text(string key) =>
        _object[key] is { } node && node.GetValueKind() == JsonValueKind.String
            ? node.GetValue<string>()
            : throw new FormatException($"{_path}.{key}: expected a text");

    /// <summary>The items of an array.</summary>
    public JsonArray Array(string key) =>
        _object[key] as JsonArray ?? throw new FormatException($"{_path}.{key}: expected an array");
}
