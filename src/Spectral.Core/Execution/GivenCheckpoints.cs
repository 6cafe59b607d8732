using System.Collections.Immutable;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// Takes the place of training where the weights were trained elsewhere: evaluates and keeps each of them.
/// </summary>
internal sealed class GivenCheckpoints(RunPlan plan, NetworkLayout layout, IProgress<RunEvent> progress)
{
    /// <summary>
    /// What training would leave: rows, outputs and weights at every given epoch. The first one's are the initial.
    /// </summary>
    /// <param name="load">The weights of a digest, one tensor for each of the network's parameters.</param>
    /// <param name="splits">The training split first, then those that are only watched.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public TrainingOutcome Evaluate(
        Func<string, ImmutableArray<Tensor>> load, ImmutableArray<SplitTensors> splits, CancellationToken cancellation)
    {
        List<TrainingRow> rows = [];
        Dictionary<string, ReachedCheckpoint> reached = [];
        ImmutableDictionary<string, RecordedOutputs> recorded =
            splits.ToImmutableDictionary(split => split.Name, _ => new RecordedOutputs());
        ImmutableArray<ImmutableArray<Tensor>> weights = [.. plan.Weights.Select(given => load(given.Sha256))];
        for (int index = 0; index < weights.Length; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            using IDisposable scope = NewDisposeScope();
            int epoch = plan.Weights[index].Epoch;
            ImmutableArray<Tensor> outputs =
                [.. splits.Select(split => Evaluation.Outputs(layout, weights[index], split))];
            ImmutableArray<TrainingRow> found =
            [
                .. splits.SelectMany((split, i) =>
                    Evaluation.Rows(epoch, split, noisy: i == 0, outputs[i], plan.Training.Loss)),
            ];
            if (!found.All(row => double.IsFinite(row.Loss)))
                return Outcome(new TrainingEnd(epoch, 0, EndReason.Diverged));

            rows.AddRange(found);
            for (int i = 0; i < splits.Length; i++)
                recorded[splits[i].Name].Add(epoch, outputs[i]);
            foreach (Checkpoint checkpoint in plan.Jacobian.At.Where(checkpoint => checkpoint.Epoch == epoch))
                reached[checkpoint.Name] = new ReachedCheckpoint(checkpoint.Name, epoch, found, weights[index]);
            progress.Report(new EpochFinished(epoch, plan.Weights[^1].Epoch, EpochErrors.Of(found)));
        }

        return Outcome(new TrainingEnd(plan.Weights[^1].Epoch, 0, EndReason.AllEpochs));

        TrainingOutcome Outcome(TrainingEnd end) =>
            new([.. rows], weights[0], reached.ToImmutableDictionary(), recorded, end);
    }
}
