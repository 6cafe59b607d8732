using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>The memory of a contiguous binary64 tensor on the CPU, in place.</summary>
internal static unsafe class TensorMemory
{
    /// <summary>The first element, valid as long as the tensor lives; null where there is none.</summary>
    public static double* Pointer(Tensor tensor) => tensor.numel() == 0
        ? null
        : (double*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor.bytes));

    /// <summary>The elements, fewer than 2^28 of them.</summary>
    public static Span<double> Span(Tensor tensor) => MemoryMarshal.Cast<byte, double>(tensor.bytes);
}
