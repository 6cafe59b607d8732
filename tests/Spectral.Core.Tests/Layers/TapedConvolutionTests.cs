using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Layers;

/// <summary>The convolutions of a taped pass on the CPU and on devices, with their input's cotangents, against libtorch's own.</summary>
public sealed class TapedConvolutionTests
{
    [Theory]
    [InlineData(1, 28, 28, 16, 3, 1, 1, 1, 1)]
    [InlineData(16, 28, 28, 16, 3, 1, 1, 1, 1)]
    [InlineData(16, 28, 28, 32, 3, 2, 1, 1, 1)]
    [InlineData(5, 7, 7, 6, 3, 1, 1, 1, 1)]
    [InlineData(3, 9, 17, 7, 3, 1, 1, 1, 1)]
    [InlineData(3, 9, 17, 7, 3, 1, 0, 1, 1)]
    [InlineData(3, 8, 16, 4, 5, 1, 2, 1, 1)]
    [InlineData(2, 6, 5, 3, 1, 1, 0, 1, 1)]
    [InlineData(2, 6, 5, 3, 1, 1, 2, 1, 1)]
    [InlineData(2, 6, 5, 3, 3, 1, 4, 1, 1)]
    [InlineData(2, 11, 12, 3, 3, 1, 2, 2, 1)]
    [InlineData(2, 11, 12, 3, 3, 1, 0, 3, 1)]
    [InlineData(4, 6, 5, 6, 3, 1, 1, 1, 2)]
    [InlineData(4, 6, 5, 4, 3, 2, 1, 1, 4)]
    [InlineData(4, 9, 9, 8, 3, 3, 2, 2, 2)]
    [InlineData(2, 3, 3, 2, 3, 1, 0, 1, 1)]
    [InlineData(1, 1, 1, 1, 1, 1, 0, 1, 1)]
    [InlineData(2, 2, 2, 3, 2, 3, 1, 1, 1)]
    [InlineData(64, 4, 5, 128, 3, 1, 1, 1, 1)]
    [InlineData(70, 7, 6, 110, 3, 2, 1, 1, 1)]
    [InlineData(128, 5, 5, 128, 3, 1, 2, 2, 2)]
    public void It_equals_the_convolution_of_libtorch(
        int channels, int height, int width, int outputs, int kernelSize, int stride, int padding, int dilation, int groups)
    {
        using IDisposable scope = NewDisposeScope();
        Conv2d conv = new(outputs, kernelSize, stride, padding, dilation, groups, true, new PyTorchUniform());
        Tensor input = Drawn("x", 3, channels, height, width).requires_grad_(true);
        Tensor weight = Drawn("w", outputs, channels / groups, kernelSize, kernelSize), bias = Drawn("b", outputs);
        Tensor output = conv.Forward(input, [weight, bias], ForwardPass.Taped(new Tape()));
        Tensor expected = conv.Forward(input, [weight, bias], ForwardPass.Evaluation);
        Close(expected, output);
        Tensor cotangents = Drawn("g", expected.shape);
        Tensor byProduct = DeviceConvolution.Of(input, weight, bias, new ConvWindow(kernelSize, stride, padding, dilation, groups));
        Close(expected, byProduct);
        Tensor gradient = Gradient(expected);
        Close(gradient, Gradient(output));
        Close(gradient, Gradient(byProduct));

        Tensor Gradient(Tensor of) => autograd.grad([of], [input], [cotangents], retain_graph: false, allow_unused: true)[0];
    }

    [Fact]
    public void Other_element_types_stay_with_libtorch()
    {
        using IDisposable scope = NewDisposeScope();
        Conv2d conv = Conv2d.ThreeByThree(4, 1, false, new PyTorchUniform());
        Tensor input = Drawn("x", 2, 3, 6, 6).to(ScalarType.Float32), weight = Drawn("w", 4, 3, 3, 3).to(ScalarType.Float32);
        Tensor output = conv.Forward(input, [weight], ForwardPass.Taped(new Tape()));
        Assert.Equal(ScalarType.Float32, output.dtype);
        Assert.True(output.equal(conv.Forward(input, [weight], ForwardPass.Evaluation)).all().item<bool>());
    }

    private static Tensor Drawn(string name, params long[] shape)
    {
        double[] values = new double[shape.Aggregate(1L, (product, extent) => product * extent)];
        new RandomStream(9, "tests/conv/" + name).FillNormal(values);
        return tensor(values, shape).clone();
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        double size = expected.abs().max().item<double>();
        Assert.InRange((expected - actual).abs().max().item<double>(), 0, 1e-13 * (1 + size));
    }
}
