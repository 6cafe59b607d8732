using System.Runtime.InteropServices;

namespace Spectral.Core.Numerics;

/// <summary>
/// Convolution of images in binary64 with its two derivatives, on memory of the caller's and on the calling thread
/// alone: bits depend on the images that are given together. libtorch's own binary64 convolution reaches a fraction of the matrix
/// product's rate on CPUs.
/// </summary>
internal static unsafe class Convolution
{
    /// <summary>
    /// From so many elements on a weight no longer stays in a core's cache beside an image: where few places meet it,
    /// reading it anew for every image would cost most of the time.
    /// </summary>
    private const int WideWeight = 1 << 16, FewPlaces = 64;

    /// <summary>Images [n, channels, height, width] to [n, outputs, places, places]. Cost: 2 n C F S flops.</summary>
    public static void Forward(double* images, int count, ConvShape shape, double* weight, double* bias, double* output)
    {
        if (IsSmall(shape))
        {
            new BatchConvolution(shape).Forward(images, count, weight, bias, output);
            return;
        }

        if (IsPlain(shape))
        {
            int taps = shape.Window.KernelSize * shape.Window.KernelSize, fan = shape.Fan;
            using TapConvolution plain = new(
                shape.Channels, shape.Height, shape.Width, shape.Outputs, shape.Window.Padding, shape.Window.KernelSize,
                shape.Window.Dilation, (o, i, tap) => weight[(o * fan) + (i * taps) + tap]);
            for (int image = 0; image < count; image++)
                plain.Apply(images + ((long)image * shape.InputElements), output + ((long)image * shape.OutputElements));
        }
        else
        {
            using AlignedMatrix windows = AlignedMatrix.Unset((long)shape.Window.Groups * shape.Fan, shape.Places);
            for (int image = 0; image < count; image++)
            {
                Windows.Unfold(images + ((long)image * shape.InputElements), shape, windows.Pointer);
                double* target = output + ((long)image * shape.OutputElements);
                for (int group = 0; group < shape.Window.Groups; group++)
                {
                    Blas.Multiply(
                        shape.GroupOutputs, shape.Places, shape.Fan, 1, weight + ((long)group * shape.GroupOutputs * shape.Fan),
                        shape.Fan, windows.Row((long)group * shape.Fan), shape.Places, 0,
                        target + ((long)group * shape.GroupOutputs * shape.Places), shape.Places);
                }
            }
        }

        if (bias is not null)
            AddBias(output, count, shape, bias);
    }

    /// <summary>Cotangents of the images for cotangents of the output. Cost: 2 n C F S flops.</summary>
    public static void InputCotangents(double* cotangents, int count, ConvShape shape, double* weight, double* images)
    {
        if (IsSmall(shape))
        {
            new BatchConvolution(shape).InputCotangents(cotangents, count, weight, images);
            return;
        }

        int size = shape.Window.KernelSize, taps = size * size, fan = shape.Fan;
        if (IsPlain(shape) && shape.Reach >= shape.Window.Padding)
        {
            // The adjoint of a convolution of stride 1 is one, with the window turned around and the rest of the padding.
            using TapConvolution turned = new(
                shape.Outputs, shape.OutHeight, shape.OutWidth, shape.Channels, shape.Reach - shape.Window.Padding, size,
                shape.Window.Dilation, (i, o, tap) => weight[(o * fan) + (i * taps) + taps - 1 - tap]);
            for (int image = 0; image < count; image++)
                turned.Apply(cotangents + ((long)image * shape.OutputElements), images + ((long)image * shape.InputElements));
            return;
        }

        using AlignedMatrix windows = AlignedMatrix.Unset((long)shape.Window.Groups * fan, shape.Places);
        for (int image = 0; image < count; image++)
        {
            double* source = cotangents + ((long)image * shape.OutputElements), target = images + ((long)image * shape.InputElements);
            for (int group = 0; group < shape.Window.Groups; group++)
            {
                Blas.TransposedMultiply(
                    fan, shape.Places, shape.GroupOutputs, 1, weight + ((long)group * shape.GroupOutputs * fan), fan,
                    source + ((long)group * shape.GroupOutputs * shape.Places), shape.Places, 0, windows.Row((long)group * fan), shape.Places);
            }

            NativeMemory.Clear(target, (nuint)shape.InputElements * sizeof(double));
            Windows.FoldAdd(windows.Pointer, shape, target);
        }
    }

