using System.Collections.Immutable;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// What each stage of a run starts from: a bundle's own results of the stage before, so that a difference in one stage
/// is none in the next; or, without a bundle, the run's own. What the stages themselves make is left as it is.
/// </summary>
/// <param name="bundle">The payload of a sealed bundle of the same plan; null for none.</param>
/// <param name="plan">The plan.</param>
/// <param name="layout">The network.</param>
/// <param name="progress">Told where the bundle's results could not be taken.</param>
internal sealed class AnchoredStages(
    ArtifactFolder? bundle, RunPlan plan, NetworkLayout layout, IProgress<RunEvent> progress)
{
    /// <summary>What training starts from: the loaded inputs with the bundle's targets.</summary>
    /// <param name="loaded">The splits as this run loaded them.</param>
    /// <exception cref="FormatException">The bundle's targets are not those of such splits.</exception>
    public ImmutableArray<LabelledSplit> Data(ImmutableArray<LabelledSplit> loaded) => bundle is null
        ? loaded
        : [.. loaded.Select(split => AnchoredData.Of(bundle, split))];

    /// <summary>What spectra start from: the bundle's checkpoints, and its record of training.</summary>
    /// <param name="trained">What this run's training left.</param>
    /// <param name="splits">The splits in the precision of training.</param>
    /// <param name="device">Where weights live.</param>
    /// <exception cref="FormatException">The bundle's files are not those of this plan's training.</exception>
    public TrainingOutcome Training(TrainingOutcome trained, Func<ImmutableArray<SplitTensors>> splits, Device device) =>
        bundle is null ? trained : new AnchoredTraining(bundle, plan, layout, splits(), device).Of(trained);

    /// <summary>What analyses start from: the bundle's spectra.</summary>
    /// <param name="computed">The views of this run.</param>
    /// <exception cref="FormatException">The bundle's arrays are not those of such spectra.</exception>
    public ImmutableArray<SpectralView> Spectra(ImmutableArray<SpectralView> computed) => bundle is null
        ? computed
        : [.. computed.Select(view => new AnchoredSpectra(bundle, plan, progress).Of(view))];
}
