namespace Spectral.Core.Numerics;

/// <summary>
/// A convolution in binary64 as a matrix product with unfolded windows, on the calling thread alone. Where a wide
/// weight meets few places, the windows of several images stand side by side, [F, n S], so that the weight is read once
/// for all of them and not once for each.
/// </summary>
/// <param name="Shape">The sizes of one image's convolution.</param>
/// <remarks>Source: unfolding as in Chellapilla, Puri, Simard 2006. Needs <see cref="Blas.IsAvailable"/>.</remarks>
internal sealed unsafe record UnfoldedConvolution(ConvShape Shape)
{
    /// <summary>
    /// From so many elements on a weight no longer stays in a core's cache beside an image: where few places meet it,
    /// reading it anew for every image would cost most of the time.
    /// </summary>
    private const int WideWeight = 1 << 16, FewPlaces = 64;

    /// <summary>Numbers of windows that are held at once: 8 MiB.</summary>
    private const int WindowNumbers = 1 << 20;

    /// <summary>Whether the windows of several images go into one product.</summary>
    public bool IsBatched { get; } = Shape.Places <= FewPlaces && (long)Shape.Outputs * Shape.Fan >= WideWeight;

    /// <summary>Images whose windows are held at once.</summary>
    private int Together => IsBatched ? Math.Max(1, WindowNumbers / Shape.WindowElements) : 1;

    /// <summary>Images [count, channels, height, width] to [count, outputs, S]. Cost: 2 count S F C flops.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many.</param>
    /// <param name="weight">[outputs, F].</param>
    /// <param name="output">Receives the result.</param>
    public void Forward(double* images, int count, double* weight, double* output)
    {
        using BlockScratch scratch = new(useBlas: true);
        for (int start = 0; start < count; start += Together)
        {
            int some = Math.Min(Together, count - start), columns = some * Shape.Places;
            double* windows = scratch.Take(0, (long)Shape.WindowElements * some);
            double* target = output + ((long)start * Shape.OutputElements);
            double* moved = IsBatched ? scratch.Take(1, (long)Shape.Outputs * columns) : target; // [outputs, some, S]
            Windows.Unfold(images + ((long)start * Shape.InputElements), some, Shape, windows);
            for (int group = 0; group < Shape.Window.Groups; group++)
            {
                Blas.Multiply(
                    Shape.GroupOutputs, columns, Shape.Fan,
                    1, weight + ((long)group * Shape.GroupOutputs * Shape.Fan), Shape.Fan,
                    windows + ((long)group * Shape.Fan * columns), columns,
                    0, moved + ((long)group * Shape.GroupOutputs * columns), columns);
            }

            if (IsBatched)
                SwapAxes(moved, Shape.Outputs, some, target);
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
            double* windows = scratch.Take(0, (long)Shape.WindowElements * some);
            double* source = cotangents + ((long)start * Shape.OutputElements);
            double* moved = IsBatched ? scratch.Take(1, (long)Shape.Outputs * columns) : source; // [outputs, some, S]
            if (IsBatched)
                SwapAxes(source, some, Shape.Outputs, moved);
            for (int group = 0; group < Shape.Window.Groups; group++)
            {
                Blas.TransposedMultiply(
                    Shape.Fan, columns, Shape.GroupOutputs,
                    1, weight + ((long)group * Shape.GroupOutputs * Shape.Fan), Shape.Fan,
                    moved + ((long)group * Shape.GroupOutputs * columns), columns,
                    0, windows + ((long)group * Shape.Fan * columns), columns);
            }

            Windows.Fold(windows, some, Shape, images + ((long)start * Shape.InputElements));
        }
    }

    /// <summary>[first, second, S] to [second, first, S].</summary>
    private void SwapAxes(double* from, int first, int second, double* to)
    {
        for (int i = 0; i < first; i++)
        {
            for (int j = 0; j < second; j++, from += Shape.Places)
            {
                double* target = to + ((((long)j * first) + i) * Shape.Places);
                new ReadOnlySpan<double>(from, Shape.Places).CopyTo(new Span<double>(target, Shape.Places));
            }
        }
    }
}