    /// <summary>Whether the windows of several images go into one product.</summary>
    private static bool IsSmall(ConvShape shape) =>
        shape.Places <= FewPlaces && (long)shape.Outputs * shape.Fan >= WideWeight;

    /// <summary>
    /// Each example's derivatives by the weight and the bias, written into rows of a Jacobian: row (i, c) at
    /// rows + (i K + c) stride, C F columns and then C. Cost: 2 n K C F S flops.
    /// </summary>
    /// <param name="images">[n, channels, height, width].</param>
    /// <param name="cotangents">[n, K, C, places, places].</param>
    /// <param name="count">n.</param>
    /// <param name="outputs">K.</param>
    /// <param name="shape">The sizes.</param>
    /// <param name="hasBias">Whether there are columns for a bias.</param>
    /// <param name="rows">The first row at the layer's first column.</param>
    /// <param name="stride">Elements from a row to the next.</param>
    public static void WeightRows(
        double* images, double* cotangents, int count, int outputs, ConvShape shape, bool hasBias, double* rows, long stride)
    {
        int places = shape.Places, fan = shape.Fan, perGroup = shape.GroupOutputs;
        using AlignedMatrix windows = AlignedMatrix.Unset((long)shape.Window.Groups * fan, places);
        using AlignedMatrix products = AlignedMatrix.Unset((long)outputs * shape.Outputs, fan);
        for (int image = 0; image < count; image++)
        {
            Windows.Unfold(images + ((long)image * shape.InputElements), shape, windows.Pointer);
            double* g = cotangents + ((long)image * outputs * shape.OutputElements);
            if (shape.Window.Groups == 1)
            {
                // All K cotangents at once.
                Blas.MultiplyTransposed(
                    outputs * perGroup, fan, places, 1, g, places, windows.Pointer, places, 0, products.Pointer, fan);
            }
            else
            {
                for (int block = 0; block < outputs * shape.Window.Groups; block++)
                {
                    Blas.MultiplyTransposed(
                        perGroup, fan, places, 1, g + ((long)block * perGroup * places), places,
                        windows.Row((long)(block % shape.Window.Groups) * fan), places, 0,
                        products.Row((long)block * perGroup), fan);
                }
            }

            long weights = (long)shape.Outputs * fan;
            for (int c = 0; c < outputs; c++, g += shape.OutputElements)
            {
                double* row = rows + ((((long)image * outputs) + c) * stride);
                Buffer.MemoryCopy(products.Row((long)c * shape.Outputs), row, weights * sizeof(double), weights * sizeof(double));
                for (int o = 0; hasBias && o < shape.Outputs; o++)
                    row[weights + o] = Sum(g + ((long)o * places), places);
            }
        }
    }

    private static bool IsPlain(ConvShape shape) => shape.Window.Stride == 1 && shape.Window.Groups == 1;

    private static void AddBias(double* output, int count, ConvShape shape, double* bias)
    {
        for (long channel = 0; channel < (long)count * shape.Outputs; channel++)
        {
            double offset = bias[channel % shape.Outputs];
            foreach (ref double pixel in new Span<double>(output + (channel * shape.Places), shape.Places))
                pixel += offset;
        }
    }

    private static double Sum(double* values, int count)
    {
        double sum = 0;
        foreach (double value in new ReadOnlySpan<double>(values, count))
            sum += value;
        return sum;
    }
}
