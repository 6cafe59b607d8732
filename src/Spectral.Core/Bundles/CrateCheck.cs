using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The crate of a bundle: that it is one, and that it describes exactly the payload's files. The profile's other rules
/// are the writer's duty, and checked there against the profile's own shapes.
/// </summary>
internal static class CrateCheck
{
    private const string Path = BagLayout.PayloadPrefix + BagLayout.Crate;

    /// <summary>Checks <c>ro-crate-metadata.json</c> against the files.</summary>
    public static void Run(BundleInventory bundle, List<BundleProblem> problems)
    {
        if (bundle.Read(Path) is not { } bytes)
            return;
        JsonArray graph;
        try
        {
            if ((CanonicalJson.Parse(bytes) as JsonObject)?["@graph"] is not JsonArray found)
            {
                problems.Add(new BundleProblem(Path, "no @graph", "an RO-Crate 1.1"));
                return;
            }

            graph = found;
        }
        catch (FormatException error)
        {
            problems.Add(new BundleProblem(Path, error.Message, "JSON"));
            return;
        }

        var entities = graph.OfType<JsonObject>().ToList();
        if (!entities.Any(entity => Text(entity["@id"]) == BagLayout.Crate))
            problems.Add(new BundleProblem(Path, "no descriptor", $"an entity '{BagLayout.Crate}'"));
        var described = entities
            .Where(entity => Text(entity["@type"]) == "File")
            .Select(entity => Text(entity["@id"]) ?? "")
            .ToHashSet(StringComparer.Ordinal);
        var present = bundle.Files.Keys
            .Where(path => ManifestCheck.IsPayload(path) && path != Path)
            .Select(path => RoCrate.FileId(path[BagLayout.PayloadPrefix.Length..]))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var id in present.Except(described).Order(StringComparer.Ordinal))
            problems.Add(new BundleProblem(Path, $"no entity '{id}'", "an entity for each file of the payload"));
        foreach (var id in described.Except(present).Order(StringComparer.Ordinal))
            problems.Add(new BundleProblem(Path, $"the entity '{id}'", "entities of files that are there"));
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
