using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Kernels;

/// <summary>
/// Every kernel computes on the calling thread alone: the engines put one on each core. Both settings belong to a
/// thread, and kernels are run on one that BenchmarkDotNet made.
/// </summary>
internal static class OneThread
{
    /// <summary>Makes libtorch and its BLAS compute on the calling thread alone.</summary>
    public static void Use()
    {
        set_num_threads(1);
        _ = Blas.UseThreads(1);
    }
}
