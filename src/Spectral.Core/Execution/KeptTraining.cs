using System.Collections.Immutable;
using Spectral.Core.Caching;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>Training from the cache, or done and kept; one that was broken off goes on where it was saved.</summary>
/// <param name="stages">The run's cache.</param>
/// <param name="plan">The plan.</param>
/// <param name="files">Reads and writes trainings.</param>
internal sealed class KeptTraining(KeptStages stages, RunPlan plan, TrainingFiles files)
{
    /// <summary>What training left; tensors belong to the caller's dispose scope.</summary>
    /// <param name="splits">The splits' names.</param>
    /// <param name="train">Trains; it is told where to save its state, or null.</param>
    public TrainingOutcome Find(ImmutableArray<string> splits, Func<TrainingSaves?, TrainingOutcome> train)
    {
        string key = StageKeys.Of(plan, Catalog.Components).Single(stage => stage.Stage == Stages.Training).Key;
        if (stages.Read(Stages.Training, key, files.Read) is { } kept)
            return kept;
        DateTimeOffset started = DateTimeOffset.UtcNow;
        using TrainingSaves? saves = stages.Work(key) is { } work ? Open(work) : null;
        TrainingOutcome made = train(saves);
        stages.Keep(Stages.Training, "", key, started, folder => files.Write(folder, made));
        saves?.Discard();
        return made;

        TrainingSaves? Open(WorkFolder work)
        {
            TrainingSaves? opened = null;
            stages.Guarded(() => opened = new TrainingSaves(work, files, splits, stages));
            if (opened is null)
                work.Dispose();
            return opened;
        }
    }
}
