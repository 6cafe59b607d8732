using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Schedules;

/// <summary>The optimizer's rate in every epoch.</summary>
public sealed record Constant : Schedule
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Schedule, Constant>(
        kind: "constant",
        summary: "The optimizer's rate in every epoch.",
        source: "arXiv:1906.05392v2, equation 1.2",
        example: "constant",
        fields: [],
        bind: _ => new Constant());

    /// <inheritdoc/>
    public override double Factor(int finished) => 1;
}
