using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// Tensors from .NET arrays, in memory that libtorch itself allocated. What <c>torch.tensor</c> returns lies wherever
/// the array's copy fell, and MKL's matrix products round differently with the alignment of their operands: the same
/// run gave two different last bits, at random. libtorch's own memory is aligned to 64 bytes always.
/// </summary>
internal static class AlignedTensor
{
    /// <summary>A tensor of binary32 values; the shape's product is their number.</summary>
    public static Tensor Of(float[] values, long[] shape, ScalarType type, Device device)
    {
        using Tensor loose = tensor(values, shape);
        return loose.to(type, device, copy: true);
    }

    /// <summary>A tensor of binary64 values; the shape's product is their number.</summary>
    public static Tensor Of(double[] values, long[] shape, ScalarType type, Device device)
    {
        using Tensor loose = tensor(values, shape);
        return loose.to(type, device, copy: true);
    }
}
