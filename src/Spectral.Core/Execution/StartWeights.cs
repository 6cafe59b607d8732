using System.Collections.Immutable;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>The weights that a run begins with: drawn, or from a file that the payload holds.</summary>
/// <param name="experiment">The plan, and where its files stood.</param>
/// <param name="layout">The network.</param>
/// <param name="payload">Holds the files, by their digests.</param>
/// <param name="device">Where the weights are to live.</param>
internal sealed class StartWeights(Experiment experiment, NetworkLayout layout, ArtifactFolder payload, Device device)
{
    /// <summary>
    /// The weights before training, one tensor for each parameter; owned by the caller's dispose scope.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not this network's weights.</exception>
    public ImmutableArray<Tensor> Initial(ScalarType type) => experiment.Plan.InitialWeights is { } digest
        ? Given(digest, type)
        : InitialWeights.Draw(layout, experiment.Plan.Seeds.Of("init"), type, device);

    /// <summary>The weights of a file; owned by the caller's dispose scope.</summary>
    /// <exception cref="InvalidDataException">The file is not this network's weights.</exception>
    public ImmutableArray<Tensor> Given(string digest, ScalarType type)
    {
        byte[] file = payload.Read(InputFiles.PathOf(digest));
        ImmutableArray<string> faults = WeightsFile.Faults(file, layout);
        return faults.IsEmpty
            ? CheckpointFile.Parse(file, layout, type, device)
            : throw new InvalidDataException($"{experiment.Inputs[digest]}: not this network's weights: {faults[0]}");
    }
}
