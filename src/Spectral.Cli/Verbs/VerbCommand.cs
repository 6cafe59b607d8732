using System.CommandLine;

namespace Spectral.Cli.Verbs;

/// <summary>How every verb is made, so that all end, fail and stop alike.</summary>
internal static class VerbCommand
{
    /// <summary>A verb whose work runs on a thread of its own, so that Ctrl-C and SIGTERM reach its token at any time.</summary>
    public static Command Of(
        string name,
        string description,
        ReadOnlySpan<Argument> arguments,
        ReadOnlySpan<Option> options,
        Func<ParseResult, CancellationToken, int> work)
    {
        Command command = new(name, description);
        foreach (Argument argument in arguments)
            command.Add(argument);
        foreach (Option option in options)
            command.Add(option);
        command.SetAction((parsed, cancellation) => Task.Run(() => work(parsed, cancellation), CancellationToken.None));
        return command;
    }
}
