using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>x where it is positive and slope * x elsewhere; its derivative at 0 is taken as the slope.</summary>
/// <param name="Slope">The derivative on the negative side, 0 or more.</param>
public sealed record LeakyRelu(double Slope) : Layer
{
    private static readonly Field<double> SlopeField = Field.Real(
        "slope",
        (LeakyRelu layer) => layer.Slope,
        "Derivative on the negative side.",
        Interval.NotNegative,
        preset: 0.01);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, LeakyRelu>(
        kind: "leaky_relu",
        summary: "x where it is positive and slope * x elsewhere.",
        source: "torch.nn.LeakyReLU",
        example: "{leaky_relu: 0.1}",
        fields: [SlopeField],
        bind: settings => new LeakyRelu(settings.Of(SlopeField)));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
        nn.functional.leaky_relu(input, Slope);
}
