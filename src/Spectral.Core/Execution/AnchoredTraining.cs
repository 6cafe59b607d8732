using System.Collections.Immutable;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>What a bundle's training left, read back from its payload.</summary>
/// <param name="bundle">The payload.</param>
/// <param name="plan">The plan.</param>
/// <param name="layout">The network.</param>
/// <param name="splits">The splits in the precision of training, with the bundle's targets.</param>
/// <param name="device">Where weights live.</param>
internal sealed class AnchoredTraining(
    ArtifactFolder bundle, RunPlan plan, NetworkLayout layout, ImmutableArray<SplitTensors> splits, Device device)
{
    private readonly ScalarType _type =
        plan.Training.Precision == Precision.Float32 ? ScalarType.Float32 : ScalarType.Float64;

    private readonly ImmutableArray<Measurement> _measurements =
        ResultTables.ReadMeasurements(CsvTable.Parse(bundle.Read(ResultFiles.Measurements)));

    /// <summary>
    /// The bundle's rows, checkpoints and recorded outputs; tensors belong to the caller's dispose scope. Errors at a
    /// checkpoint are evaluated anew from its weights.
    /// </summary>
    /// <param name="trained">
    /// What this run's training left: a bundle without a checkpoint <c>initial</c> has its initial weights only in its
    /// plan, as this run drew them.
    /// </param>
    /// <exception cref="FormatException">A file is not what it should be.</exception>
    public TrainingOutcome Of(TrainingOutcome trained)
    {
        ImmutableDictionary<string, ReachedCheckpoint> reached = plan.Jacobian.At
            .Where(at => bundle.Contains(ResultFiles.Checkpoint(at.Name)))
            .ToImmutableDictionary(at => at.Name, at => Checkpoint(at.Name));
        ImmutableArray<TrainingRow> rows = ResultTables.ReadTraining(CsvTable.Parse(bundle.Read(ResultFiles.Training)));
        long[] epochs = NpyArray.Parse(bundle.Read(ResultFiles.OutputEpochs)).ToLongs();
        return new TrainingOutcome(
            rows,
            reached.TryGetValue(JacobianAccess.Initial, out ReachedCheckpoint? initial)
                ? initial.Weights
                : trained.InitialWeights,
            reached,
            splits.ToImmutableDictionary(split => split.Name, split => Outputs(split.Name, epochs)),
            End(rows));
    }

    private ReachedCheckpoint Checkpoint(string name)
    {
        ImmutableArray<Tensor> weights =
            CheckpointFile.Parse(bundle.Read(ResultFiles.Checkpoint(name)), layout, _type, device);
        int epoch = _measurements.FirstOrDefault(row => row.Analysis == "spectrum" && row.SpectrumAt == name)?.Epoch
            ?? throw new FormatException($"{ResultFiles.Measurements}: expected rows of the spectrum at {name}");
        using IDisposable scope = NewDisposeScope();
        return new ReachedCheckpoint(
            name,
            epoch,
            [
                .. splits.SelectMany((split, i) => Evaluation.Rows(
                    epoch, split, noisy: i == 0, Evaluation.Outputs(layout, weights, split), plan.Training.Loss)),
            ],
            weights);
    }

    private RecordedOutputs Outputs(string split, long[] epochs)
    {
        string path = $"results/outputs/{split}.npy";
        NpyArray values = NpyArray.Parse(bundle.Read(path));
        return values.Shape.Length == 3 && values.Shape[0] == epochs.Length
            ? RecordedOutputs.Of(epochs, values.ToFloats())
            : throw new FormatException($"{path}: expected outputs of {epochs.Length} epochs");
    }

    private TrainingEnd End(ImmutableArray<TrainingRow> rows) =>
        Ended("diverged_at", "diverged_step", EndReason.Diverged)
        ?? Ended("stopped_at", "stopped_step", EndReason.Stopped)
        ?? new TrainingEnd(rows[^1].Epoch, 0, EndReason.AllEpochs);

    private TrainingEnd? Ended(string epoch, string step, EndReason reason) =>
        Fact(epoch) is { } at && Fact(step) is { } on ? new TrainingEnd((int)at, (long)on, reason) : null;

    private double? Fact(string quantity) =>
        _measurements.FirstOrDefault(row => row.Analysis == "training" && row.Quantity == quantity)?.Value;
}
