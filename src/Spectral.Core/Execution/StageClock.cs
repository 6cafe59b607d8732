using System.Collections.Immutable;

namespace Spectral.Core.Execution;

/// <summary>The names of a run's stages, in order.</summary>
public static class Stages
{
    /// <summary>Examples are chosen and labels corrupted.</summary>
    public const string Data = "data";

    /// <summary>Weights are drawn and trained.</summary>
    public const string Training = "training";

    /// <summary>The Jacobian's spectrum at every checkpoint on every split.</summary>
    public const string Spectrum = "spectrum";

    /// <summary>Measurements are made.</summary>
    public const string Analyses = "analyses";
}

/// <summary>When a stage ran. A volatile fact: it belongs to a bundle's record, not to its content.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="IsRestored">Whether it ran earlier, in another run, and its results were in the cache.</param>
public sealed record StageTiming(string Stage, DateTimeOffset Start, DateTimeOffset End, bool IsRestored = false)
{
    /// <summary>
    /// The peak resident memory of the process up to the stage's end, in bytes; null where the stage was restored or the
    /// system does not tell it.
    /// </summary>
    public long? PeakBytes { get; init; }
}

/// <summary>What a run found and when its stages ran.</summary>
/// <param name="Result">What was found.</param>
/// <param name="Timings">The stages in order.</param>
public sealed record RunOutcome(RunResult Result, ImmutableArray<StageTiming> Timings);

/// <summary>Times stages and tells of them.</summary>
/// <param name="kept">Knows what ran earlier.</param>
/// <param name="progress">Told of each stage.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class StageClock(KeptStages kept, IProgress<RunEvent> progress, CancellationToken cancellation)
{
    private readonly List<StageTiming> _timings = [];

    /// <summary>The stages that ended so far.</summary>
    public ImmutableArray<StageTiming> Timings => [.. _timings];

    /// <summary>Runs one stage.</summary>
    /// <exception cref="OperationCanceledException">The caller asked to stop before it began.</exception>
    public T Time<T>(string stage, Func<T> work)
    {
        cancellation.ThrowIfCancellationRequested();
        DateTimeOffset start = DateTimeOffset.UtcNow;
        progress.Report(new StageStarted(stage));
        T made = work();
        StageTiming timing = new(stage, start, DateTimeOffset.UtcNow) { PeakBytes = PeakMemory.OfProcess() };
        _timings.Add(kept.Earlier(stage) ?? timing);
        progress.Report(new StageFinished(stage, timing.End - timing.Start));
        return made;
    }
}
