using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Noises;

/// <summary>Training labels stay as they are.</summary>
public sealed record NoNoise : LabelNoise
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<LabelNoise, NoNoise>(
        kind: "none",
        summary: "Clean training labels.",
        source: "arXiv:1906.05392v2, section 4, the clean experiments",
        example: "none",
        fields: [],
        bind: _ => new NoNoise());

    /// <inheritdoc/>
    public override string? Problem(int outputs, bool areClasses) => null;

    /// <inheritdoc/>
    public override TargetArrays Corrupt(TargetArrays clean, ulong seed) => clean;
}
