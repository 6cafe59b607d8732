using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Execution;

/// <summary>Measurements from the cache, or made and kept.</summary>
/// <param name="stages">The run's cache.</param>
/// <param name="plan">The plan.</param>
internal sealed class KeptAnalyses(KeptStages stages, RunPlan plan)
{
    /// <summary>What all analyses found.</summary>
    /// <param name="analyse">Makes the measurements.</param>
    public AnalysisResult Find(Func<AnalysisResult> analyse)
    {
        string key = StageKeys.Of(plan, Catalog.Components).Single(stage => stage.Stage == Stages.Analyses).Key;
        if (stages.Read(Stages.Analyses, key, AnalysisFiles.Read) is { } kept)
            return kept;
        DateTimeOffset started = DateTimeOffset.UtcNow;
        AnalysisResult made = analyse();
        stages.Keep(Stages.Analyses, "", key, started, files => AnalysisFiles.Write(files, made));
        return made;
    }
}
