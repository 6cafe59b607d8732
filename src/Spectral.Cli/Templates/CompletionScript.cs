using System.Collections.Immutable;

namespace Spectral.Cli.Templates;

/// <summary>The scripts by which shells complete a command line: each asks the program itself what may follow.</summary>
internal static class CompletionScript
{
    private static readonly ImmutableSortedDictionary<string, string> Files = new Dictionary<string, string>
    {
        ["bash"] = "completion.bash",
        ["fish"] = "completion.fish",
        ["powershell"] = "completion.ps1",
        ["zsh"] = "completion.zsh",
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The shells that there is a script for.</summary>
    public static ImmutableArray<string> Shells { get; } = [.. Files.Keys];

    /// <summary>The script of a shell.</summary>
    /// <exception cref="KeyNotFoundException">There is no script for it.</exception>
    public static string Of(string shell) => EmbeddedText.Of(Files[shell]);
}
