using Spectral.Report;

namespace Spectral.Cli.Terminal;

/// <summary>A run's summary as a person reads it at the end.</summary>
internal static class SummaryDisplay
{
    /// <summary>Writes it to a stream for people or for data, at the terminal's width where there is one.</summary>
    public static void Write(SummaryTable summary, TextWriter to, bool isTerminal) =>
        to.Write(summary.ToPlainText(isTerminal ? Math.Clamp(Console.WindowWidth - 1, 60, 160) : 120));
}
