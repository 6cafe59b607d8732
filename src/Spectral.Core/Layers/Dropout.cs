using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>
/// In training, every element becomes 0 with probability rate and is divided by 1 - rate otherwise; in evaluation,
/// nothing happens. One 32-bit draw of the pass' stream for each element, in row-major order.
/// </summary>
/// <param name="Rate">The probability of a zero, in [0, 1).</param>
public sealed record Dropout(double Rate) : Layer
{
    private static readonly Field<double> RateField = Field.Real(
        "rate",
        (Dropout layer) => layer.Rate,
        "Probability that an element becomes 0 in training.",
        Interval.ClosedOpen(0, 1));

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, Dropout>(
        kind: "dropout",
        summary: "Zeroes elements at random in training, scales the others by 1 / (1 - rate); nothing in evaluation.",
        source: "torch.nn.Dropout; Srivastava et al. 2014",
        example: "{dropout: 0.5}",
        fields: [RateField],
        bind: settings => new Dropout(settings.Of(RateField)));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        if (pass.Stream is not { } stream || Rate == 0)
            return input;
        float[] scales = Scales(stream, input.numel());
        using Tensor loose = tensor(scales, input.shape); // on memory of no known alignment
        using Tensor mask = loose.to(input.dtype, input.device, copy: true);
        return input * mask; // [n, ...]
    }

    /// <summary>0 with probability <see cref="Rate"/>, else 1 / (1 - rate).</summary>
    private float[] Scales(RandomStream stream, long count)
    {
        uint dropped = (uint)Math.Round(Rate * 4294967295.0);
        float kept = (float)(1 / (1 - Rate));
        float[] scales = new float[count];
        for (long i = 0; i < count; i++)
            scales[i] = stream.NextUInt32() < dropped ? 0 : kept;
        return scales;
    }
}
