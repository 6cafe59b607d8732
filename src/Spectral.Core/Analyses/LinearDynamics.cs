using Spectral.Core.Layers;
using Spectral.Core.Plans;

namespace Spectral.Core.Analyses;

/// <summary>
/// Where the linear model's dynamics r_{t+1} = (I - eta K) r_t can be held against a training at all
/// (arXiv:1906.05392v2, lemma 6.5).
/// </summary>
internal static class LinearDynamics
{
    /// <summary>
    /// Why they say nothing of a plan, as the end of a sentence that begins with a kind; null where they do.
    /// </summary>
    public static string? Problem(RunPlan plan)
    {
        if (!plan.Weights.IsEmpty || plan.Training.Epochs == 0)
            return "follows a training, and nothing is trained";
        if (plan.Training.TheoryTime(1, 1, 1, 0) is null)
            return "needs squared_error and sgd without weight decay, augmentation and gradient clipping";
        if (!plan.Jacobian.Parameters.IsAll)
            return "needs columns for all parameters that are trained (jacobian.parameters: all)";
        if (!plan.Jacobian.Splits.Contains("train") || plan.Jacobian.Examples.ContainsKey("train"))
            return "needs the Jacobian of all training examples (jacobian.splits, jacobian.examples)";
        int outputs = plan.Dataset.ClassNames.Length;
        if (plan.Network.Layers(plan.Dataset.InputShape, outputs).Any(layer => ChangesInTraining(layer.Layer)))
            return "needs a network that computes the same in training and in evaluation: no batch_norm, no dropout";
        bool isKnown = ReferenceCheckpoint.NameIn(plan, JacobianAccess.Initial) is not null;
        return plan.Training.Stop.NeedsInitialSpectrum && !isKnown
            ? "needs 'initial' in jacobian.at, for its spectrum ends training"
            : null;
    }

    private static bool ChangesInTraining(Layer layer) =>
        layer is BatchNorm or Dropout { Rate: > 0 }
        || (layer is SkipBlock block && block.Body.Any(inner => ChangesInTraining(inner.Layer)));
}
