using System.Text.Json.Nodes;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Tests.Datasets;

/// <summary>Datasets from their settings as JSON, with defaults filled in as the compiler does.</summary>
internal static class SpecDataset
{
    /// <summary>A dataset of a kind; the settings may leave out what has a default.</summary>
    public static Dataset Of(string kind, string settings = "{}")
    {
        ComponentDefinition definition = Catalog.Components.Find(typeof(Dataset), kind)!;
        JsonObject given = JsonNode.Parse(settings)!.AsObject();
        foreach (Field field in definition.Fields)
        {
            if (!given.ContainsKey(field.Name) && field.Default is { } preset)
                given[field.Name] = Json(field.Type, preset);
        }

        return (Dataset)ComponentJson.Read(new JsonObject { [kind] = given }, typeof(Dataset), "dataset", Catalog.Components);
    }

    private static JsonNode? Json(FieldType type, object value) => type switch
    {
        ListType list => new JsonArray([.. list.Items(value).Select(item => Json(list.Item, item))]),
        ScalarType scalar => scalar.ToScalar(value) switch
        {
            FlagScalar flag => flag.Value,
            IntegerScalar integer => integer.Value,
            RealScalar real => real.Value,
            TextScalar text => text.Value,
            _ => null,
        },
        _ => ComponentJson.Write(value, Catalog.Components),
    };
}
