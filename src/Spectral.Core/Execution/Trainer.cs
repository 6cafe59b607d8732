using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Trains a network, straight through. One instance trains once.</summary>
/// <param name="plan">The plan.</param>
/// <param name="layout">The network.</param>
/// <param name="initial">The weights before training, one tensor for each of the network's parameters.</param>
/// <param name="splits">The training split first, then those that are only watched.</param>
/// <param name="timeLimit">The theory time after which training ends; infinity for none.</param>
/// <param name="saves">Where training is saved, and goes on from; null for nowhere.</param>
/// <param name="progress">Told of every epoch.</param>
internal sealed class Trainer(
    RunPlan plan,
    NetworkLayout layout,
    ImmutableArray<Tensor> initial,
    ImmutableArray<SplitTensors> splits,
    double timeLimit,
    TrainingSaves? saves,
    IProgress<RunEvent> progress)
{
    private readonly TrainingPlan _training = plan.Training;
    private readonly SplitTensors _train = splits[0];
    private readonly TrainedWeights _weights = TrainedWeights.Of(
        saves?.Last?.Weights ?? [.. initial.Select(weight => weight.clone())], layout.Trained(plan.Trainable));

    private readonly TrainingPosition _from = saves?.Last?.Position ?? TrainingPosition.First;
    private readonly ulong _seed = plan.Seeds.Of("batches");
    private long _step = saves?.Last?.Position.Step ?? 0;
    private double _time = saves?.Last?.Position.Time ?? 0;

    // A product of rates and units is rounded: a limit that is met exactly must not cost one step more.
    private bool TimeIsUp => _time >= timeLimit * (1 - 1e-12);

    /// <summary>Runs the epochs. Same plan, same numeric environment: same bits.</summary>
    /// <exception cref="OperationCanceledException">The caller asked to stop; what was done is saved.</exception>
    public TrainingOutcome Train(CancellationToken cancellation)
    {
        if (_weights.AreFixed && _training.Epochs > 0)
        {
            progress.Report(new RunWarning(
                "training changes nothing, for 'trainable' selects no parameter of the network"));
        }

        TrainingLog log = new(plan, layout, _weights, splits, initial, saves?.Last, progress);
        using OptimizerState optimizer = _training.Optimizer.Start(_weights.Vector);
        if (saves?.Last is { } saved)
        {
            optimizer.Recall(saved.Memory);
            progress.Report(new StageResumed(Stages.Training, FormattableString.Invariant($"epoch {_from.Epoch}, step {_step}")));
        }
        else
        {
            log.Record(0, 0, [], TimeIsUp);
        }

        for (int epoch = _from.Epoch; !log.IsOver; epoch++)
        {
            List<Tensor> sums = TrainEpoch(epoch, optimizer, log, cancellation);
            log.Record(epoch, _step, sums, TimeIsUp);
            sums.ForEach(sum => sum.Dispose());
        }

        return log.Outcome;
    }

    /// <summary>
    /// One pass over the training split in a new order; for each step a sum that is finite where the outputs are.
    /// </summary>
    private List<Tensor> TrainEpoch(
        int epoch, OptimizerState optimizer, TrainingLog log, CancellationToken cancellation)
    {
        bool isUnderWay = epoch == _from.Epoch;
        List<Tensor> sums = isUnderWay ? [.. _from.Sums.Select(sum => tensor(sum, dtype: _weights.Vector.dtype, device: _train.Inputs.device))] : [];
        int[] drawnOrder = new RandomStream(_seed, "batches", (ulong)epoch).Permutation(_train.Count);
        using Tensor order = tensor(drawnOrder, dtype: ScalarType.Int64, device: _train.Inputs.device); // [n]
        double factor = _training.Schedule.Factor(epoch - 1);
        for (int start = isUnderWay ? _from.Start : 0; start < _train.Count && !TimeIsUp; start += _training.BatchSize)
        {
            if (saves is not null && (saves.IsDue || cancellation.IsCancellationRequested))
                Save(new TrainingPosition(epoch, start, _step, _time, [.. sums.Select(Value)]), optimizer, log);
            cancellation.ThrowIfCancellationRequested();
            int size = Math.Min(_training.BatchSize, _train.Count - start);
            if (!_weights.AreFixed)
                sums.Add(Step(order, start, size, factor, optimizer));
            _step++;
            _time += _training.TheoryTime(size, _train.Count, (int)_train.Given.Values.shape[1], epoch - 1) ?? 0;
            log.KeepStep(epoch, _step);
        }

        return sums;

        static double Value(Tensor sum)
        {
            using Tensor wide = sum.to(ScalarType.Float64);
            return wide.item<double>();
        }
    }

    private void Save(TrainingPosition position, OptimizerState optimizer, TrainingLog log)
    {
        using IDisposable scope = NewDisposeScope();
        saves!.Save(position, _weights.All, optimizer.Memory, log.Outcome);
    }

    /// <summary>Forward, backward and the optimizer's step on one batch of B examples.</summary>
    private Tensor Step(Tensor order, int start, int size, double factor, OptimizerState optimizer)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor batch = order.narrow(0, start, size); // [B]
        Tensor inputs = _train.Inputs.index_select(0, batch); // [B, ...]
        if (!_training.Augment.IsEmpty)
        {
            RandomStream stream = new(_seed, "augment", (ulong)_step);
            foreach (Augmentation change in _training.Augment)
                inputs = change.Apply(inputs, stream);
        }

        ForwardPass pass = ForwardPass.Training(new RandomStream(_seed, "dropout", (ulong)_step));
        Tensor outputs = layout.Forward(inputs, _weights.All, pass); // [B, K]
        Tensor cotangents = _training.Loss.Gradient(outputs, _train.Given.Values.index_select(0, batch)); // [B, K]
        Tensor gradient = _weights.Gradient(outputs, cotangents); // [p]
        if (_training.ClipGradientNorm is { } most)
            Clip(gradient, most);
        optimizer.Step(gradient, factor);
        return cotangents.sum().MoveToOuterDisposeScope(); // []
    }

    /// <summary>Makes a gradient's norm at most <paramref name="most"/>, as torch.nn.utils.clip_grad_norm_ does.</summary>
    private static void Clip(Tensor gradient, double most)
    {
        using TorchSharp.Scalar limit = most;
        using TorchSharp.Scalar apart = 1e-6;
        using TorchSharp.Scalar one = 1.0;
        gradient.mul_((limit / gradient.norm().PlusInPlace(apart)).clamp_(max: one));
    }
}
