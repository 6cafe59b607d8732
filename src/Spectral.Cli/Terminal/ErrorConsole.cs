using Spectre.Console;

namespace Spectral.Cli.Terminal;

/// <summary>stderr as a console for people. Colours and live displays only on a terminal; NO_COLOR is respected.</summary>
internal static class ErrorConsole
{
    /// <summary>Whether stderr is a terminal, so that a live display makes sense.</summary>
    public static bool IsTerminal => !Console.IsErrorRedirected;

    /// <summary>A console that writes to stderr.</summary>
    public static IAnsiConsole Create() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = IsTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 }
            ? ColorSystemSupport.NoColors
            : ColorSystemSupport.Detect,
    });
}
