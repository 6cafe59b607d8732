using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Execution;

namespace Spectral.Core.Tests.Plans;

/// <summary>The JSON of <see cref="SmallRun.Plan"/> with one value changed.</summary>
internal static class PlanEdit
{
    /// <summary>The bytes with the value behind a path such as <c>training/epochs</c> replaced or added.</summary>
    /// <param name="path">Keys and indices, by slashes.</param>
    /// <param name="json">The new value as JSON, or null to take the key away.</param>
    public static byte[] Set(string path, string? json)
    {
        JsonNode node = PlanJson.Write(SmallRun.Plan, Catalog.Components);
        string[] steps = path.Split('/');
        foreach (string step in steps[..^1])
            node = int.TryParse(step, out int index) ? node[index]! : node[step]!;
        if (node is JsonArray array)
            array[int.Parse(steps[^1])] = JsonNode.Parse(json!);
        else if (json is null)
            node.AsObject().Remove(steps[^1]);
        else
            node[steps[^1]] = JsonNode.Parse(json);
        return CanonicalJson.Serialize(node.Root);
    }

    /// <summary>The plan that the changed JSON holds.</summary>
    public static RunPlan Parse(string path, string? json) => PlanJson.Parse(Set(path, json), Catalog.Components);
}
