using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>x where it is positive and slope * x elsewhere; its derivative at 0 is taken as the slope.</summary>
/// <param name="Slope">The derivative on the negative side, 0 or more.</param>
public sealed record LeakyRelu(double Slope) : Activation
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

    /// <summary>phi' jumps at 0 unless the slope is 1, which makes phi the identity.</summary>
    public override SlopeBounds Bounds => new(Math.Max(1, Slope), Slope == 1 ? 0 : double.PositiveInfinity, 0);

    /// <inheritdoc/>
    public override SlopeKernel Slopes => new KinkedSlopeKernel(Slope, 1);

    /// <inheritdoc/>
    public override T Phi<T>(T x) => T.IsPositive(x) ? x : T.Of(Slope) * x;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        using TorchSharp.Scalar slope = Slope;
        return input.leaky_relu(slope);
    }
}
