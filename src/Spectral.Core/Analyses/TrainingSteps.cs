using Spectral.Core.Optimizers;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>One step of a training as it was run.</summary>
/// <param name="Epoch">The epoch that it belongs to, from 1.</param>
/// <param name="Number">Finished steps with it, from 1.</param>
/// <param name="First">Where its batch begins in the epoch's order.</param>
/// <param name="Size">B, the examples of its batch.</param>
/// <param name="Rate">eta times the schedule's factor: what the momentum's vector is multiplied by.</param>
/// <param name="Unit">What the gradient of the batch's 1/2 sum ||f_i - y_i||^2 is multiplied by.</param>
/// <param name="Time">The theory time after it: the sum of the step sizes in units of the full batch's sum.</param>
/// <param name="EndsEpoch">Whether it is its epoch's last.</param>
internal sealed record TrainingStep(
    int Epoch, long Number, int First, int Size, double Rate, double Unit, double Time, bool EndsEpoch);

/// <summary>
/// The steps that the trainer made, from the plan alone: sizes, rates and times, and which examples they took.
/// </summary>
internal static class TrainingSteps
{
    /// <summary>All steps in order, up to the last recorded epoch of the training split.</summary>
    /// <param name="run">A run to whose plan <see cref="LinearDynamics"/> applies.</param>
    public static IEnumerable<TrainingStep> Of(RunView run)
    {
        TrainingPlan training = run.Plan.Training;
        int examples = run.Plan.Dataset.TrainCount, outputs = run.Plan.Dataset.ClassNames.Length;
        double limit = TimeLimit(run) * (1 - 1e-12), time = 0;
        double rate = Rule(run.Plan).LearningRate;
        long number = 0, last = run.Split("train").Epochs[^1];
        for (int epoch = 1; epoch <= last; epoch++)
        {
            for (int first = 0; first < examples && time < limit; first += training.BatchSize)
            {
                int size = Math.Min(training.BatchSize, examples - first);
                time += training.TheoryTime(size, examples, outputs, epoch - 1) ?? double.NaN;
                yield return new TrainingStep(
                    epoch,
                    ++number,
                    first,
                    size,
                    rate * training.Schedule.Factor(epoch - 1),
                    training.Loss.SquaredUnit(size, outputs) ?? double.NaN,
                    time,
                    EndsEpoch: first + size == examples || time >= limit);
            }
        }
    }

    /// <summary>The theory time of a whole epoch.</summary>
    /// <param name="plan">A plan that <see cref="LinearDynamics"/> applies to.</param>
    /// <param name="finished">Epochs that are finished before it.</param>
    public static double TimeOfEpoch(RunPlan plan, int finished)
    {
        int examples = plan.Dataset.TrainCount, outputs = plan.Dataset.ClassNames.Length;
        int batch = plan.Training.BatchSize;
        double whole = plan.Training.TheoryTime(batch, examples, outputs, finished) ?? double.NaN;
        int rest = examples % batch;
        return (examples / batch * whole)
            + (rest == 0 ? 0 : plan.Training.TheoryTime(rest, examples, outputs, finished) ?? double.NaN);
    }

    /// <summary>The order in which an epoch takes the examples, [n].</summary>
    public static int[] Order(RunPlan plan, int epoch) =>
        new RandomStream(plan.Seeds.Of("batches"), "batches", (ulong)epoch).Permutation(plan.Dataset.TrainCount);

    /// <summary>The gradient descent of the plan.</summary>
    public static StochasticGradientDescent Rule(RunPlan plan) => (StochasticGradientDescent)plan.Training.Optimizer;

    private static double TimeLimit(RunView run)
    {
        if (!run.Plan.Training.Stop.NeedsInitialSpectrum)
            return double.PositiveInfinity;
        SpectralView? view = ReferenceCheckpoint.NameIn(run.Plan, JacobianAccess.Initial) is { } name
            ? run.Spectrum(name, "train")
            : null;
        return view?.Cutoff.Split is { } split
            ? run.Plan.Training.Stop.TimeLimit(split.Alpha)
            : double.PositiveInfinity;
    }
}
