using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What a stage is predicted to cost.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Flops">Floating-point operations.</param>
/// <param name="Bytes">Peak memory in bytes beside what the program itself takes.</param>
/// <param name="Seconds">
/// Time by rule of thumb, at <see cref="AssumedRate"/> and <see cref="AssumedStep"/>: an order of magnitude, not measured.
/// </param>
/// <param name="GpuSeconds">The same on one data-centre GPU, at <see cref="AssumedGpuRate"/>.</param>
public sealed record StageCost(string Stage, double Flops, double Bytes, double Seconds, double GpuSeconds)
{
    /// <summary>Assumed rate of one thread in flop/s.</summary>
    public const double AssumedRate = 3e10;

    /// <summary>Assumed overhead of one training step in seconds, whatever its size.</summary>
    public const double AssumedStep = 3e-4;

    /// <summary>Assumed rate of one data-centre GPU in flop/s, whatever the precision.</summary>
    public const double AssumedGpuRate = 1e13;

    /// <summary>Predicts the stages of a plan from shapes alone; loads nothing and runs nothing.</summary>
    public static ImmutableArray<StageCost> Predict(RunPlan plan)
    {
        int classes = plan.Dataset.ClassNames.Length, train = plan.Dataset.TrainCount, test = plan.Dataset.TestCount;
        long features = plan.Dataset.InputShape.Count;
        NetworkLayout layout = NetworkLayout.Of(plan);
        double parameters = layout.Parameters.Sum(parameter => parameter.Slot.Shape.Count);
        double forward = layout.ForwardFlops;

        // A backward pass costs two forward ones.
        double epochs = plan.Training.Epochs, evaluations = Math.Ceiling(epochs / plan.Training.EvaluateEvery) + 1;
        int all = train + plan.Dataset.ValidationCount + test;
        double trainingFlops = ((3 * epochs * train) + (evaluations * all)) * forward;
        double steps = epochs * Math.Ceiling((double)train / plan.Training.BatchSize);
        double outputs = Math.Ceiling(epochs / plan.Training.RecordOutputsEvery) + 1;
        double element = plan.Training.Precision == Precision.Float32 ? 4 : 8;
        double trainingBytes = (element * ((all * features) + (parameters * (3 + plan.Jacobian.At.Length))))
            + (4 * outputs * all * classes);

        double spectrumFlops = 0, spectrumBytes = 0;
        foreach (string split in plan.Jacobian.Splits)
        {
            SpectrumMethod method = layout.SpectrumMethod(plan, split);
            double one = method.Flops
                + (method.Passes * (1 + (2.0 * classes)) * plan.JacobianExamples(split) * forward);
            spectrumFlops += plan.Jacobian.At.Length * one;
            spectrumBytes = Math.Max(spectrumBytes, method.Bytes);
            // A stopping time by the spectrum needs the initial one before training.
            if (split == "train" && plan.Training.Stop.NeedsInitialSpectrum)
                trainingFlops += one;
        }

        return
        [
            new StageCost(Stages.Data, 0, 4.0 * all * features, 0, 0),
            Of(Stages.Training, trainingFlops, trainingBytes, steps),
            Of(Stages.Spectrum, spectrumFlops, spectrumBytes, 0),
        ];

        StageCost Of(string stage, double flops, double bytes, double overheads) =>
            new(
                stage,
                flops,
                bytes,
                (flops / (AssumedRate * plan.Threads)) + (overheads * AssumedStep),
                (flops / AssumedGpuRate) + (overheads * AssumedStep));
    }
}
