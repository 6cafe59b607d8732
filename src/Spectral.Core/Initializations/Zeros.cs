using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>Every value is 0.</summary>
public sealed record Zeros : Initialization
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, Zeros>(
        kind: "zeros",
        summary: "Every value is 0.",
        source: "torch.nn.init.zeros_",
        example: "zeros",
        fields: [],
        bind: _ => new Zeros());

    /// <inheritdoc/>
    public override Initialization OfBiases() => this;

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut) => new double[count];
}
