namespace Spectral.Core.Numerics;

/// <summary>
/// A convolution's windows as a matrix: row (channel, tap) in the order of a PyTorch weight, a column for each place.
/// A product with the weight is the convolution, and one with cotangents is the weight's gradient.
/// </summary>
/// <remarks>Source: Chellapilla, Puri, Simard 2006.</remarks>
internal static unsafe class Windows
{
    /// <summary>Writes an image's windows, [channels k k, S] row-major.</summary>
    public static void Unfold(double* image, ConvShape shape, double* windows)
    {
        (int size, int dilation, int padding) = (shape.Window.KernelSize, shape.Window.Dilation, shape.Window.Padding);
        for (int channel = 0; channel < shape.Channels; channel++, image += shape.Height * shape.Width)
        {
            for (int tapRow = 0; tapRow < size; tapRow++)
            {
                for (int tap = 0; tap < size; tap++, windows += shape.Places)
                    UnfoldTap(image, shape, (tapRow * dilation) - padding, (tap * dilation) - padding, windows);
            }
        }
    }

    /// <summary>The adjoint: adds every window's elements to the pixels that they came from.</summary>
    public static void FoldAdd(double* windows, ConvShape shape, double* image)
    {
        (int size, int dilation, int padding) = (shape.Window.KernelSize, shape.Window.Dilation, shape.Window.Padding);
        for (int channel = 0; channel < shape.Channels; channel++, image += shape.Height * shape.Width)
        {
            for (int tapRow = 0; tapRow < size; tapRow++)
            {
                for (int tap = 0; tap < size; tap++, windows += shape.Places)
                    FoldTap(windows, shape, (tapRow * dilation) - padding, (tap * dilation) - padding, image);
            }
        }
    }

    /// <summary>One tap's row: the pixel at an offset from each place, zeros outside the image.</summary>
    private static void UnfoldTap(double* image, ConvShape shape, int down, int right, double* row)
    {
        int stride = shape.Window.Stride, width = shape.OutWidth;
        (int from, int to) = Inside(right, stride, shape.Width, width);
        for (int y = 0; y < shape.OutHeight; y++, row += width)
        {
            Span<double> target = new(row, width);
            int source = (y * stride) + down;
            if (source < 0 || source >= shape.Height || from >= to)
            {
                target.Clear();
                continue;
            }

            double* pixels = image + (source * shape.Width) + right;
            target[..from].Clear();
            target[to..].Clear();
            if (stride == 1)
            {
                new ReadOnlySpan<double>(pixels + from, to - from).CopyTo(target[from..]);
                continue;
            }

            for (int x = from; x < to; x++)
                row[x] = pixels[x * stride];
        }
    }

    private static void FoldTap(double* row, ConvShape shape, int down, int right, double* image)
    {
        int stride = shape.Window.Stride, width = shape.OutWidth;
        (int from, int to) = Inside(right, stride, shape.Width, width);
        for (int y = 0; y < shape.OutHeight; y++, row += width)
        {
            int source = (y * stride) + down;
            if (source < 0 || source >= shape.Height)
                continue;
            double* pixels = image + (source * shape.Width) + right;
            for (int x = from; x < to; x++)
                pixels[x * stride] += row[x];
        }
    }

    /// <summary>The places [from, to) of a row whose pixel at an offset lies inside the image.</summary>
    private static (int From, int To) Inside(int offset, int stride, int width, int places)
    {
        int from = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
        int last = width - 1 - offset; // the largest x * stride
        int to = last < 0 ? 0 : Math.Min(places, (last / stride) + 1);
        return (Math.Min(from, places), Math.Max(Math.Min(from, places), to));
    }
}
