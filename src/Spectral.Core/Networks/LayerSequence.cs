using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Networks;

/// <summary>Any layers one behind the other, as the author lists them.</summary>
/// <param name="Sequence">The layers; the last must give one output for each class.</param>
public sealed record LayerSequence(ImmutableArray<Layer> Sequence) : Network
{
    private static readonly Field<ImmutableArray<Layer>> SequenceField = Field.Components<LayerSequence, Layer>(
        "sequence", network => network.Sequence, "The layers in order; the last gives one output for each class.");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Network, LayerSequence>(
        kind: "layers",
        summary: "Free-form: the layers in order.",
        source: "torch.nn.Sequential, whose parameter names it has",
        example: "{layers: [flatten, {dense: 16}, tanh, {dense: 3}]}",
        fields: [SequenceField],
        bind: settings => new LayerSequence(settings.Of(SequenceField)));

    /// <inheritdoc/>
    public override ImmutableArray<NamedLayer> Layers(Shape input, int outputs) => NamedLayer.Sequential(Sequence);
}
