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
public sealed record ConvFactorBlock(Tensor Input, Tensor Cotangents, ConvWindow Window, bool Bias)
    : AffineFactorBlock(Input, Cotangents, Bias)
{
    /// <summary>Elements of unfolded windows that are held at once: bounds the memory to 256 MiB in binary64.</summary>
    private const long UnfoldedElements = 1L << 25;

    /// <summary>S, the places of the window.</summary>
    public long Places => Cotangents.shape[3] * Cotangents.shape[4];

    /// <inheritdoc/>
    public override long Fan => Input.shape[1] / Window.Groups * Window.KernelSize * Window.KernelSize;

    private long GroupChannels => Channels / Window.Groups;

    /// <inheritdoc/>
    protected override bool SeesAllInputs => Window.Groups == 1;

    /// <inheritdoc/>
    public override Tensor Explicit()
    {
        List<Tensor> parts = [.. Pieces().Select(piece => piece.WeightColumns(piece.Windows(), 0, GroupChannels))];
        Tensor weight = parts.Count == 1 ? parts[0] : cat(parts, dim: 0); // [nK, C F]
        return Bias ? cat([weight, SummedCotangents()], dim: 1) : weight;
    }

    /// <summary>The unfolded windows, [n, groups, S, F]; a view of [n, groups, F, S] in memory.</summary>
    public Tensor Windows() => Window.Unfold(Input).transpose(2, 3);

    /// <summary>
    /// The weight's columns of some output channels of each group, [nK, groups * count * F]. Bits depend on how many
    /// channels are formed together. Cost 2 nK S F multiplications a channel.
    /// </summary>
    /// <param name="windows">What <see cref="Windows"/> gives.</param>
    /// <param name="first">The first channel within its group.</param>
    /// <param name="count">How many channels.</param>
    public Tensor WeightColumns(Tensor windows, long first, long count)
    {
        using IDisposable scope = NewDisposeScope();
        long n = Examples, k = Outputs, groups = Window.Groups;
        Tensor g = ByGroup().narrow(3, first, count) // [n, groups, K, count, S]
            .reshape(n, groups, k * count, Places);
        return g.matmul(windows) // [n, groups, K count, F]
            .view(n, groups, k, count * Fan)
            .transpose(1, 2)
            .reshape(n * k, groups * count * Fan)
            .MoveToOuterDisposeScope();
    }

    /// <summary>The bias' columns, [nK, C].</summary>
    public Tensor SummedCotangents() => Cotangents.sum([3, 4]).reshape(Examples * Outputs, Channels);

    /// <summary>The cotangents of one group's channels, [n, K C / groups, S].</summary>
    /// <param name="group">The group, from 0.</param>
    public Tensor GroupCotangents(int group) =>
        ByGroup().select(1, group).reshape(Examples, Outputs * GroupChannels, Places);

    /// <inheritdoc/>
    /// <remarks>Cost 2 b (n S F C + nK S C): a forward pass for each column of V, then the cotangents.</remarks>
    public override Tensor Times(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        return cat([.. Pieces().Select(piece => piece.TimesAtOnce(vectors))], dim: 0).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>Cost 2 b (n S F C + nK S C): the class axis is contracted first.</remarks>
    public override Tensor TransposeTimes(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor? sum = null;
        long row = 0;
        foreach (ConvFactorBlock piece in Pieces())
        {
            long rows = piece.Examples * Outputs;
            Tensor part = piece.TransposeTimesAtOnce(vectors.narrow(0, row, rows));
            sum = sum is null ? part : sum.PlusInPlace(part);
            row += rows;
        }

        return sum!.MoveToOuterDisposeScope();
    }

    /// <summary>Blocks of neighbouring examples whose unfolded windows fit in memory.</summary>
    private IEnumerable<ConvFactorBlock> Pieces()
    {
        long count = Math.Max(1, UnfoldedElements / (Fan * Window.Groups * Places));
        for (long start = 0; start < Examples; start += count)
            yield return Piece(start, Math.Min(count, Examples - start));
    }

    private ConvFactorBlock Piece(long first, long count) => first == 0 && count == Examples
        ? this
        : this with { Input = Input.narrow(0, first, count), Cotangents = Cotangents.narrow(0, first, count) };

    /// <summary>The cotangents as [n, groups, K, C / groups, S].</summary>
    private Tensor ByGroup() =>
        Cotangents.reshape(Examples, Outputs, Window.Groups, GroupChannels, Places).transpose(1, 2);

    private Tensor TimesAtOnce(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        long n = Examples, groups = Window.Groups, c = GroupChannels, b = vectors.shape[1];
        Tensor filters = vectors.narrow(0, 0, Weights).view(groups, c, Fan, b)
            .permute(0, 2, 1, 3).reshape(groups, Fan, c * b); // [groups, F, C/groups b]
        Tensor moved = Windows().matmul(filters).view(n, groups, Places, c, b); // [n, groups, S, C/groups, b]
        if (Bias)
            moved.PlusInPlace(vectors.narrow(0, Weights, Channels).view(groups, 1, c, b));
        Tensor places = moved.permute(0, 1, 3, 2, 4).reshape(n, Channels * Places, b); // [n, C S, b]
        return Cotangents.reshape(n, Outputs, Channels * Places).bmm(places)
            .reshape(n * Outputs, b).MoveToOuterDisposeScope(); // [nK, b]
    }

    private Tensor TransposeTimesAtOnce(Tensor vectors)
    {
        using IDisposable scope = NewDisposeScope();
        long n = Examples, groups = Window.Groups, c = GroupChannels, b = vectors.shape[1];
        Tensor pulled = vectors.reshape(n, Outputs, b).transpose(1, 2) // [n, b, K]
            .bmm(Cotangents.reshape(n, Outputs, Channels * Places)); // [n, b, C S]
        Tensor byPlace = pulled.view(n, b, groups, c, Places)
            .permute(2, 1, 3, 0, 4).reshape(groups, b * c, n * Places); // [groups, b C/groups, n S]
        Tensor windows = Windows().permute(1, 0, 2, 3).reshape(groups, n * Places, Fan); // [groups, n S, F]
        Tensor weight = byPlace.bmm(windows) // [groups, b C/groups, F]
            .view(groups, b, c, Fan).permute(0, 2, 3, 1).reshape(Weights, b);
        Tensor all = Bias
            ? cat([weight, pulled.view(n, b, Channels, Places).sum([0, 3]).t()], dim: 0) // [C F + C, b]
            : weight;
        return all.MoveToOuterDisposeScope();
    }
}
