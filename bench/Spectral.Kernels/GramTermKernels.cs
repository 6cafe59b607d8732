using BenchmarkDotNet.Attributes;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Kernels;

/// <summary>
/// One canonical block of a Gram matrix, 240 x 240: what each term adds for 24 examples of K = 10 against 24 others.
/// The dense layer has 256 inputs and 256 outputs; the convolution 64 channels of 4 x 4 pixels, 3 x 3 taps, in and out.
/// </summary>
public unsafe class GramTermKernels
{
    private const int Examples = 24, Outputs = 10, Rows = Examples * Outputs, Fan = 256, Channels = 256;
    private const int ConvChannels = 64, Side = 4, Places = Side * Side, ConvFan = 9 * ConvChannels;
    private const double Pairs = (double)Rows * Rows, PairsOfExamples = (double)Examples * Examples;

    private readonly HadamardTerm _dense = new(0, Outputs, Fan, Channels, Bias: true);
    private readonly HadamardTerm _narrow = new(0, Outputs, 1, 1, Bias: true);
    private readonly DirectTerm _direct = new(0, Outputs, ConvFan, 0, new ConvPanel(0, 1));
    private readonly PatchTerm _patch = new(0, Outputs, 0, ConvFan, ConvChannels, Places, Bias: false);
    private readonly MixedTerm _mixed = new(0, Outputs, 0, ConvFan, ConvChannels, Places);
    private readonly ConvPanel _panel = new(0, ConvChannels);
    private readonly ConvFactorBlock _convolution = new(
        Normals.Of(Examples, ConvChannels, Side, Side),
        Normals.Of(Examples, Outputs, ConvChannels, Side, Side),
        new ConvWindow(3, 1, 1, 1, 1),
        Bias: false);

    private readonly KeptFactors[] _kept = new KeptFactors[5];
    private readonly BlockScratch _scratch = new(useBlas: true);
    private readonly AlignedMatrix _sum = new(Rows, Rows);

    /// <summary>Prepares what the terms keep.</summary>
    [GlobalSetup]
    public void Setup()
    {
        OneThread.Use();
        _kept[0] = _dense.Keep(new DenseFactorBlock(
            Normals.Of(Examples, Fan), Normals.Of(Examples, Outputs, Channels), Bias: true));
        _kept[1] = _narrow.Keep(new DenseFactorBlock(
            Normals.Of(Examples, 1), Normals.Of(Examples, Outputs, 1), Bias: true));
        _kept[2] = _direct.Keep(_convolution);
        _kept[3] = _patch.Keep(_convolution);
        _kept[4] = _mixed.Keep(_convolution);
    }

    /// <summary>A plain product of a block's size, [240, 256] [256, 240]: the yardstick of the same run.</summary>
    [Benchmark]
    [Flops(2 * Pairs * Channels)]
    public void MatrixProduct()
    {
        double* cotangents = _kept[0][1];
        _scratch.MultiplyTransposed(
            Rows, Rows, Channels, cotangents, Channels, cotangents, Channels, 0, _sum.Pointer, Rows);
    }

    /// <summary>A dense layer: two products, and theirs entry by entry.</summary>
    [Benchmark]
    [Flops((2 * Pairs * Channels) + (2 * PairsOfExamples * Fan) + (2 * Pairs))]
    public void Hadamard() => Add(_dense, 0);

    /// <summary>The same with one input and one output: nearly nothing but the sweep over the entries.</summary>
    [Benchmark]
    [Flops(4 * Pairs)]
    public void HadamardEpilogue() => Add(_narrow, 1);

    /// <summary>One channel's 576 columns against themselves.</summary>
    [Benchmark]
    [Flops(2 * Pairs * ConvFan)]
    public void ConvolutionDirect() => Add(_direct, 2);

    /// <summary>All channels by the products of windows.</summary>
    [Benchmark]
    [Flops((2 * Pairs * Places * ConvChannels) + (2 * PairsOfExamples * Outputs * Places * Places * ConvChannels)
        + (2 * PairsOfExamples * Places * Places * ConvFan))]
    public void ConvolutionPatch() => Add(_patch, 3);

    /// <summary>All channels by columns against windows.</summary>
    [Benchmark]
    [Flops((2 * Pairs * Places * ConvChannels) + (2 * PairsOfExamples * Outputs * ConvChannels * ConvFan * Places))]
    public void ConvolutionMixed() => Add(_mixed, 4);

    /// <summary>The columns of all channels for 24 examples, 240 x 36,864: unfolded and formed.</summary>
    [Benchmark]
    [Flops(2.0 * Rows * ConvChannels * ConvFan * Places)]
    public void ConvolutionColumns()
    {
        using IDisposable scope = NewDisposeScope();
        _ = _panel.Columns(_convolution);
    }

    private void Add(GramTerm term, int kept)
    {
        KeptBlock block = new(_kept[kept], 0, Examples);
        term.Add(block, block, 1, _sum.Pointer, _scratch);
    }
}
