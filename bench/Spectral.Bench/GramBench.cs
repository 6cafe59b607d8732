using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>Times Gram matrices: <c>gram NET N THREADS REPETITIONS [SAMPLE.npy]</c>.</summary>
internal static class GramBench
{
    /// <summary>
    /// Prints "net nK threads seconds peak-MiB GFLOP/s planned-GFLOP discrepancy" with the best dgemm rate of this run;
    /// writes the top left corner of G, at most 200 x 200, for comparison with the peers'.
    /// </summary>
    public static void Run(string[] args)
    {
        string name = args[0];
        int examples = Number(args[1]), threads = Number(args[2]), repetitions = Number(args[3]);
        NativeRuntime.UseThreads(1);
        double rate = Dgemm.Rate(threads);
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = GramNets.Jacobian(name, examples);
        JacobianOperator jacobian = new(source, threads);
        GramPlan plan = jacobian.PlanGram();
        if (args.Contains("plan"))
        {
            foreach (GramLayerPlan layer in plan.Layers)
                Console.Error.WriteLine(layer);
        }

        double before = PeakMegabytes();
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
        }

        double peak = PeakMegabytes();
        using GramMatrix last = jacobian.Gram();
        if (args.Length > 4 && args[4].EndsWith(".npy", StringComparison.Ordinal))
            WriteCorner(last, args[4]);
        double error = examples <= 512 ? jacobian.Discrepancy(last, 1) : double.NaN;
        foreach (List<double> times in (List<double>[])[seconds, busy, factors])
            times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name} {source.Rows} {threads} {seconds[repetitions / 2]:F4} {peak:F0} {rate / 1e9:F1} {plan.Flops / 1e9:F3} {error:E1} {before:F0} {seconds[0]:F4} cpu {busy[repetitions / 2]:F4} {busy[0]:F4} factors {factors[repetitions / 2]:F4}"));
    }

    /// <summary>VmHWM of this process.</summary>
    private static double PeakMegabytes() =>
        double.Parse(
            File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
                .Split([':', 'k'], StringSplitOptions.TrimEntries)[1],
            CultureInfo.InvariantCulture) / 1024;

    private static void WriteCorner(GramMatrix gram, string path)
    {
        long side = Math.Min(200, gram.Order);
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
