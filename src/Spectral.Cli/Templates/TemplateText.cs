using System.Collections.Immutable;

namespace Spectral.Cli.Templates;

/// <summary>The specs that <c>init</c> writes.</summary>
internal static class TemplateText
{
    /// <summary>Their names; the first is written where none is asked for.</summary>
    public static ImmutableArray<string> Names { get; } = ["quickstart", "noise-sweep", "fashion-mnist", "theory"];

    /// <summary>The spec of a name.</summary>
    /// <exception cref="ArgumentException">There is no such spec.</exception>
    public static string Of(string name) => EmbeddedText.Of($"{name}.yaml");
}
