using System.CommandLine;
using Spectral.Cli.Templates;

namespace Spectral.Cli.Verbs;

/// <summary><c>completion SHELL</c>: the script that completes this program's command lines in a shell.</summary>
internal static class CompletionVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or powershell." };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        return VerbCommand.Of(
            "completion",
            "Print a script that completes verbs, options, kinds and files in a shell.",
            [shell],
            [],
            (parsed, _) =>
            {
                Console.Write(CompletionScript.Of(parsed.GetRequiredValue(shell)));
                return ExitCode.Ok;
            });
    }
}
