using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>
/// The tolerances that a spec asked for as canonical JSON, <c>verify.json</c>, with the keys of the spec's
/// <c>verify</c>, all of them. The file is no content: it says nothing of the run.
/// </summary>
public static class ToleranceFile
{
    /// <summary>The tolerances that a bundle's author asked for; the standard ones where nothing was asked.</summary>
    /// <param name="payload">The bundle's payload.</param>
    /// <exception cref="FormatException">The file is not what it should be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Tolerances In(ArtifactFolder payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return payload.Contains(ResultFiles.Verify) ? Parse(payload.Read(ResultFiles.Verify)) : Tolerances.Standard;
    }

    /// <summary>Tolerances as a JSON object.</summary>
    public static JsonObject ToJson(Tolerances tolerances)
    {
        ArgumentNullException.ThrowIfNull(tolerances);
        return new JsonObject
        {
            ["arrays"] = new JsonObject
            {
                ["float32"] = tolerances.Arrays.Float32,
                ["float64"] = tolerances.Arrays.Float64,
            },
            ["counts"] = tolerances.Counts,
            ["spectra"] = tolerances.Spectra,
            ["subspaces"] = tolerances.Subspaces,
            ["values"] = new JsonObject
            {
                ["absolute"] = tolerances.Values.Absolute,
                ["relative"] = tolerances.Values.Relative,
            },
        };
    }

    /// <summary>The file's bytes.</summary>
    internal static byte[] Serialize(Tolerances tolerances) => CanonicalJson.Serialize(ToJson(tolerances));

    /// <summary>Reads the file.</summary>
    /// <exception cref="FormatException">It is no such object, or a number is out of range.</exception>
    private static Tolerances Parse(ReadOnlySpan<byte> utf8)
    {
        JsonObject json = Keys(CanonicalJson.Parse(utf8), "arrays", "counts", "spectra", "subspaces", "values");
        JsonObject values = Keys(json["values"], "absolute", "relative");
        JsonObject arrays = Keys(json["arrays"], "float32", "float64");
        double counts = Number(json, "counts", int.MaxValue);
        return new Tolerances(
            Number(json, "spectra", double.MaxValue),
            Number(json, "subspaces", 1),
            new ValueTolerance(Number(values, "absolute", double.MaxValue), Number(values, "relative", double.MaxValue)),
            new ArrayTolerance(Number(arrays, "float64", double.MaxValue), Number(arrays, "float32", double.MaxValue)),
            double.IsInteger(counts) ? (int)counts : throw Fault("an integer as 'counts'"));
    }

    private static JsonObject Keys(JsonNode? node, params string[] names) =>
        node is JsonObject json && json.Count == names.Length && Array.TrueForAll(names, json.ContainsKey)
            ? json
            : throw Fault($"an object with the keys {string.Join(", ", names)}");

    private static double Number(JsonObject json, string key, double largest) =>
        json[key] is JsonValue value && value.TryGetValue(out double number) && number >= 0 && number <= largest
            ? number
            : throw Fault($"a number of 0 or more as '{key}'{(largest == 1 ? ", at most 1" : "")}");

    private static FormatException Fault(string expected) => new($"{ResultFiles.Verify}: expected {expected}");
}
