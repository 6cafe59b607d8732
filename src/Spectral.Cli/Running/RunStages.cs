using Spectral.Cli.Terminal;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>Runs an experiment into a payload, with progress on stderr and a log in the payload's record.</summary>
internal static class RunStages
{
    /// <summary>The stages, from data to analyses.</summary>
    public static RunOutcome Into(
        ArtifactFolder payload,
        Experiment experiment,
        ComputeDevice device,
        DataFolders folders,
        CancellationToken cancellation)
    {
        using RunLog log = RunLog.In(payload);
        return ProgressDisplay.During(display =>
            new ExperimentRunner(device, folders, new Both(display, log)).Run(experiment, payload, cancellation));
    }

    /// <summary>Tells two listeners of everything.</summary>
    private sealed class Both(IProgress<RunEvent> first, IProgress<RunEvent> second) : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            first.Report(value);
            second.Report(value);
        }
    }
}
