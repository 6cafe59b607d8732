using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>What training on a device is predicted to cost. Shapes decide; nothing is loaded.</summary>
/// <param name="DeviceBytes">Peak of the device's memory, in bytes.</param>
/// <param name="Seconds">Time, with what is loaded for the first step.</param>
internal sealed record DeviceTrainingCost(double DeviceBytes, double Seconds)
{
    /// <summary>A backward pass costs two forward ones.</summary>
    private const double Passes = 3;

    /// <summary>Numbers that the optimizer and the gradient's way to it move for each parameter and step.</summary>
    private const double ParameterTraffic = 8;

    /// <summary>Weights, their vector, the gradient and its parts, and the optimizer's memory.</summary>
    private const double ParameterCopies = 6;

    /// <summary>How many of the largest activations an evaluation has in memory at once.</summary>
    private const double EvaluatedActivations = 3;

    /// <summary>The training of a plan, or the evaluation of the weights that it gives.</summary>
    public static DeviceTrainingCost Of(RunPlan plan, NetworkLayout layout, DeviceRates rates)
    {
        TrainingPlan training = plan.Training;
        TrainingCounts counts = TrainingCounts.Of(plan);
        double element = DeviceRowCost.Element(training.Precision), all = TrainingCost.Examples(plan);
        double batch = Math.Min(training.BatchSize, plan.Dataset.TrainCount);
        double parameters = layout.Parameters.Sum(parameter => parameter.Slot.Shape.Count);
        double activations = layout.Work.Sum(work => work.Elements);
        bool isConvolutional = layout.Work.Any(work => work.Kind == WorkKind.Convolution);
        double call = isConvolutional ? rates.ConvolutionCallSeconds : rates.CallSeconds;
        double example = ForwardSeconds(layout, training.Precision, rates), chunk = Evaluation.ChunkOf(layout, isCpu: false);

        // Calls are made while the device works: the longer of both counts.
        double step = Math.Max(
            rates.StepSeconds + (layout.Work.Length * call),
            (Passes * batch * example) + (ParameterTraffic * element * parameters / rates.CopyBytes));
        double evaluation = new[] { plan.Dataset.TrainCount, plan.Dataset.ValidationCount, plan.Dataset.TestCount }
            .Where(count => count > 0)
            .Sum(count => rates.EvaluationSeconds + Math.Max(
                Math.Ceiling(count / chunk) * layout.Work.Length * call / Passes, count * example));
        double data = element * all * (plan.Dataset.InputShape.Count + (2 * plan.Dataset.ClassNames.Length));
        double evaluated = element * EvaluatedActivations * Math.Min(chunk, all) * layout.WidestActivation;
        double weights = element * parameters * (ParameterCopies + plan.Jacobian.At.Length);
        return new DeviceTrainingCost(
            data + weights + Math.Max(evaluated, counts.Steps > 0 ? Passes * element * activations * batch : 0),
            rates.TrainingSeconds + (isConvolutional ? rates.ConvolutionSeconds : 0) + (data / rates.TransferBytes)
                + (counts.Steps * step) + (counts.Evaluations * evaluation));
    }

    /// <summary>Seconds of one example's forward pass, calls left out.</summary>
    private static double ForwardSeconds(NetworkLayout layout, Precision precision, DeviceRates rates)
    {
        bool isNarrow = precision == Precision.Float32;
        return layout.Work.Sum(work => work.Kind switch
        {
            WorkKind.Product => work.Flops / (isNarrow ? rates.ProductFlops : rates.Float64ProductFlops),
            WorkKind.Convolution => work.Flops / (isNarrow ? Convolutions(work.Channels, rates) : rates.Float64RowFlops),
            _ => DeviceRowCost.Traffic * DeviceRowCost.Element(precision) * work.Elements / rates.CopyBytes,
        });
    }

    /// <summary>The rate of convolutions between the widths that were measured, evenly in the logarithm.</summary>
    private static double Convolutions(int channels, DeviceRates rates)
    {
        double part = Math.Clamp(
            Math.Log((double)channels / DeviceRates.NarrowChannels)
                / Math.Log((double)DeviceRates.WideChannels / DeviceRates.NarrowChannels),
            0,
            1);
        return rates.NarrowConvolutionFlops + (part * (rates.WideConvolutionFlops - rates.NarrowConvolutionFlops));
    }
}
