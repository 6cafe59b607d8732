using Spectral.Core.Plans;

namespace Spectral.Core.Layers;

/// <summary>The shape rule of windows that slide over an image: convolution and pooling.</summary>
internal static class ImageShape
{
    /// <summary>What image layers say of anything that is not an image.</summary>
    public const string Expected = "an image [channels, height, width]";

    /// <summary>The places of a window along one axis, 0 or fewer where it does not fit.</summary>
    public static int Places(int extent, int kernelSize, int stride, int padding, int dilation)
    {
        long span = ((kernelSize - 1L) * dilation) + 1, room = extent + (2L * padding) - span;
        return room < 0 ? 0 : checked((int)((room / stride) + 1));
    }

    /// <summary>[channels, places, places], or what would have fitted.</summary>
    public static ShapeMatch Slide(Shape input, int channels, int kernelSize, int stride, int padding, int dilation)
    {
        if (input.Rank != 3)
            return ShapeMatch.Mismatch(Expected);
        int height = Places(input.Dimensions[1], kernelSize, stride, padding, dilation);
        int width = Places(input.Dimensions[2], kernelSize, stride, padding, dilation);
        long least = Math.Max(1, ((kernelSize - 1L) * dilation) + 1 - (2L * padding));
        return height > 0 && width > 0
            ? ShapeMatch.To(new Shape(channels, height, width))
            : ShapeMatch.Mismatch(FormattableString.Invariant(
                $"an image of at least {least} by {least}, so that its window fits"));
    }
}
