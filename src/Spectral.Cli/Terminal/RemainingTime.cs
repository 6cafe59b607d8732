using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Execution;

namespace Spectral.Cli.Terminal;

/// <summary>How long the present stage will still take, judged by how long its finished part took.</summary>
public sealed class RemainingTime
{
    private readonly Stopwatch _stage = Stopwatch.StartNew();
    private double _done;

    /// <summary><c>, 12 s left</c>; empty where nothing can be said yet or nothing is left.</summary>
    public string Text => _done is > 0 and < 1
        ? string.Create(CultureInfo.InvariantCulture, $", {Format(_stage.Elapsed * ((1 - _done) / _done))} left")
        : "";

    /// <summary>Takes note of an event.</summary>
    public void Report(RunEvent value)
    {
        switch (value)
        {
            case StageStarted:
                _stage.Restart();
                _done = 0;
                break;
            case EpochFinished epoch:
                _done = epoch.Epochs == 0 ? 1 : (double)epoch.Epoch / epoch.Epochs;
                break;
            case SpectrumAdvanced { Of: > 0 } spectrum:
                _done = (spectrum.Done + spectrum.Part) / spectrum.Of;
                break;
            case SpectrumFinished spectrum:
                _done = (double)spectrum.Done / spectrum.Total;
                break;
        }
    }

    private static string Format(TimeSpan time) =>
        time.TotalMinutes < 2 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):F0} s")
        : time.TotalHours < 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:F0} min")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:F1} h");
}
