using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>Loads a plan's examples and corrupts the training labels.</summary>
internal static class DataStage
{
    /// <summary>The dataset's arrays, and its splits with given and clean targets: training first, test last.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be.</exception>
    public static (DatasetArrays Arrays, ImmutableArray<LabelledSplit> Splits) Load(RunPlan plan, DataFolders folders)
    {
        DatasetArrays arrays = plan.Dataset.Load(folders, plan.Seeds.Of("data"));
        TargetArrays given = plan.Noise.Corrupt(arrays.Train.Targets, plan.Seeds.Of("noise"));
        return (arrays,
        [
            new LabelledSplit("train", arrays.Train, given),
            .. arrays.Validation.Count > 0
                ? [new LabelledSplit("validation", arrays.Validation, arrays.Validation.Targets)]
                : ImmutableArray<LabelledSplit>.Empty,
            new LabelledSplit("test", arrays.Test, arrays.Test.Targets),
        ]);
    }
}
