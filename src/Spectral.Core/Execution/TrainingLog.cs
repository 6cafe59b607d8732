using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// What training leaves behind as it goes: losses and errors, outputs, weights at checkpoints, and its end.
/// </summary>
/// <param name="plan">The plan.</param>
/// <param name="layout">The network.</param>
/// <param name="weights">The weights as they change.</param>
/// <param name="splits">The training split first, then those that are only watched.</param>
/// <param name="initial">The weights before training.</param>
/// <param name="saved">What an earlier process left of the same training; null where it begins.</param>
/// <param name="progress">Told of every epoch.</param>
internal sealed class TrainingLog(
    RunPlan plan,
    NetworkLayout layout,
    TrainedWeights weights,
    ImmutableArray<SplitTensors> splits,
    ImmutableArray<Tensor> initial,
    SavedTraining? saved,
    IProgress<RunEvent> progress)
{
    private readonly TrainingPlan _training = plan.Training;
    private readonly List<TrainingRow> _rows = saved is null ? [] : [.. saved.Rows];
    private readonly Dictionary<string, ReachedCheckpoint> _kept = saved is null ? [] : new(saved.Reached);
    private readonly ImmutableArray<long> _steps = [.. plan.Jacobian.At.Select(one => one.Step).OfType<long>()];
    private readonly ImmutableDictionary<string, RecordedOutputs> _outputs = saved?.Outputs
        ?? splits.ToImmutableDictionary(split => split.Name, _ => new RecordedOutputs());

    private TrainingEnd? _end;

    /// <summary>Whether training has ended.</summary>
    public bool IsOver => _end is not null;

    /// <summary>Everything so far.</summary>
    public TrainingOutcome Outcome => new(
        [.. _rows],
        initial,
        _kept.ToImmutableDictionary(),
        _outputs,
        _end ?? new TrainingEnd(0, 0, EndReason.AllEpochs));

    /// <summary>
    /// Evaluates the network after an epoch, where the plan asks for it, training ends there or has diverged; where the
    /// loss is no longer finite, the epoch leaves nothing else.
    /// </summary>
    /// <param name="epoch">Finished epochs; the last may be cut short by the time limit.</param>
    /// <param name="step">Finished steps.</param>
    /// <param name="sums">A sum of the outputs' gradients for each of the epoch's steps.</param>
    /// <param name="timeIsUp">Whether the time limit ends training here.</param>
    public void Record(int epoch, long step, List<Tensor> sums, bool timeIsUp)
    {
        if (!timeIsUp && !IsEvaluated(epoch) && AreFinite(sums))
        {
            progress.Report(new EpochFinished(epoch, _training.Epochs, Found: null));
            return;
        }

        using IDisposable scope = NewDisposeScope();
        ImmutableArray<Tensor> outputs = [.. splits.Select(split => Evaluation.Outputs(layout, weights.All, split))];
        ImmutableArray<TrainingRow> found = Rows(epoch, outputs);
        if (!found.All(row => double.IsFinite(row.Loss)))
        {
            int first = sums.FindIndex(sum => !double.IsFinite(sum.to(ScalarType.Float64).item<double>()));
            _end = new TrainingEnd(epoch, first < 0 ? step : step - sums.Count + 1 + first, EndReason.Diverged);
            return;
        }

        _rows.AddRange(found);
        if (epoch == _training.Epochs)
            _end = new TrainingEnd(epoch, step, EndReason.AllEpochs);
        else if (timeIsUp || _training.Stop.IsOver(Watched(_training.Stop.WatchedSplit)))
            _end = new TrainingEnd(epoch, step, EndReason.Stopped);
        if (epoch % _training.RecordOutputsEvery == 0 || IsOver)
        {
            for (int i = 0; i < splits.Length; i++)
                _outputs[splits[i].Name].Add(epoch, outputs[i]);
        }

        foreach (Checkpoint checkpoint in plan.Jacobian.At.Where(checkpoint => IsHere(checkpoint, epoch)))
            Keep(checkpoint, epoch, found);
        progress.Report(new EpochFinished(epoch, _training.Epochs, EpochErrors.Of(found)));
    }

    private bool IsEvaluated(int epoch) =>
        epoch % _training.EvaluateEvery == 0
        || epoch == _training.Epochs
        || plan.Jacobian.At.Any(checkpoint => checkpoint.Epoch == epoch);

    private static bool AreFinite(List<Tensor> sums)
    {
        using IDisposable scope = NewDisposeScope();
        return sums.Count == 0 || stack(sums).isfinite().all().item<bool>();
    }

    /// <summary>
    /// Keeps the weights where a checkpoint asks for this step; its epoch is the number of finished ones.
    /// </summary>
    public void KeepStep(int epoch, long step)
    {
        if (!_steps.Contains(step))
            return;
        using IDisposable scope = NewDisposeScope();
        int steps = (splits[0].Count + _training.BatchSize - 1) / _training.BatchSize;
        int finished = step % steps == 0 ? epoch : epoch - 1;
        ImmutableArray<TrainingRow> found =
            Rows(finished, [.. splits.Select(split => Evaluation.Outputs(layout, weights.All, split))]);
        if (found.All(row => double.IsFinite(row.Loss)))
            Keep(plan.Jacobian.At.Single(checkpoint => checkpoint.Step == step), finished, found);
    }

    private bool IsHere(Checkpoint checkpoint, int epoch) => checkpoint switch
    {
        { Name: Checkpoint.Final } => IsOver,
        { BestOf: { } split } when Watched(split) is var errors =>
            errors.SkipLast(1).All(earlier => errors[^1] < earlier),
        _ => checkpoint.Epoch == epoch,
    };

    private void Keep(Checkpoint checkpoint, int epoch, ImmutableArray<TrainingRow> rows)
    {
        ImmutableArray<Tensor> before =
            _kept.TryGetValue(checkpoint.Name, out ReachedCheckpoint? old) ? old.Weights : [];
        _kept[checkpoint.Name] = new ReachedCheckpoint(
            checkpoint.Name, epoch, rows, [.. weights.Copy().Select(weight => weight.MoveToOuterDisposeScope())]);
        foreach (Tensor weight in before)
            weight.Dispose();
    }

    private ImmutableArray<TrainingRow> Rows(int epoch, ImmutableArray<Tensor> outputs) =>
    [
        .. splits.SelectMany((split, i) => Evaluation.Rows(epoch, split, noisy: i == 0, outputs[i], _training.Loss)),
    ];

    /// <summary>The error on a split's clean labels by epoch, or the loss where there are no classes.</summary>
    private ImmutableArray<double> Watched(string? split) =>
        [.. _rows.Where(row => row.Split == split).Select(row => row.Errors ?? row.Loss)];
}
