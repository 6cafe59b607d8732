using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What training is predicted to cost. Shapes decide; nothing is loaded.</summary>
/// <param name="Flops">Floating-point operations, evaluations included.</param>
/// <param name="Steps">Steps of the optimizer.</param>
/// <param name="Moved">Bytes that cross the memory bus, at least.</param>
/// <param name="Activations">What one step's layers give, in bytes.</param>
/// <param name="Bytes">Peak memory of training itself, in bytes.</param>
/// <param name="Kept">Bytes of recorded outputs and weights, as files have them.</param>
/// <param name="Seconds">Time.</param>
internal sealed record TrainingCost(
    double Flops, double Steps, double Moved, double Activations, double Bytes, double Kept, double Seconds)
{
    /// <summary>A backward pass costs two forward ones.</summary>
    private const double Passes = 3;

    /// <summary>The training of a plan, or the evaluation of the weights that it gives.</summary>
    public static TrainingCost Of(RunPlan plan, NetworkLayout layout, MachineProfile profile)
    {
        TrainingPlan training = plan.Training;
        MachineRates rates = profile.Rates;
        double train = plan.Dataset.TrainCount, all = Examples(plan), outputs = plan.Dataset.ClassNames.Length;
        (double epochs, double steps, double evaluations, double recorded) = TrainingCounts.Of(plan);
        double element = training.Precision == Precision.Float32 ? sizeof(float) : sizeof(double);
        double parameters = layout.Parameters.Sum(parameter => parameter.Slot.Shape.Count);
        double features = plan.Dataset.InputShape.Count, activations = layout.Work.Sum(work => work.Elements);
        int calls = layout.Work.Length, splits = plan.Dataset.ValidationCount > 0 ? 3 : 2;

        // Binary64 has half as many numbers in a vector.
        double example = element / sizeof(float) * ExampleSeconds(layout, plan.Threads, profile);
        double chunks = Math.Ceiling(all / 256);
        double changed = steps * ((8 * parameters) + (training.Augment.Length * 4 * features * training.BatchSize));
        double seconds = (steps * (rates.StepSeconds + (calls * rates.CallSeconds)))
            + (Passes * epochs * train * example)
            + (changed / rates.Elementwise.With(plan.Threads, profile.Cores))
            + (evaluations * ((all * example) + (splits * rates.EvaluationSeconds)
                + (chunks * calls * rates.CallSeconds / Passes)));
        double ofStep = element * activations * Math.Min(training.BatchSize, train);
        double kept = (sizeof(float) * recorded * all * outputs) + (element * parameters * plan.Jacobian.At.Length);
        return new TrainingCost(
            ((Passes * epochs * train) + (evaluations * all)) * layout.ForwardFlops,
            steps,
            element * ((steps * 8 * parameters) + (((5 * epochs * train) + (2 * evaluations * all)) * (features + activations))),
            ofStep,
            (element * ((all * features) + (parameters * (4 + plan.Jacobian.At.Length))))
                + (3 * ofStep)
                + (sizeof(float) * recorded * all * outputs),
            kept,
            seconds);
    }

    /// <summary>Examples of all splits.</summary>
    public static double Examples(RunPlan plan) =>
        (double)plan.Dataset.TrainCount + plan.Dataset.ValidationCount + plan.Dataset.TestCount;

    /// <summary>Seconds of one example's forward pass in binary32, calls left out.</summary>
    private static double ExampleSeconds(NetworkLayout layout, int threads, MachineProfile profile)
    {
        MachineRates rates = profile.Rates;
        return layout.Work.Sum(work => work.Flops / (work.Kind switch
        {
            WorkKind.Product => rates.Products,
            WorkKind.Convolution => Convolutions(work.Channels, rates),
            WorkKind.Pool => rates.Pools,
            _ => rates.Elementwise,
        }).With(threads, profile.Cores));
    }

    /// <summary>The rate of convolutions between the widths that were measured, evenly in the logarithm.</summary>
    private static ThreadedRate Convolutions(int channels, MachineRates rates) => channels < MachineRates.NarrowChannels
        ? rates.FirstConvolutions.Towards(rates.NarrowConvolutions, Part(channels, 1, MachineRates.NarrowChannels))
        : rates.NarrowConvolutions.Towards(
            rates.WideConvolutions, Part(channels, MachineRates.NarrowChannels, MachineRates.WideChannels));

    private static double Part(double at, double from, double to) =>
        Math.Clamp(Math.Log(Math.Max(1, at) / from) / Math.Log(to / from), 0, 1);
}
