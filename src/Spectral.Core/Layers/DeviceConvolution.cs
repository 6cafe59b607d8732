using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Core.Layers;

/// <summary>
/// A convolution in binary64 on a GPU as a matrix product with unfolded windows, by libtorch's operations: its own binary64
/// convolutions (cuDNN's) reach a tenth of the product's rate. Only the input has a gradient: a Jacobian takes the weight's
/// from the tape.
/// </summary>
public static class DeviceConvolution
{
    /// <summary>Whether a tensor is of the kind that this is faster for.</summary>
    public static bool Takes(Tensor input) =>
        input.dtype == ScalarType.Float64 && input.device_type != TorchSharp.DeviceType.CPU;

    /// <summary>The output [n, outputs, places, places], in the graph whether or not the input is.</summary>
    /// <param name="input">[n, channels, height, width], on any device.</param>
    /// <param name="weight">[outputs, channels / groups, kernel_size, kernel_size].</param>
    /// <param name="bias">[outputs], or null for none.</param>
    /// <param name="window">How the window slides.</param>
    public static Tensor Of(Tensor input, Tensor weight, Tensor? bias, ConvWindow window)
    {
        ConvShape shape = CpuConvolution.ShapeOf(input, weight, window);
        Tensor windows = window.Unfold(input); // [n, groups, F, S]
        Tensor filters = weight.detach().view(window.Groups, shape.GroupOutputs, shape.Fan); // [groups, C / groups, F]
        Tensor moved = window.Groups == 1
            ? filters[0].matmul(windows.select(1, 0)) // [n, C, S]
            : filters.matmul(windows); // [n, groups, C / groups, S]
        Tensor output = moved.view(input.shape[0], shape.Outputs, shape.OutHeight, shape.OutWidth);
        if (bias is not null)
            output = output.Plus(bias.detach().view(-1, 1, 1));
        return output.requires_grad ? output : output.requires_grad_(true);
    }
}
