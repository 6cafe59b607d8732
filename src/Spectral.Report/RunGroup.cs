using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Report;

/// <summary>Runs whose plans differ in their seeds alone.</summary>
/// <param name="Settings">The plan's settings by dotted path, without seeds, as canonical JSON values.</param>
/// <param name="Runs">The runs, in the order in which they were given; no two of one plan.</param>
public sealed record RunGroup(ImmutableSortedDictionary<string, string> Settings, ImmutableArray<RunResult> Runs)
{
    /// <summary>Groups runs; a plan that was given twice counts once.</summary>
    /// <exception cref="ArgumentException">A component of a plan is not in the Catalog.</exception>
    public static ImmutableArray<RunGroup> Of(IEnumerable<RunResult> runs) =>
    [
        .. runs.DistinctBy(run => run.PlanHash)
            .Select(run => (Run: run, Settings: SettingsOf(run.Plan)))
            .GroupBy(pair => ContentHash.Sha256(CanonicalJson.Serialize(new JsonArray(
                [.. pair.Settings.SelectMany(setting => new JsonNode[] { setting.Key, setting.Value })]))))
            .Select(group => new RunGroup(group.First().Settings, [.. group.Select(pair => pair.Run)])),
    ];

    /// <summary>The paths in which groups differ, in order: what was varied.</summary>
    public static ImmutableArray<string> Varied(ImmutableArray<RunGroup> groups) =>
    [
        .. groups.SelectMany(group => group.Settings.Keys)
            .Distinct()
            .Where(path => groups.Select(group => group.Settings.GetValueOrDefault(path)).Distinct().Count() > 1)
            .Order(StringComparer.Ordinal),
    ];

    private static ImmutableSortedDictionary<string, string> SettingsOf(RunPlan plan)
    {
        SortedDictionary<string, string> found = new(StringComparer.Ordinal);
        JsonObject json = PlanJson.Write(plan, Catalog.Components);
        json.Remove("seed");
        Flatten("", json, found);
        return found.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static void Flatten(string path, JsonNode? node, SortedDictionary<string, string> into)
    {
        if (node is JsonObject { Count: > 0 } json)
        {
            foreach ((string key, JsonNode? value) in json)
                Flatten(path.Length == 0 ? key : $"{path}.{key}", value, into);
        }
        else
        {
            into.Add(path, node?.ToJsonString() ?? "null");
        }
    }
}
