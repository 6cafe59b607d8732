using System.Diagnostics;
using Spectral.Core.Numerics;

namespace Spectral.Bench;

/// <summary>The binary64 matrix product's rate on a team's threads, each on a product of its own.</summary>
internal static unsafe class GemmRate
{
    /// <summary>Flops in a second: the median of some repetitions of [768, 768] [768, 768].</summary>
    public static double Measure(WorkerTeam team, int repetitions)
    {
        const int Size = 768, Products = 6;
        using AlignedMatrix a = new((long)team.Threads * Size, Size), b = new((long)team.Threads * Size, Size);
        using AlignedMatrix c = new((long)team.Threads * Size, Size);
        a.Clear();
        b.Clear();
        double[] rates = new double[repetitions];
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            team.Run(team.Threads, thread =>
            {
                long row = (long)thread * Size;
                for (int product = 0; product < Products; product++)
                    Blas.MultiplyTransposed(Size, Size, Size, 1, a.Row(row), Size, b.Row(row), Size, 0, c.Row(row), Size);
            });
            rates[repetition] = 2.0 * Size * Size * Size * Products * team.Threads / watch.Elapsed.TotalSeconds;
        }

        Array.Sort(rates);
        return rates[repetitions / 2];
    }
}
