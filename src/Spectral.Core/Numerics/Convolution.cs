namespace Spectral.Core.Numerics;

/// <summary>
/// Convolution of images in binary64 with its two derivatives, on memory of the caller's and on the calling thread
/// alone: bits depend on the images that are given together. libtorch's own binary64 convolution reaches a fraction of
/// the matrix product's rate on CPUs.
/// </summary>
internal static unsafe class Convolution
{
    /// <summary>Images [n, channels, height, width] to [n, outputs, places, places]. Cost: 2 n C F S flops.</summary>
    public static void Forward(double* images, int count, ConvShape shape, double* weight, double* bias, double* output)
    {
        UnfoldedConvolution unfolded = new(shape);
        if (unfolded.IsBatched || !TapConvolution.Takes(shape))
        {
            unfolded.Forward(images, count, weight, output);
        }
        else
        {
            int taps = shape.Taps, fan = shape.Fan;
            using TapConvolution plain = new(shape, (o, i, tap) => weight[(o * fan) + (i * taps) + tap]);
            plain.Apply(images, count, output);
        }

        if (bias is not null)
            AddBias(output, count, shape, bias);
    }

    /// <summary>Cotangents of the images for cotangents of the output. Cost: 2 n C F S flops.</summary>
    public static void InputCotangents(double* cotangents, int count, ConvShape shape, double* weight, double* images)
    {
        UnfoldedConvolution unfolded = new(shape);
        int rest = shape.Reach - shape.Window.Padding, taps = shape.Taps, fan = shape.Fan;
        if (unfolded.IsBatched || !TapConvolution.Takes(shape) || rest < 0)
        {
            unfolded.InputCotangents(cotangents, count, weight, images);
            return;
        }

        // The adjoint of a convolution of stride 1 is one, with the window turned around and the rest of the padding.
        ConvShape adjoint = new(
            shape.Outputs, shape.OutHeight, shape.OutWidth, shape.Channels, shape.Window with { Padding = rest });
        using TapConvolution turned = new(adjoint, (i, o, tap) => weight[(o * fan) + (i * taps) + taps - 1 - tap]);
        turned.Apply(cotangents, count, images);
    }

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
        double* images,
        double* cotangents,
        int count,
        int outputs,
        ConvShape shape,
        bool hasBias,
        double* rows,
        long stride)
    {
        int places = shape.Places, fan = shape.Fan, perGroup = shape.GroupOutputs;
        using AlignedMatrix windows = AlignedMatrix.Unset((long)shape.Window.Groups * fan, places);
        using AlignedMatrix products = AlignedMatrix.Unset((long)outputs * shape.Outputs, fan);
        for (int image = 0; image < count; image++)
        {
            Windows.Unfold(images + ((long)image * shape.InputElements), 1, shape, windows.Pointer);
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

            long weights = (long)shape.Outputs * fan, bytes = weights * sizeof(double);
            for (int c = 0; c < outputs; c++, g += shape.OutputElements)
            {
                double* row = rows + ((((long)image * outputs) + c) * stride);
                Buffer.MemoryCopy(products.Row((long)c * shape.Outputs), row, bytes, bytes);
                for (int o = 0; hasBias && o < shape.Outputs; o++)
                    row[weights + o] = Sum(g + ((long)o * places), places);
            }
        }
    }

    /// <summary>The sum of numbers that lie one behind the other, in their order.</summary>
    public static double Sum(double* values, int count)
    {
        double sum = 0;
        foreach (double value in new ReadOnlySpan<double>(values, count))
            sum += value;
        return sum;
    }

    private static void AddBias(double* output, int count, ConvShape shape, double* bias)
    {
        for (long channel = 0; channel < (long)count * shape.Outputs; channel++)
        {
            double offset = bias[channel % shape.Outputs];
            foreach (ref double pixel in new Span<double>(output + (channel * shape.Places), shape.Places))
                pixel += offset;
        }
    }
}
