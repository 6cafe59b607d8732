using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>x + body(x): layers one behind the other, with a connection that skips them.</summary>
/// <param name="Body">The layers that are skipped, under their names in the block.</param>
/// <param name="Shortcut">What the skipping connection does with x, without parameters; null leaves x as it is.</param>
public sealed record SkipBlock(ImmutableArray<NamedLayer> Body, Layer? Shortcut = null) : Layer
{
    private static readonly Field<ImmutableArray<Layer>> BodyField = Field.Components<SkipBlock, Layer>(
        "body",
        block => [.. block.Body.Select(inner => inner.Layer)],
        "The layers that are skipped; they keep the shape.");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, SkipBlock>(
        kind: "skip",
        summary: "x + body(x), parameters named body.0, body.1, ...; the body keeps the shape of its input.",
        source: "He et al., arXiv:1512.03385, equation 1",
        example: "{skip: [{conv2d: {outputs: 3, padding: 1}}, tanh]}",
        fields: [BodyField],
        bind: settings => new SkipBlock(
        [
            .. settings.Of(BodyField).Select((layer, index) =>
                new NamedLayer(FormattableString.Invariant($"body.{index}"), layer)),
        ]));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input)
    {
        if (Shortcut is { } way && way.OutputShape(input).Expected is { } wanted)
            return ShapeMatch.Mismatch(wanted);
        Shape shape = input;
        foreach ((string name, Layer layer) in Body)
        {
            ShapeMatch match = layer.OutputShape(shape);
            if (match.Output is null)
                return ShapeMatch.Mismatch($"{match.Expected} at its {name}, which gets {shape}");
            shape = match.Output;
        }

        Shape skipped = Skipped(input);
        return shape.Equals(skipped)
            ? ShapeMatch.To(shape)
            : ShapeMatch.Mismatch($"an input to which it can add its body's output {shape}");
    }

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) =>
        Placed(input).Sum(inner => inner.Layer.ForwardFlops(inner.Input)) + Skipped(input).Count;

    /// <inheritdoc/>
    public override ImmutableArray<LayerWork> Work(Shape input)
    {
        long skipped = Skipped(input).Count;
        return
        [
            .. Placed(input).SelectMany(inner => inner.Layer.Work(inner.Input)),
            .. Shortcut?.Work(input) ?? [],
            new LayerWork(WorkKind.Elementwise, skipped, skipped),
        ];
    }

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) =>
    [
        .. Placed(input).SelectMany(inner => inner.Layer.Parameters(inner.Input)
            .Select(slot => slot with { Name = $"{inner.Name}.{slot.Name}" })),
    ];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        Tensor inside = input;
        Shape shape = new([.. input.shape[1..].Select(extent => checked((int)extent))]);
        int first = 0;
        foreach ((_, Layer layer, Shape given) in Placed(shape))
        {
            int count = layer.Parameters(given).Length;
            Tensor next = layer.Forward(inside, parameters.Slice(first, count), pass);
            pass.Release(inside, next, input);
            inside = next;
            first += count;
        }

        Tensor skipped = Shortcut is { } way ? way.Forward(input, [], pass) : input;
        Tensor output = inside.Plus(skipped);
        pass.Release(inside, output, input);
        pass.Release(skipped, output, input);
        return output;
    }

    /// <summary>The body's layers with the shapes that they get.</summary>
    private IEnumerable<(string Name, Layer Layer, Shape Input)> Placed(Shape input)
    {
        Shape shape = input;
        foreach ((string name, Layer layer) in Body)
        {
            yield return (name, layer, shape);
            shape = layer.OutputShape(shape).Output
                ?? throw new ArgumentException($"{name} does not take {shape}", nameof(input));
        }
    }

    private Shape Skipped(Shape input) => Shortcut?.OutputShape(input).Output ?? input;
}
