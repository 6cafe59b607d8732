using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Trains a network, straight through.</summary>
internal sealed class Trainer(RunPlan plan, NetworkLayout layout, IProgress<RunEvent> progress)
{
    /// <summary>Runs all epochs; <paramref name="weights"/> change in place. Same plan, same numeric environment: same bits.</summary>
    /// <param name="weights">One tensor for each of the network's parameters.</param>
    /// <param name="splits">The training split first, then those that are only watched.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">The caller asked to stop; nothing is kept.</exception>
    public TrainingOutcome Train(
        ImmutableArray<Tensor> weights, ImmutableArray<SplitTensors> splits, CancellationToken cancellation)
    {
        TrainingPlan training = plan.Training;
        List<TrainingRow> rows = [];
        Dictionary<string, ImmutableArray<Tensor>> kept = [];
        ImmutableDictionary<string, RecordedOutputs> recorded =
            splits.ToImmutableDictionary(split => split.Name, _ => new RecordedOutputs());
        ImmutableArray<Tensor> initial = Copy(weights);
        int? divergedAt = null;

        ImmutableArray<bool> isTrained = layout.Trained(plan.Trainable);
        ImmutableArray<Tensor> trained = [.. weights.Where((_, i) => isTrained[i]).Select(weight => weight.requires_grad_(true))];
        using OptimizerState optimizer = training.Optimizer.Start(trained);
        for (int epoch = 0; epoch <= training.Epochs; epoch++)
        {
            if (epoch > 0)
                TrainEpoch(epoch, weights, trained, splits[0], optimizer, cancellation);
            if (!Record(epoch))
            {
                divergedAt = epoch;
                break;
            }
        }

        return new TrainingOutcome(
            [.. rows],
            initial,
            kept.ToImmutableDictionary(),
            recorded,
            divergedAt);

        // False where the loss is no longer finite: the epoch leaves no rows, outputs or weights.
        bool Record(int epoch)
        {
            using IDisposable scope = NewDisposeScope();
            ImmutableArray<Tensor> outputs = [.. splits.Select(split => Evaluation.Outputs(layout, weights, split))];
            ImmutableArray<TrainingRow> found =
            [
                .. splits.SelectMany((split, i) =>
                    Evaluation.Rows(epoch, split, noisy: i == 0, outputs[i], training.Loss)),
            ];
            if (!found.All(row => double.IsFinite(row.Loss)))
                return false;

            rows.AddRange(found);
            if (epoch % training.RecordOutputsEvery == 0 || epoch == training.Epochs)
            {
                for (int i = 0; i < splits.Length; i++)
                    recorded[splits[i].Name].Add(epoch, outputs[i]);
            }

            foreach (Checkpoint checkpoint in plan.Jacobian.At.Where(checkpoint => checkpoint.Epoch == epoch))
                kept[checkpoint.Name] = epoch == 0
                    ? initial
                    : [.. Copy(weights).Select(weight => weight.MoveToOuterDisposeScope())];
            progress.Report(
                new EpochFinished(epoch, training.Epochs, found[0].Loss, found[0].Error, found[^1].Error));
            return true;
        }
    }

    private static ImmutableArray<Tensor> Copy(ImmutableArray<Tensor> weights) =>
        [.. weights.Select(weight => weight.detach().clone())];

    private void TrainEpoch(
        int epoch,
        ImmutableArray<Tensor> weights,
        ImmutableArray<Tensor> trained,
        SplitTensors train,
        OptimizerState optimizer,
        CancellationToken cancellation)
    {
        ulong seed = plan.Seeds.Of("batches");
        int[] order = new RandomStream(seed, "batches", (ulong)epoch).Permutation(train.Count);
        long step = (epoch - 1L) * ((train.Count + plan.Training.BatchSize - 1) / plan.Training.BatchSize);
        for (int start = 0; start < train.Count; start += plan.Training.BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using IDisposable scope = NewDisposeScope();
            int size = Math.Min(plan.Training.BatchSize, train.Count - start);
            Tensor batch = tensor(order.AsSpan(start, size).ToArray(), dtype: ScalarType.Int64).to(train.Inputs.device); // [B]
            ForwardPass pass = ForwardPass.Training(new RandomStream(seed, "dropout", (ulong)step++));
            Tensor outputs = layout.Forward(train.Inputs.index_select(0, batch), weights, pass); // [B, K]
            Tensor loss = plan.Training.Loss.Value(outputs, train.Given.Values.index_select(0, batch)); // []
            ImmutableArray<Tensor> gradients = [.. autograd.grad([loss], trained, null, allow_unused: true)];
            using IDisposable graphless = no_grad();
            optimizer.Step([.. gradients.Select((gradient, i) => gradient.IsInvalid ? zeros_like(trained[i]) : gradient)]);
        }
    }
}
