using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Execution;

namespace Spectral.Cli.Terminal;

/// <summary>Progress as plain lines on stderr, for logs and pipes: a line a stage, and one every few seconds in between.</summary>
public sealed class ProgressLines : IProgress<RunEvent>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private readonly RemainingTime _remaining = new();

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        _remaining.Report(value);
        switch (value)
        {
            case StageStarted stage:
                Write($"{stage.Stage}: started");
                break;
            case StageRestored stage:
                Write(Restored(stage));
                break;
            case StageResumed stage:
                Write(Resumed(stage));
                break;
            case EpochFinished epoch when epoch.Epoch == epoch.Epochs || _sinceLine.Elapsed >= Pause:
                Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"training: epoch {epoch.Epoch}/{epoch.Epochs}{Errors(epoch.Found)}{_remaining.Text}"));
                break;
            case SpectrumAdvanced spectrum when _sinceLine.Elapsed >= Pause:
                Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"spectrum: {spectrum.Detail}, {100 * spectrum.Part:F0} %{_remaining.Text}"));
                break;
            case SpectrumFinished spectrum:
                Write($"spectrum: {spectrum.Done}/{spectrum.Total} ({spectrum.Detail}){_remaining.Text}");
                break;
            case StageFinished stage:
                Write(string.Create(CultureInfo.InvariantCulture, $"{stage.Stage}: done in {stage.Took.TotalSeconds:F1} s"));
                break;
            case RunWarning warning:
                Write($"warning: {warning.Message}");
                break;
        }
    }

    /// <summary>That a stage was found in the cache.</summary>
    internal static string Restored(StageRestored stage) => string.Create(
        CultureInfo.InvariantCulture,
        $"{stage.Stage}: {(stage.Part.Length > 0 ? $"{stage.Part}, " : "")}from the cache, computed {stage.Made.ToLocalTime():yyyy-MM-dd HH:mm}");

    /// <summary>That a stage goes on.</summary>
    internal static string Resumed(StageResumed stage) =>
        $"{stage.Stage}: goes on at {stage.Where}, where an earlier process ended";

    private static string Errors(EpochErrors? found) => found is null ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $", loss {found.Loss:G4}, train error {Percent.Of(found.Train)}, test error {Percent.Of(found.Test)}");

    private void Write(string line)
    {
        Console.Error.WriteLine(line);
        _sinceLine.Restart();
    }
}
