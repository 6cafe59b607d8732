using Serilog;
using Serilog.Core;
using Serilog.Formatting.Compact;
using Spectral.Core.Execution;
using Spectral.Core.Formats;

namespace Spectral.Cli.Running;

/// <summary>The run's log as compact JSON lines, <c>record/log.clef</c>: one event a line, with its own fields.</summary>
internal sealed class RunLog : IProgress<RunEvent>, IDisposable
{
    private readonly Logger _logger;

    private RunLog(Logger logger) => _logger = logger;

    /// <summary>Opens the log of a payload.</summary>
    public static RunLog In(ArtifactFolder payload) => new(
        new LoggerConfiguration()
            .WriteTo.File(new CompactJsonFormatter(), Path.Combine(payload.Root, "record", "log.clef"))
            .CreateLogger());

    /// <inheritdoc/>
    public void Report(RunEvent value)
    {
        switch (value)
        {
            case StageStarted stage:
                _logger.Information("Stage {Stage} started", stage.Stage);
                break;
            case StageFinished stage:
                _logger.Information("Stage {Stage} took {Seconds} s", stage.Stage, stage.Took.TotalSeconds);
                break;
            case StageRestored stage:
                _logger.Information("Stage {Stage}, {Part}, came from the cache, made {Made}", stage.Stage, stage.Part, stage.Made);
                break;
            case StageResumed stage:
                _logger.Information("Stage {Stage} goes on at {Where}", stage.Stage, stage.Where);
                break;
            case EpochFinished { Found: null } epoch:
                _logger.Information("Epoch {Epoch} of {Epochs}", epoch.Epoch, epoch.Epochs);
                break;
            case EpochFinished { Found: { } found } epoch:
                _logger.Information(
                    "Epoch {Epoch} of {Epochs}: loss {Loss}, train error {TrainError}, test error {TestError}",
                    epoch.Epoch,
                    epoch.Epochs,
                    found.Loss,
                    found.Train,
                    found.Test);
                break;
            case SpectrumFinished spectrum:
                _logger.Information("Spectrum {Done} of {Total}: {Which}", spectrum.Done, spectrum.Total, spectrum.Detail);
                break;
            case RunWarning warning:
                _logger.Warning("{Message}", warning.Message);
                break;
        }
    }

    /// <summary>Writes what is still held and closes the file.</summary>
    public void Dispose() => _logger.Dispose();
}
