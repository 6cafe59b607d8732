using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Stopping;

/// <summary>Training runs for all its epochs.</summary>
public sealed record NoStopping : StoppingRule
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<StoppingRule, NoStopping>(
        kind: "none",
        summary: "Training runs for all its epochs.",
        source: "the default",
        example: "none",
        fields: [],
        bind: _ => new NoStopping());

    /// <inheritdoc/>
    public override string? WatchedSplit => null;

    /// <inheritdoc/>
    public override bool NeedsInitialSpectrum => false;

    /// <inheritdoc/>
    public override bool IsOver(IReadOnlyList<double> errors) => false;

    /// <inheritdoc/>
    public override double TimeLimit(double alpha) => double.PositiveInfinity;
}
