using System.Text.Json.Nodes;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>A sweep's point as JSON: an object from path to the value's text.</summary>
internal static class PointJson
{
    /// <summary>The values of a point; an empty object where there is none.</summary>
    public static JsonObject Of(SweepPoint? point) =>
        new(point?.Values.Select(value => KeyValuePair.Create(value.Path, (JsonNode?)value.Text)) ?? []);
}
