using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Layers;

/// <summary>The window that a pool slides over an image: what both pools agree on.</summary>
internal static class PoolWindow
{
    /// <summary>The step: the stride, or the window's side where the stride is 0.</summary>
    public static int Step(int kernelSize, int stride) => stride == 0 ? kernelSize : stride;

    /// <summary>A padding beyond half of the window would make windows of nothing but padding.</summary>
    public static ImmutableArray<FieldProblem> Problems(int kernelSize, int padding) => 2L * padding <= kernelSize
        ? []
        :
        [
            new FieldProblem(
                "padding",
                FormattableString.Invariant($"{padding} for a window of {kernelSize}"),
                "at most half of the window"),
        ];

    /// <summary>The output shape of one example.</summary>
    public static ShapeMatch OutputShape(Shape input, int kernelSize, int stride, int padding) => ImageShape.Slide(
        input, input.Rank == 3 ? input.Dimensions[0] : 1, kernelSize, Step(kernelSize, stride), padding, dilation: 1);

    /// <summary>One operation for each element of each window.</summary>
    public static double Flops(Shape output, int kernelSize) => 1.0 * output.Count * kernelSize * kernelSize;
}
