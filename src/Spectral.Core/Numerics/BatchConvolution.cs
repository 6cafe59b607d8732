using System.Runtime.CompilerServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// A convolution of many small images in binary64 as one matrix product: the windows of several images stand side by
/// side, [F, n S], so that a wide weight is read once for all of them and not once for each. On the calling thread
/// alone.
/// </summary>
/// <param name="Shape">The sizes of one image's convolution.</param>
/// <remarks>Source: unfolding as in Chellapilla, Puri, Simard 2006. Needs <see cref="Blas.IsAvailable"/>.</remarks>
internal sealed unsafe record BatchConvolution(ConvShape Shape)
{
    /// <summary>Numbers of windows that are held at once: 8 MiB.</summary>
    private const int WindowNumbers = 1 << 20;

    private int Taps => Shape.Window.KernelSize * Shape.Window.KernelSize;

    /// <summary>Images whose windows are held at once.</summary>
    private int Together => Math.Max(1, WindowNumbers / (Shape.Channels * Taps * Shape.Places));

    /// <summary>Images [count, channels, height, width] to [count, outputs, S]. Cost: 2 count S F C flops.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many.</param>
    /// <param name="weight">[outputs, F].</param>
    /// <param name="bias">[outputs], or null.</param>
    /// <param name="output">Receives the result.</param>
    public void Forward(double* images, int count, double* weight, double* bias, double* output)
    {
        using BlockScratch scratch = new(useBlas: true);
        for (int start = 0; start < count; start += Together)
        {
            int some = Math.Min(Together, count - start), columns = some * Shape.Places;
            double* windows = scratch.Take(0, (long)Shape.Channels * Taps * columns);
            double* moved = scratch.Take(1, (long)Shape.Outputs * columns);
            Unfold(images + ((long)start * Shape.Channels * Shape.Height * Shape.Width), some, windows);
            for (int group = 0; group < Shape.Window.Groups; group++)
            {
                Blas.Multiply(
                    Shape.GroupOutputs, columns, Shape.Fan,
                    1, weight + ((long)group * Shape.GroupOutputs * Shape.Fan), Shape.Fan,
                    windows + ((long)group * Shape.Fan * columns), columns,
                    0, moved + ((long)group * Shape.GroupOutputs * columns), columns);
            }

            for (int image = 0; image < some; image++)
            {
                for (int channel = 0; channel < Shape.Outputs; channel++)
                {
                    double* from = moved + ((long)channel * columns) + (image * Shape.Places);
                    double* to = output + ((((long)(start + image) * Shape.Outputs) + channel) * Shape.Places);
                    double offset = bias is null ? 0 : bias[channel];
                    for (int place = 0; place < Shape.Places; place++)
                        to[place] = from[place] + offset;
                }
            }
        }
    }

    /// <summary>
    /// Cotangents of the images for cotangents of the output [count, outputs, S]. Cost: 2 count S F C flops.
    /// </summary>
    /// <param name="cotangents">The output's cotangents.</param>
    /// <param name="count">How many images.</param>
    /// <param name="weight">[outputs, F].</param>
    /// <param name="images">Receives the result, [count, channels, height, width].</param>
    public void InputCotangents(double* cotangents, int count, double* weight, double* images)
    {
        using BlockScratch scratch = new(useBlas: true);
        for (int start = 0; start < count; start += Together)
        {
            int some = Math.Min(Together, count - start), columns = some * Shape.Places;
            double* windows = scratch.Take(0, (long)Shape.Channels * Taps * columns);
            double* moved = scratch.Take(1, (long)Shape.Outputs * columns);
            for (int image = 0; image < some; image++)
            {
                for (int channel = 0; channel < Shape.Outputs; channel++)
                {
                    double* from = cotangents + ((((long)(start + image) * Shape.Outputs) + channel) * Shape.Places);
                    double* to = moved + ((long)channel * columns) + (image * Shape.Places);
                    new Span<double>(from, Shape.Places).CopyTo(new Span<double>(to, Shape.Places));
                }
            }

            for (int group = 0; group < Shape.Window.Groups; group++)
            {
                Blas.TransposedMultiply(
                    Shape.Fan, columns, Shape.GroupOutputs,
                    1, weight + ((long)group * Shape.GroupOutputs * Shape.Fan), Shape.Fan,
                    moved + ((long)group * Shape.GroupOutputs * columns), columns,
                    0, windows + ((long)group * Shape.Fan * columns), columns);
            }

            double* target = images + ((long)start * Shape.Channels * Shape.Height * Shape.Width);
            new Span<double>(target, some * Shape.Channels * Shape.Height * Shape.Width).Clear();
            Fold(windows, some, target);
        }
    }

    /// <summary>Windows of all images, row (channel, tap), columns (image, place).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unfold(double* images, int count, double* windows)
    {
        for (int row = 0; row < Shape.Channels * Taps; row++)
        {
            (int down, int right) = Offset(row % Taps);
            (int from, int to) = Inside(right, Shape.Width, Shape.OutWidth);
            double* channel = images + ((long)(row / Taps) * Shape.Height * Shape.Width);
            for (int image = 0; image < count; image++, channel += Shape.Channels * Shape.Height * Shape.Width)
            {
                for (int y = 0; y < Shape.OutHeight; y++, windows += Shape.OutWidth)
                {
                    int source = (y * Shape.Window.Stride) + down;
                    bool isOutside = source < 0 || source >= Shape.Height;
                    double* pixels = channel + (source * Shape.Width) + right;
                    for (int x = 0; x < Shape.OutWidth; x++)
                        windows[x] = isOutside || x < from || x >= to ? 0 : pixels[x * Shape.Window.Stride];
                }
            }
        }
    }

    /// <summary>The adjoint of <see cref="Unfold"/>, added to the images.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fold(double* windows, int count, double* images)
    {
        for (int row = 0; row < Shape.Channels * Taps; row++)
        {
            (int down, int right) = Offset(row % Taps);
            (int from, int to) = Inside(right, Shape.Width, Shape.OutWidth);
            double* channel = images + ((long)(row / Taps) * Shape.Height * Shape.Width);
            for (int image = 0; image < count; image++, channel += Shape.Channels * Shape.Height * Shape.Width)
            {
                for (int y = 0; y < Shape.OutHeight; y++, windows += Shape.OutWidth)
                {
                    int source = (y * Shape.Window.Stride) + down;
                    if (source < 0 || source >= Shape.Height)
                        continue;
                    double* pixels = channel + (source * Shape.Width) + right;
                    for (int x = from; x < to; x++)
                        pixels[x * Shape.Window.Stride] += windows[x];
                }
            }
        }
    }

    /// <summary>Where a tap looks from a place's pixel.</summary>
    private (int Down, int Right) Offset(int tap)
    {
        ConvWindow window = Shape.Window;
        (int row, int column) = Math.DivRem(tap, window.KernelSize);
        return ((row * window.Dilation) - window.Padding, (column * window.Dilation) - window.Padding);
    }

    /// <summary>The places [from, to) of a row whose pixel at an offset lies inside the image.</summary>
    private (int From, int To) Inside(int offset, int width, int places)
    {
        int from = offset >= 0 ? 0 : (-offset + Shape.Window.Stride - 1) / Shape.Window.Stride;
        int last = width - 1 - offset;
        int to = last < 0 ? 0 : Math.Min(places, (last / Shape.Window.Stride) + 1);
        return (from, Math.Max(from, to));
    }
}
