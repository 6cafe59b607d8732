using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The columns of a convolution: with the image's windows unfolded to vectors a_is [F] at the places s, row (i, c) of
/// the weight's columns is the sum over s of g_ics a_is^T, within each group of channels, and of the bias' the sum of
/// g_ics.
/// </summary>
/// <param name="Input">The images that the layer saw, [n, channels, height, width].</param>
/// <param name="Cotangents">g [n, K, C, places, places], the outputs' derivatives by the layer's output.</param>
/// <param name="Window">How the window slides.</param>
/// <param name="Bias">Whether the layer has a bias.</param>
/// <remarks>Source: unfolding as in Chellapilla et al. 2006; the per-example sum of outer products follows from the
/// chain rule.</remarks>
public sealed record ConvFactorBlock(Tensor Input, Tensor Cotangents, ConvWindow Window, bool Bias) : FactorBlock
{
    /// <summary>Elements of unfolded windows that are held at once: bounds the memory to 256 MiB in binary64.</summary>
    private const long UnfoldedElements = 1L << 25;

    private long Channels => Cotangents.shape[2];

    /// <summary>F, the inputs of one output channel.</summary>
    private long Fan => Input.shape[1] / Window.Groups * Window.KernelSize * Window.KernelSize;

    /// <inheritdoc/>
    public override long Columns => Channels * (Fan + (Bias ? 1 : 0));

    /// <inheritdoc/>
    public override Tensor Explicit()
    {
        long n = Cotangents.shape[0], k = Cotangents.shape[1], places = Cotangents.shape[3] * Cotangents.shape[4];
        long chunk = Math.Max(1, UnfoldedElements / (Fan * Window.Groups * places));
        List<Tensor> parts = [];
        for (long start = 0; start < n; start += chunk)
            parts.Add(Weight(start, Math.Min(chunk, n - start), k, places));
        Tensor weight = parts.Count == 1 ? parts[0] : cat(parts, dim: 0); // [nK, C F]
        return Bias ? cat([weight, Cotangents.sum([3, 4]).reshape(n * k, Channels)], dim: 1) : weight;
    }

    /// <summary>The weight's columns for some neighbouring examples.</summary>
    private Tensor Weight(long start, long count, long k, long places)
    {
        using IDisposable scope = NewDisposeScope();
        long groups = Window.Groups, perGroup = Channels / groups;
        Tensor windows = nn.functional.unfold(
            Input.narrow(0, start, count),
            (Window.KernelSize, Window.KernelSize),
            (Window.Dilation, Window.Dilation),
            (Window.Padding, Window.Padding),
            (Window.Stride, Window.Stride)); // [n, groups F, places]
        Tensor a = windows.view(count, groups, Fan, places).transpose(2, 3); // [n, groups, places, F]
        Tensor g = Cotangents.narrow(0, start, count)
            .reshape(count, k, groups, perGroup, places)
            .transpose(1, 2)
            .reshape(count, groups, k * perGroup, places); // [n, groups, K C/groups, places]
        return g.matmul(a) // [n, groups, K C/groups, F]
            .view(count, groups, k, perGroup * Fan)
            .transpose(1, 2)
            .reshape(count * k, Channels * Fan)
            .MoveToOuterDisposeScope();
    }
}
