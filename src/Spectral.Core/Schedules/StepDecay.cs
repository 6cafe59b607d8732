using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Schedules;

/// <summary>The rate is multiplied by a factor after each of some epochs.</summary>
/// <param name="At">Numbers of finished epochs, increasing, 1 or more each.</param>
/// <param name="Multiplier">The factor, above 0.</param>
public sealed record StepDecay(ImmutableArray<int> At, double Multiplier) : Schedule
{
    private static readonly Field<ImmutableArray<int>> AtField = Field.Integers(
        "at", (StepDecay step) => step.At, "Numbers of finished epochs after which the rate changes.", 1, unit: "epochs");

    private static readonly Field<double> FactorField = Field.Real(
        "factor", (StepDecay step) => step.Multiplier, "What the rate is multiplied by each time.", Interval.Positive, preset: 0.1);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Schedule, StepDecay>(
        kind: "step",
        summary: "The rate is multiplied by a factor after each of some epochs.",
        source: "torch.optim.lr_scheduler.MultiStepLR; arXiv:1906.05392v2, section 4",
        example: "{step: {at: [260, 360], factor: 0.1}}",
        fields: [AtField, FactorField],
        bind: settings => new StepDecay(settings.Of(AtField), settings.Of(FactorField)),
        check: step => step.At.Zip(step.At.Skip(1)).Any(pair => pair.First >= pair.Second)
            ? [new FieldProblem("at", string.Join(", ", step.At), "increasing numbers of epochs")]
            : ImmutableArray<FieldProblem>.Empty);

    /// <inheritdoc/>
    public override double Factor(int finished)
    {
        double factor = 1;
        foreach (int epoch in At)
        {
            if (epoch <= finished)
                factor *= Multiplier;
        }

        return factor;
    }
}
