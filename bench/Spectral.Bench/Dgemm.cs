using System.Diagnostics;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>The machine's limit: libtorch's own float64 matrix product, large and square.</summary>
internal static class Dgemm
{
    /// <summary>Flops a second of the fastest of five products, after one that does not count.</summary>
    public static double Rate(int threads, int order = 1600)
    {
        int before = get_num_threads();
        set_num_threads(threads);
        using IDisposable scope = NewDisposeScope();
        Tensor a = randn(order, order, dtype: ScalarType.Float64), b = randn(order, order, dtype: ScalarType.Float64);
        Tensor c = a.mm(b);
        double fastest = double.PositiveInfinity;
        for (int i = 0; i < 5; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            mm_out(a, b, c);
            fastest = Math.Min(fastest, watch.Elapsed.TotalSeconds);
        }

        set_num_threads(before);
        return 2.0 * order * order * order / fastest;

        static void mm_out(Tensor a, Tensor b, Tensor c) => c.addmm_(a, b, 0, 1);
    }
}
