using System.Collections.Immutable;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>
/// The shortcut without parameters where a network halves its image and adds channels: every stride-th pixel, with
/// channels of zeros around the given ones. Networks make it; a spec does not name it.
/// </summary>
/// <param name="Outputs">Channels that come out; the added ones go half in front and half behind, the odd one
/// behind.</param>
/// <param name="Stride">Pixels between those that stay.</param>
/// <remarks>Source: He et al., arXiv:1512.03385, section 3.3, option A; zeros on both sides as in the common code for
/// CIFAR in PyTorch (akamaster/pytorch_resnet_cifar10).</remarks>
public sealed record SubsampledShortcut(int Outputs, int Stride) : Layer
{
    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input)
    {
        if (input.Rank != 3 || input.Dimensions[0] > Outputs)
            return ShapeMatch.Mismatch(FormattableString.Invariant(
                $"an image [channels, height, width] of at most {Outputs} channels"));
        return ShapeMatch.To(new Shape(
            Outputs, ((input.Dimensions[1] - 1) / Stride) + 1, ((input.Dimensions[2] - 1) / Stride) + 1));
    }

    /// <inheritdoc/>
    public override double ForwardFlops(Shape input) => 0;

    /// <inheritdoc/>
    public override ImmutableArray<ParameterSlot> Parameters(Shape input) => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass)
    {
        TensorIndex every = TensorIndex.Slice(step: Stride);
        using Tensor kept = input[TensorIndex.Colon, TensorIndex.Colon, every, every];
        long added = Outputs - input.shape[1], before = added / 2;
        return nn.functional.pad(kept, [0, 0, 0, 0, before, added - before]); // [n, outputs, places, places]
    }
}
