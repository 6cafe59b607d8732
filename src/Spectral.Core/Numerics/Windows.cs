using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// A convolution's windows as a matrix: row (channel, tap) in the order of a PyTorch weight, a column for each image
/// and place. A product with the weight is the convolution, and one with cotangents is the weight's gradient.
/// </summary>
/// <remarks>Source: Chellapilla, Puri, Simard 2006.</remarks>
internal static unsafe class Windows
{
    /// <summary>Writes the windows of neighbouring images, [channels k k, count S] row-major.</summary>
    /// <param name="images">[count, channels, height, width].</param>
    /// <param name="count">How many.</param>
    /// <param name="shape">The sizes of one image's convolution.</param>
    /// <param name="windows">Receives the windows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unfold(double* images, int count, ConvShape shape, double* windows)
    {
        int stride = shape.Window.Stride, taps = shape.Taps, width = shape.Width, height = shape.Height;
        int outWidth = shape.OutWidth, outHeight = shape.OutHeight, elements = shape.InputElements;
        for (int row = 0; row < shape.Channels * taps; row++)
        {
            (int down, int right) = Offset(shape.Window, row % taps);
            (int from, int to) = Inside(right, stride, width, outWidth);
            double* channel = images + ((long)(row / taps) * height * width);
            for (int image = 0; image < count; image++, channel += elements)
            {
                for (int y = 0; y < outHeight; y++, windows += outWidth)
                {
                    Span<double> target = new(windows, outWidth);
                    int source = (y * stride) + down;
                    if (source < 0 || source >= height)
                    {
                        target.Clear();
                        continue;
                    }

                    double* pixels = channel + (source * width) + right;
                    target[..from].Clear();
                    target[to..].Clear();
                    if (stride == 1)
                    {
                        new ReadOnlySpan<double>(pixels + from, to - from).CopyTo(target[from..]);
                        continue;
                    }

                    for (int x = from; x < to; x++)
                        windows[x] = pixels[x * stride];
                }
            }
        }
    }

    /// <summary>The adjoint: every window's elements are added up at the pixels that they came from.</summary>
    /// <param name="windows">[channels k k, count S].</param>
    /// <param name="count">How many images.</param>
    /// <param name="shape">The sizes of one image's convolution.</param>
    /// <param name="images">Receives the sums, [count, channels, height, width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fold(double* windows, int count, ConvShape shape, double* images)
    {
        int stride = shape.Window.Stride, taps = shape.Taps, width = shape.Width, height = shape.Height;
        int outWidth = shape.OutWidth, outHeight = shape.OutHeight, elements = shape.InputElements;
        NativeMemory.Clear(images, (nuint)count * (nuint)elements * sizeof(double));
        for (int row = 0; row < shape.Channels * taps; row++)
        {
            (int down, int right) = Offset(shape.Window, row % taps);
            (int from, int to) = Inside(right, stride, width, outWidth);
            double* channel = images + ((long)(row / taps) * height * width);
            for (int image = 0; image < count; image++, channel += elements)
            {
                for (int y = 0; y < outHeight; y++, windows += outWidth)
                {
                    int source = (y * stride) + down;
                    if (source < 0 || source >= height)
                        continue;
                    double* pixels = channel + (source * width) + right;
                    for (int x = from; x < to; x++)
                        pixels[x * stride] += windows[x];
                }
            }
        }
    }

    /// <summary>Where a tap looks from a place's first pixel.</summary>
    private static (int Down, int Right) Offset(ConvWindow window, int tap)
    {
        (int row, int column) = Math.DivRem(tap, window.KernelSize);
        return ((row * window.Dilation) - window.Padding, (column * window.Dilation) - window.Padding);
    }

    /// <summary>The places [from, to) of a row whose pixel at an offset lies inside the image.</summary>
    private static (int From, int To) Inside(int offset, int stride, int width, int places)
    {
        int from = offset >= 0 ? 0 : Math.Min(places, (-offset + stride - 1) / stride);
        int last = width - 1 - offset; // the largest x * stride
        int to = last < 0 ? 0 : Math.Min(places, (last / stride) + 1);
        return (from, Math.Max(from, to));
    }
}
