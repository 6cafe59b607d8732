using Spectral.Core.Plans;

namespace Spectral.Core.Analyses;

/// <summary>The checkpoint that a setting names, in a plan.</summary>
internal static class ReferenceCheckpoint
{
    /// <summary>
    /// The name under which <c>jacobian.at</c> has it, or null. Where the plan has no checkpoint <c>final</c>, as of
    /// models
    /// trained elsewhere, that is its last epoch; <c>initial</c> is then its epoch 0, or of given weights the first.
    /// </summary>
    public static string? NameIn(RunPlan plan, string reference)
    {
        if (plan.Jacobian.At.Any(at => at.Name == reference))
            return reference;
        return reference switch
        {
            Checkpoint.Final => plan.Jacobian.At.LastOrDefault(at => at.Epoch is not null)?.Name,
            JacobianAccess.Initial => plan.Jacobian.At
                .FirstOrDefault(at => at.Epoch == 0 || (!plan.Weights.IsEmpty && at.Epoch is not null))?.Name,
            _ => null,
        };
    }

    /// <summary>
    /// What is wrong with the setting, as the end of a sentence that begins with the analysis' kind, or null.
    /// </summary>
    public static string? Problem(RunPlan plan, string reference) => NameIn(plan, reference) is null
        ? $"measures against the checkpoint '{reference}', which jacobian.at does not have: it has "
            + string.Join(", ", plan.Jacobian.At.Select(at => at.Name))
        : null;
}
