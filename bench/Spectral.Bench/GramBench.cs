using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>Times Gram matrices: <c>gram NET N THREADS REPETITIONS [CORNER.npy]</c>.</summary>
internal static class GramBench
{
    /// <summary>Rows and columns of the corner that is compared with the peers'.</summary>
    private const long CornerSide = 200;

    /// <summary>
    /// Prints "ours NET nK median-seconds peak-MiB median-cpu-seconds factor-cpu-seconds limit-seconds discrepancy",
    /// where
    /// the limit is the planned flops at the rate of a large dgemm of this run; writes the corner of G. The plan goes
    /// to
    /// the standard error stream.
    /// </summary>
    public static void Run(string[] args)
    {
        int examples = Number(args[1]), threads = Number(args[2]), repetitions = Number(args[3]);
        NativeRuntime.UseThreads(1);
        double rate = Dgemm.Rate(threads);
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = GramNets.Jacobian(args[0], examples);
        JacobianOperator jacobian = new(source, threads);
        GramPlan plan = jacobian.PlanGram();
        foreach (GramLayerPlan layer in plan.Layers)
            Console.Error.WriteLine(layer);
        List<double> seconds = [], busy = [], factors = [];
        for (int i = 0; i < repetitions; i++)
        {
            FactorClock clock = new();
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            Stopwatch watch = Stopwatch.StartNew();
            using GramMatrix gram = jacobian.Gram(new GramOptions { Threads = threads, Progress = clock });
            seconds.Add(watch.Elapsed.TotalSeconds);
            busy.Add((Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
            factors.Add((clock.FactorsEnd - cpu).TotalSeconds);
            if (i == 0 && args.Length > 4)
                WriteCorner(gram, args[4]);
        }

        double peak = PeakMebibytes();
        // The check holds all factors of a chunk and costs little; a second matrix in memory would raise the peak.
        using GramMatrix last = jacobian.Gram();
        double discrepancy = jacobian.Discrepancy(last, 1);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ours {args[0]} {source.Rows} {Median(seconds):F4} {peak:F0} {Median(busy):F4} {Median(factors):F4} {plan.Flops / rate:F4} {discrepancy:E1}"));
    }

    /// <summary>VmHWM of this process.</summary>
    private static double PeakMebibytes() =>
        double.Parse(
            File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split([':', 'k'], StringSplitOptions.TrimEntries)[1],
            CultureInfo.InvariantCulture) / 1024;

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void WriteCorner(GramMatrix gram, string path)
    {
        long side = Math.Min(CornerSide, gram.Order);
        double[] corner = [.. Enumerable.Range(0, (int)(side * side)).Select(at => gram[at / side, at % side])];
        File.WriteAllBytes(path, NpyArray.Of(corner, side, side).ToBytes());
    }

    private static int Number(string argument) => int.Parse(argument, CultureInfo.InvariantCulture);
}

/// <summary>Notes the processor time at which the last chunk of examples was differentiated.</summary>
internal sealed class FactorClock : IProgress<GramProgress>
{
    public TimeSpan FactorsEnd { get; private set; }

    public void Report(GramProgress value)
    {
        if (value.Stage == "factors" && value.Done == value.Total)
            FactorsEnd = Environment.CpuUsage.TotalTime;
    }
}
