using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>How often a training does what it consists of, where it is not stopped early.</summary>
/// <param name="Epochs">Epochs; 0 where weights are given.</param>
/// <param name="Steps">Steps of the optimizer.</param>
/// <param name="Evaluations">Evaluations of all splits.</param>
/// <param name="Recorded">Evaluations of which the outputs are recorded.</param>
internal sealed record TrainingCounts(double Epochs, double Steps, double Evaluations, double Recorded)
{
    /// <summary>The counts of a plan.</summary>
    public static TrainingCounts Of(RunPlan plan)
    {
        TrainingPlan training = plan.Training;
        bool isGiven = !plan.Weights.IsEmpty;
        double epochs = isGiven ? 0 : training.Epochs;
        double evaluations = isGiven ? plan.Weights.Length + 1 : Math.Ceiling(epochs / training.EvaluateEvery) + 1;
        return new TrainingCounts(
            epochs,
            epochs * Math.Ceiling((double)plan.Dataset.TrainCount / training.BatchSize),
            evaluations,
            isGiven ? evaluations : Math.Ceiling(epochs / training.RecordOutputsEvery) + 1);
    }
}
