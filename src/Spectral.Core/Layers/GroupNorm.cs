using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>
/// Normalises each example within groups of neighbouring channels; a scale and an offset for each channel.
/// </summary>
/// <param name="Groups">The number of groups; 1 takes all channels together, as many as channels takes each
/// alone.</param>
/// <param name="Epsilon">Added to the variance, above 0.</param>
public sealed record GroupNorm(int Groups, double Epsilon) : Layer
{
    private static readonly Field<int> GroupsField = Field.Integer(
        "groups", (GroupNorm norm) => norm.Groups, "Groups of channels, each normalised on its own.", minimum: 1);

    private static readonly Field<double> EpsilonField = Field.Real(
        "epsilon", (GroupNorm norm) => norm.Epsilon, "Added to the variance.", Interval.Positive, preset: 1e-5);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Layer, GroupNorm>(
        kind: "group_norm",
        summary: "Normalises each example within groups of channels.",
        source: "torch.nn.GroupNorm; Wu and He, arXiv:1803.08494, equation 7",
        example: "{group_norm: 4}",
        fields: [GroupsField, EpsilonField],
        bind: settings => new GroupNorm(settings.Of(GroupsField), settings.Of(EpsilonField)));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) =>
        input.Rank is not (1 or 3)
            ? ShapeMatch.Mismatch("a feature vector [features] or " + ImageShape.Expected)
            : input.Dimensions[0] % Groups != 0
                ? ShapeMatch.Mismatch(FormattableString.Invariant($"channels that {Groups} groups divide evenly"))
                : input.Count == Groups
                    ? ShapeMatch.Mismatch("more than one value in a group, which else is always 0")
                    : ShapeMatch.To(input);

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => 8.0 * input.Count;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) =>
        NormSlots.ScaleAndOffset(new Shape(input.Dimensions[0]));

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        Tensor output = nn.functional.group_norm(input, Groups, parameters[0], parameters[1], Epsilon);
        if (pass.Tape is { } tape)
        {
            Tensor normalized = nn.functional.group_norm(input, Groups, null, null, Epsilon);
            NormSlots.Record(tape, output, normalized, parameters[0].numel());
        }

        return output;
    }
}
