using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>Normalises each example over all its elements; a scale and an offset for each element.</summary>
/// <param name="Epsilon">Added to the variance, above 0.</param>
public sealed record LayerNorm(double Epsilon) : Layer
{
    private static readonly Field<double> EpsilonField = Field.Real(
        "epsilon", (LayerNorm norm) => norm.Epsilon, "Added to the variance.", Interval.Positive, preset: 1e-5);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, LayerNorm>(
        kind: "layer_norm",
        summary: "Normalises each example over all its elements.",
        source: "torch.nn.LayerNorm over the whole example; Ba et al., arXiv:1607.06450, equation 4",
        example: "layer_norm",
        fields: [EpsilonField],
        bind: settings => new LayerNorm(settings.Of(EpsilonField)));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => input.Count > 1
        ? ShapeMatch.To(input)
        : ShapeMatch.Mismatch("more than one value, which else is always 0");

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => 8.0 * input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => NormSlots.ScaleAndOffset(input);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        long[] shape = input.shape[1..];
        Tensor output = nn.functional.layer_norm(input, shape, parameters[0], parameters[1], Epsilon);
        if (pass.Tape is { } tape)
        {
            Tensor normalized = nn.functional.layer_norm(input, shape, null, null, Epsilon);
            NormSlots.Record(tape, output, normalized, parameters[0].numel());
        }

        return output;
    }
}
