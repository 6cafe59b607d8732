using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Spectral.Core;
using Spectral.Core.Components;
using Spectral.Dsl;

namespace Spectral.Cli.Verbs;

/// <summary><c>describe [TOPIC]</c>: what a spec can say, from the components' own definitions.</summary>
internal static class DescribeVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string?> topic = new("TOPIC")
        {
            Description = "A kind such as mlp, a family such as cutoff, a key such as training.batch_size, or a diagnostic's code; "
                + "nothing lists all kinds.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        topic.CompletionSources.Add(_ => Topics(Catalog.Components).Concat(Compiler.Explanations.Keys).Select(one => new CompletionItem(one)));
        return VerbCommand.Of(
            "describe",
            "Explain a component kind, a family, a key of the spec or a diagnostic's code.",
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
            Console.WriteLine($"keys: {string.Join(", ", Compiler.Keys.Where(key => !key.Contains('.', StringComparison.Ordinal)))}\n");
            Console.WriteLine("'spectral describe KIND' explains one, 'spectral describe training.batch_size' a key, 'spectral describe");
            Console.WriteLine("SPxxxx' a diagnostic's code");
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
            Console.Write(Compiler.Page(family, definition));
        IReadOnlyList<string> pages = Compiler.Pages(topic);
        foreach (string page in pages)
            Console.Write(page);
        if (families.Length + kinds.Length + pages.Count > 0)
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

    /// <summary>All that can be described, apart from codes.</summary>
    private static IEnumerable<string> Topics(ComponentCatalog catalog) => catalog.Families
        .SelectMany(family => family.Members.Select(member => member.Kind).Append(family.Name))
        .Concat(Compiler.Keys)
        .Distinct();

    private static string Suggestion(string topic, ComponentCatalog catalog)
    {
        string? near = Compiler.Nearest(Topics(catalog), topic);
        return near is null ? "" : $"; did you mean '{near}'?";
    }
}
