using System.Globalization;
using Spectral.Core.Execution;
using Spectre.Console;

namespace Spectral.Cli.Terminal;

/// <summary>Progress of a run on stderr: a live bar a stage on a terminal, plain lines anywhere else.</summary>
internal static class ProgressDisplay
{
    /// <summary>Does the work with a display that it tells of its progress.</summary>
    public static T During<T>(Func<IProgress<RunEvent>, T> work) => ErrorConsole.IsTerminal
        ? ErrorConsole.Create().Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context => work(new Bars(context)))
        : work(new ProgressLines());

    private sealed class Bars(ProgressContext context) : IProgress<RunEvent>
    {
        private readonly RemainingTime _remaining = new();
        private ProgressTask? _bar;

        public void Report(RunEvent value)
        {
            _remaining.Report(value);
            switch (value)
            {
                case StageStarted stage:
                    _bar = context.AddTask(stage.Stage, maxValue: 1);
                    break;
                case StageRestored stage:
                    Show(1, ProgressLines.Restored(stage));
                    break;
                case StageResumed stage:
                    Show(0, ProgressLines.Resumed(stage));
                    break;
                case EpochFinished epoch:
                    Show(
                        (double)epoch.Epoch / Math.Max(1, epoch.Epochs),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"training: epoch {epoch.Epoch}/{epoch.Epochs}{Errors(epoch.Found)}{_remaining.Text}"));
                    break;
                case SpectrumAdvanced { Of: > 0 } spectrum:
                    Show(
                        (spectrum.Done + spectrum.Part) / spectrum.Of,
                        $"spectrum: {spectrum.Done}/{spectrum.Of}, {spectrum.Detail}{_remaining.Text}");
                    break;
                case SpectrumFinished spectrum:
                    Show((double)spectrum.Done / spectrum.Total, $"spectrum: {spectrum.Done}/{spectrum.Total}, {spectrum.Detail}{_remaining.Text}");
                    break;
                case StageFinished stage:
                    Show(1, string.Create(CultureInfo.InvariantCulture, $"{stage.Stage}: {stage.Took.TotalSeconds:F1} s"));
                    break;
                case RunWarning:
                    // The summary's notes say it again, where it stays on the screen.
                    break;
            }
        }

        private static string Errors(EpochErrors? found) => found is null ? "" : string.Create(
            CultureInfo.InvariantCulture, $", loss {found.Loss:G4}, test error {Percent.Of(found.Test)}");

        private void Show(double done, string description)
        {
            if (_bar is not { } bar)
                return;
            bar.Value = done;
            bar.Description = Markup.Escape(description);
        }
    }
}
