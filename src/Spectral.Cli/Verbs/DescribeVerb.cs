using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectral.Core;
using Spectral.Core.Components;
using Spectral.Dsl;

namespace Spectral.Cli.Verbs;

/// <summary><c>describe [KIND or SPxxxx]</c>: what a spec can say, from the components' own definitions.</summary>
internal static class DescribeVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string?> topic = new("TOPIC")
        {
            Description = "A kind such as mlp, a family such as cutoff, or a diagnostic's code; nothing lists all kinds.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        return VerbCommand.Of(
            "describe",
            "Explain a component kind, a family or a diagnostic's code.",
            [topic],
            [],
            (parsed, _) => Run(parsed.GetValue(topic)));
    }

    private static int Run(string? topic)
    {
        ComponentCatalog catalog = Catalog.Components;
        if (topic is null)
        {
            foreach (ComponentFamily family in catalog.Families)
                Console.Write(Overview(family));
            Console.WriteLine("'spectral describe KIND' explains one; 'spectral describe SPxxxx' a diagnostic's code");
            return ExitCode.Ok;
        }

        if (Compiler.Explanations.TryGetValue(topic.ToUpperInvariant(), out string? explanation))
        {
            Console.WriteLine($"{topic.ToUpperInvariant()}: {explanation}");
            return ExitCode.Ok;
        }

        ImmutableArray<ComponentFamily> families = [.. catalog.Families.Where(family => family.Name == topic)];
        ImmutableArray<(ComponentFamily Family, ComponentDefinition Definition)> kinds =
        [
            .. catalog.Families.SelectMany(family =>
                family.Members.Where(member => member.Kind == topic).Select(member => (family, member))),
        ];
        foreach (ComponentFamily family in families)
            Console.Write(Overview(family));
        foreach ((ComponentFamily family, ComponentDefinition definition) in kinds)
            Console.Write(Details(family, definition));
        if (families.Length + kinds.Length > 0)
            return ExitCode.Ok;

        Console.Error.WriteLine(
            $"spectral: nothing is named '{topic}'{Suggestion(topic, catalog)}; 'spectral describe' lists all kinds");
        return ExitCode.Usage;
    }

    private static string Overview(ComponentFamily family)
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine($"{family.Name}: {family.Summary}");
        foreach (ComponentDefinition member in family.Members)
            text.WriteLine($"  {member.Kind,-22}{member.Summary}");
        text.WriteLine();
        return text.ToString();
    }

    private static string Details(ComponentFamily family, ComponentDefinition definition)
    {
        StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        text.WriteLine($"{definition.Kind} ({family.Name})");
        text.WriteLine($"  {definition.Summary}");
        text.WriteLine($"  source:  {definition.Source}");
        text.WriteLine($"  example: {family.Name}: {definition.Example}");
        foreach (Field field in definition.Fields)
        {
            string unit = field.Unit is { } found ? $", in {found}" : "";
            text.WriteLine($"  {field.Name}: {field.Type.Expectation}{unit}; {Default(field)}");
            text.WriteLine($"      {field.Doc}");
        }

        text.WriteLine();
        return text.ToString();
    }

    private static string Default(Field field)
    {
        if (field.Default is not { } value)
            return "required";
        JsonNode json = field.Type is ComponentType
            ? Catalog.Components.DefinitionOf(value).Kind
            : field.Type is ListType list
                ? new JsonArray([.. list.Items(value).Select(item => JsonValue.Create(JsonSerializer.SerializeToElement(item)))])
                : JsonValue.Create(JsonSerializer.SerializeToElement(value))!;
        return $"default {json.ToJsonString().Trim('"')}";
    }

    private static string Suggestion(string topic, ComponentCatalog catalog)
    {
        string? near = Compiler.Nearest(
            catalog.Families.SelectMany(family => family.Members.Select(member => member.Kind).Append(family.Name)), topic);
        return near is null ? "" : $"; did you mean '{near}'?";
    }
}
