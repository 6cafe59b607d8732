using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Stopping;

/// <summary>Training ends when the validation error has not fallen below its lowest for some epochs.</summary>
/// <param name="Patience">How many epochs without a lower error end training, 1 or more.</param>
public sealed record BestValidationStopping(int Patience) : StoppingRule
{
    private static readonly Field<int> PatienceField = Field.Integer(
        "patience",
        (BestValidationStopping rule) => rule.Patience,
        "How many epochs without a lower validation error end training.",
        1,
        unit: "epochs");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<StoppingRule, BestValidationStopping>(
        kind: "best_validation",
        summary: "Training ends when the validation error has not fallen below its lowest for some epochs.",
        source: "early stopping with patience, as in Keras' EarlyStopping",
        example: "{best_validation: 20}",
        fields: [PatienceField],
        bind: settings => new BestValidationStopping(settings.Of(PatienceField)));

    /// <inheritdoc/>
    public override string? WatchedSplit => "validation";

    /// <inheritdoc/>
    public override bool NeedsInitialSpectrum => false;

    /// <inheritdoc/>
    public override bool IsOver(IReadOnlyList<double> errors) => EpochsSinceBest.Of(errors) >= Patience;

    /// <inheritdoc/>
    public override double TimeLimit(double alpha) => double.PositiveInfinity;
}
