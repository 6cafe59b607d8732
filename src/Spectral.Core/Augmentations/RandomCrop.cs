using Spectral.Core.Components;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Augmentations;

/// <summary>Each image of a batch is shifted by up to some pixels; zeros come in at the edges.</summary>
/// <param name="Padding">The largest shift in each direction, 1 or more.</param>
public sealed record RandomCrop(int Padding) : Augmentation
{
    private static readonly Field<int> PaddingField = Field.Integer(
        "padding",
        (RandomCrop crop) => crop.Padding,
        "Zeros added on every side of the image as the network gets it, before a part of the old size is cut out.",
        1,
        65536,
        unit: "pixels");

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Augmentation, RandomCrop>(
        kind: "random_crop",
        summary: "Each image is padded with zeros and cut to its old size at a uniformly random place.",
        source: "torchvision.transforms.RandomCrop; arXiv:1906.05392v2, section 4",
        example: "{random_crop: 4}",
        fields: [PaddingField],
        bind: settings => new RandomCrop(settings.Of(PaddingField)));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => Images.Match(input);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor batch, RandomStream stream)
    {
        (long count, long channels, long height, long width) = (batch.shape[0], batch.shape[1], batch.shape[2], batch.shape[3]);
        long stride = width + (2 * Padding);
        long[] corners = new long[count];
        for (int i = 0; i < corners.Length; i++)
        {
            long down = stream.NextIndex((2 * Padding) + 1);
            corners[i] = (down * stride) + stream.NextIndex((2 * Padding) + 1);
        }

        long[] pixels = new long[height * width];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = (i / width * stride) + (i % width);
        Tensor places = tensor(pixels, [1, 1, pixels.Length], device: batch.device)
            .Plus(tensor(corners, [count, 1, 1], device: batch.device)); // [B, 1, HW]
        Tensor padded = nn.functional.pad(batch, [Padding, Padding, Padding, Padding]).flatten(2); // [B, C, (H+2p)(W+2p)]
        return padded.gather(2, places.expand(count, channels, height * width)).reshape(batch.shape); // [B, C, H, W]
    }
}
