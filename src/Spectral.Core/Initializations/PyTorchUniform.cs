using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;

namespace Spectral.Core.Initializations;

/// <summary>PyTorch's own start of dense and convolution layers: uniform in +-1/sqrt(fan in), biases too.</summary>
public sealed record PyTorchUniform : Initialization
{
    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Initialization, PyTorchUniform>(
        kind: "pytorch",
        summary: "Uniform in [-1/sqrt(fan_in), 1/sqrt(fan_in)], weights and biases.",
        source: "torch.nn.Linear.reset_parameters (kaiming_uniform with a = sqrt 5)",
        example: "pytorch",
        fields: [],
        bind: _ => new PyTorchUniform());

    /// <inheritdoc/>
    public override Initialization OfBiases() => this;

    /// <inheritdoc/>
    public override double[] Draw(RandomStream stream, int count, int fanIn, int fanOut)
    {
        double bound = 1 / Math.Sqrt(fanIn);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = ((2 * stream.NextUniform()) - 1) * bound;
        return values;
    }
}
