using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Every value is 1.</summary>
public sealed record Ones : Initialization
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, Ones>(
        kind: "ones",
        summary: "Every value is 1, biases 0.",
        source: "torch.nn.init.ones_",
        example: "ones",
        fields: [],
        bind: _ => new Ones());

    /// <summary>Zeros.</summary>
    public override Initialization OfBiases() => new Zeros();

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut) =>
        [.. Enumerable.Repeat(1.0, count)];
}
