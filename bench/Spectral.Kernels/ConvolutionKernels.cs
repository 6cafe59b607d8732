using BenchmarkDotNet.Attributes;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Kernels;

/// <summary>
/// Convolutions of eight images in binary64, 3 x 3 taps, as the residual networks have them, and libtorch's own beside
/// the first.
/// </summary>
public unsafe class ConvolutionKernels
{
    private const int Images = 8, Outputs = 10;
    private const double FlopsPerOutput = 2 * 9;

    private static readonly ConvShape Plain = new(16, 32, 32, 16, new ConvWindow(3, 1, 1, 1, 1));
    private static readonly ConvShape Strided = new(16, 32, 32, 32, new ConvWindow(3, 2, 1, 1, 1));
    private static readonly ConvShape Wide = new(128, 8, 8, 128, new ConvWindow(3, 1, 1, 1, 1));

    private readonly AlignedMatrix _images = Normals.Matrix(Images, 16 * 32 * 32);
    private readonly AlignedMatrix _weight = Normals.Matrix(128, 9 * 128);
    private readonly AlignedMatrix _cotangents = Normals.Matrix(Images * Outputs, 16 * 32 * 32);
    private readonly AlignedMatrix _output = new(Images, 16 * 32 * 32);
    private readonly AlignedMatrix _windows = new(9 * 16, 32 * 32);
    private readonly AlignedMatrix _rows = new(Images * Outputs, (16 * 16 * 9) + 16);
    private readonly Tensor _imageTensor = Normals.Of(Images, 16, 32, 32), _weightTensor = Normals.Of(16, 16, 3, 3);

    /// <summary>One thread.</summary>
    [GlobalSetup]
    public void Setup() => OneThread.Use();

    /// <summary>16 channels of 32 x 32 to as many, in register tiles.</summary>
    [Benchmark]
    [Flops(FlopsPerOutput * Images * 16 * 16 * 1024)]
    public void Forward() => Forward(Plain);

    /// <summary>The same by libtorch.</summary>
    [Benchmark]
    [Flops(FlopsPerOutput * Images * 16 * 16 * 1024)]
    public void ForwardByLibtorch()
    {
        using Tensor output = nn.functional.conv2d(_imageTensor, _weightTensor, padding: [1, 1]);
    }

    /// <summary>The same shape's cotangents of the images.</summary>
    [Benchmark]
    [Flops(FlopsPerOutput * Images * 16 * 16 * 1024)]
    public void InputCotangents() => Convolution.InputCotangents(
        _cotangents.Pointer, Images, Plain, _weight.Pointer, _output.Pointer);

    /// <summary>16 channels of 32 x 32 to 32 of 16 x 16: windows and a product.</summary>
    [Benchmark]
    [Flops(FlopsPerOutput * Images * 16 * 32 * 256)]
    public void ForwardStrided() => Forward(Strided);

    /// <summary>128 channels of 8 x 8 to as many: the windows of several images in one product.</summary>
    [Benchmark]
    [Flops(FlopsPerOutput * Images * 128 * 128 * 64)]
    public void ForwardWide() => Forward(Wide);

    /// <summary>Each example's 10 rows of a Jacobian, 16 x 16 x 9 columns and a bias.</summary>
    [Benchmark]
    [Flops(FlopsPerOutput * Images * Outputs * 16 * 16 * 1024)]
    public void WeightRows() => Convolution.WeightRows(
        _images.Pointer, _cotangents.Pointer, Images, Outputs, Plain, true, _rows.Pointer, _rows.Columns);

    /// <summary>The windows of one image, 144 x 1024: numbers moved, nothing computed.</summary>
    [Benchmark]
    public void Unfold() => Windows.Unfold(_images.Pointer, 1, Plain, _windows.Pointer);

    private void Forward(ConvShape shape) =>
        Convolution.Forward(_images.Pointer, Images, shape, _weight.Pointer, null, _output.Pointer);
}
