using System.Text.Json;
using System.Text.Json.Nodes;
using Spectral.Core.Components;

namespace Spectral.Core.Plans;

/// <summary>
/// Components as plan JSON: <c>{"kind": {setting: value, ...}}</c> with every setting written out, defaults included. It
/// is the spec's own form with nothing left to guess, directed by the Catalog, so that a component needs no code for it.
/// A place that a component does not know is left out.
/// </summary>
public static class ComponentJson
{
    /// <summary>The JSON of a component.</summary>
    public static JsonObject Write(object component, ComponentCatalog catalog)
    {
        ComponentDefinition definition = catalog.DefinitionOf(component);
        JsonObject settings = [];
        foreach (Field field in definition.Fields.Where(field => !(field.IsPlace && field.Read(component) is "")))
            settings[field.Name] = WriteValue(field.Type, field.Read(component), catalog);
        return new JsonObject { [definition.Kind] = settings };
    }

    /// <summary>The component of a JSON node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="family">The family that the component must belong to.</param>
    /// <param name="path">Where the node stands, for messages.</param>
    /// <param name="catalog">What components there are.</param>
    /// <exception cref="FormatException">The node is no component of the family; the message names the path.</exception>
    public static object Read(JsonNode? node, Type family, string path, ComponentCatalog catalog)
    {
        if (node is not JsonObject { Count: 1 } outer)
            throw new FormatException($"{path}: expected one {catalog.Family(family).Name} as {{kind: settings}}");
        (string kind, JsonNode? inner) = outer.First();
        ComponentDefinition definition = catalog.Find(family, kind)
            ?? throw new FormatException($"{path}: this version knows no {catalog.Family(family).Name} named '{kind}'");
        Field[] unknown =
            [.. definition.Fields.Where(field => field.IsPlace && !JsonReading.Present(inner, field.Name).Any())];
        JsonReading settings = JsonReading.Of(
            inner, $"{path}.{kind}", [.. definition.Fields.Except(unknown).Select(field => field.Name)]);
        Dictionary<string, object> values = unknown.ToDictionary(field => field.Name, object (_) => "");
        foreach (Field field in definition.Fields.Except(unknown))
            values[field.Name] = ReadValue(settings[field.Name], field.Type, $"{path}.{kind}.{field.Name}", catalog);
        object component = definition.Bind(new Settings(values));
        foreach (FieldProblem problem in definition.Check(component))
            throw new FormatException($"{path}.{kind}.{problem.Field}: expected {problem.Expected}, got {problem.Found}");
        return component;
    }

    private static JsonNode? WriteValue(FieldType type, object value, ComponentCatalog catalog) => type switch
    {
        ScalarType scalar => WriteScalar(scalar.ToScalar(value)),
        ListType list => new JsonArray([.. list.Items(value).Select(item => WriteValue(list.Item, item, catalog))]),
        ComponentType => Write(value, catalog),
        _ => throw new ArgumentException($"no JSON form for {type.GetType().Name}", nameof(type)),
    };

    private static JsonNode? WriteScalar(Scalar scalar) => scalar switch
    {
        FlagScalar flag => flag.Value,
        IntegerScalar integer => integer.Value,
        RealScalar real => real.Value,
        TextScalar text => text.Value,
        _ => null,
    };

    private static object ReadValue(JsonNode? node, FieldType type, string path, ComponentCatalog catalog)
    {
        switch (type)
        {
            case ScalarType scalar:
                return scalar.Accept(ReadScalar(node)) ?? throw new FormatException($"{path}: expected {type.Expectation}");
            case ListType list when node is JsonArray items && items.Count >= list.MinimumCount:
                return list.Collect(items.Select((item, index) => ReadValue(item, list.Item, $"{path}[{index}]", catalog)));
            case ComponentType component:
                return Read(node, component.Family, path, catalog);
            default:
                throw new FormatException($"{path}: expected {type.Expectation}");
        }
    }

    private static Scalar ReadScalar(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.True => new FlagScalar(true),
        JsonValueKind.False => new FlagScalar(false),
        JsonValueKind.String => new TextScalar(node.GetValue<string>()),
        JsonValueKind.Number when JsonReading.WholeNumber(node) is { } whole => new IntegerScalar(whole),
        JsonValueKind.Number => new RealScalar(JsonReading.RealNumber(node)),
        _ => new NullScalar(),
    };
}
