using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>
/// A convolution in binary64 on the CPU as one node of libtorch's graph, computed by <see cref="Convolution"/>. Only
/// the input has a gradient: a Jacobian takes the weight's from the tape.
/// </summary>
internal sealed unsafe class CpuConvolution : autograd.SingleTensorFunction<CpuConvolution>
{
    /// <inheritdoc/>
    public override string Name => nameof(CpuConvolution);

    /// <summary>Whether the tensors are of the kind that this node computes.</summary>
    public static bool Takes(Tensor input) =>
        input.dtype == ScalarType.Float64 && input.device_type == TorchSharp.DeviceType.CPU && Blas.IsAvailable;

    /// <summary>The output [n, outputs, places, places], in the graph whether or not the input is.</summary>
    public static Tensor Of(Tensor input, Tensor weight, Tensor? bias, ConvWindow window)
    {
        if (input.requires_grad)
            return apply(input, weight.detach(), bias?.detach()!, window);
        return Convolve(input, weight.detach(), bias?.detach(), window).requires_grad_(true);
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor input, Tensor weight, ConvWindow window) = ((Tensor)vars[0], (Tensor)vars[1], (ConvWindow)vars[3]);
        ctx.save_for_backward([weight]);
        ctx.save_data("shape", ShapeOf(input, weight, window));
        return Convolve(input, weight, vars[2] as Tensor, window);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using Tensor weight = ctx.get_saved_variables()[0].contiguous(), cotangents = grad_output.contiguous();
        ConvShape shape = (ConvShape)ctx.get_data("shape");
        long count = cotangents.shape[0];
        Tensor result = empty([count, shape.Channels, shape.Height, shape.Width], ScalarType.Float64);
        Convolution.InputCotangents(
            TensorMemory.Pointer(cotangents),
            (int)count,
            shape,
            TensorMemory.Pointer(weight),
            TensorMemory.Pointer(result));
        return [result, null!, null!, null!]; // one for each argument of forward
    }

    /// <summary>The sizes of a convolution.</summary>
    public static ConvShape ShapeOf(Tensor input, Tensor weight, ConvWindow window) =>
        new((int)input.shape[1], (int)input.shape[2], (int)input.shape[3], (int)weight.shape[0], window);

    private static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, ConvWindow window)
    {
        using Tensor images = input.contiguous(), filters = weight.contiguous();
        ConvShape shape = ShapeOf(input, weight, window);
        Tensor output = empty([images.shape[0], shape.Outputs, shape.OutHeight, shape.OutWidth], ScalarType.Float64);
        Convolution.Forward(
            TensorMemory.Pointer(images),
            (int)images.shape[0],
            shape,
            TensorMemory.Pointer(filters),
            bias is null ? null : TensorMemory.Pointer(bias),
            TensorMemory.Pointer(output));
        return output;
    }
}
