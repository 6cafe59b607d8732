using Spectral.Core.Numerics;

namespace Spectral.Bench;

internal static class Micro
{
    public static void Run()
    {
        Spectral.Core.Execution.NativeRuntime.UseThreads(1);
        var source = GramNets.Jacobian("vgg16", 48);
        for (int rep = 0; rep < 3; rep++)
        {
            foreach (int[] layers in new int[][] { [0], [1], [2], [3], [0, 1, 2, 3, 4] })
            {
                FactorClock clock = new();
                TimeSpan cpu = Environment.CpuUsage.TotalTime;
                using GramMatrix gram = new JacobianOperator(source).Gram(new GramOptions { Progress = clock, Layers = layers });
                TimeSpan end = Environment.CpuUsage.TotalTime;
                Console.Write($"{string.Join("+", layers)}: factors {(clock.FactorsEnd - cpu).TotalMilliseconds:F0} tiles {(end - clock.FactorsEnd).TotalMilliseconds:F0} ms; ");
            }

            Console.WriteLine();
        }
    }
}
