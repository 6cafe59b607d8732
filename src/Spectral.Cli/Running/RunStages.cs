using Spectral.Cli.Terminal;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Cli.Running;

/// <summary>Runs an experiment into a payload, with progress on stderr and a log in the payload's record.</summary>
internal static class RunStages
{
    /// <summary>The stages, from data to analyses.</summary>
    /// <param name="payload">Where results go.</param>
    /// <param name="experiment">What to run.</param>
    /// <param name="device">Where tensors live.</param>
    /// <param name="folders">Where data sets are kept.</param>
    /// <param name="store">The stage cache; null for none.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <param name="anchor">The payload of a bundle from whose results every stage starts; null for none.</param>
    /// <exception cref="SavedRunException">The caller asked to stop, and what was done is kept.</exception>
    public static RunOutcome Into(
        ArtifactFolder payload,
        Experiment experiment,
        ComputeDevice device,
        DataFolders folders,
        StageStore? store,
        CancellationToken cancellation,
        ArtifactFolder? anchor = null)
    {
        using RunLog log = RunLog.In(payload);
        try
        {
            return ProgressDisplay.During(display =>
                new ExperimentRunner(device, folders, new Both(display, log), store, anchor)
                    .Run(experiment, payload, cancellation));
        }
        catch (OperationCanceledException stopped) when (store is not null)
        {
            throw new SavedRunException(stopped);
        }
    }

    /// <summary>Stops where that was asked for, saying whether what was done is kept.</summary>
    /// <param name="store">The stage cache; null for none.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static void StopIfAsked(StageStore? store, CancellationToken cancellation)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException stopped) when (store is not null)
        {
            throw new SavedRunException(stopped);
        }
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
