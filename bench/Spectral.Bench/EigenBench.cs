using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>The eigenvalue stage against libtorch's own solvers on the same matrix, in turn within one run.</summary>
internal static unsafe class EigenBench
{
    /// <summary>Prints one line of a Markdown table for each order and number of threads.</summary>
    /// <param name="args">Repetitions, then orders.</param>
    public static void Run(string[] args)
    {
        int repetitions = int.Parse(args[0], CultureInfo.InvariantCulture);
        NativeRuntime.UseThreads(1);
        foreach (int order in args.Skip(1).Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            foreach (int threads in new[] { 1, 2 })
                Compare(order, threads, repetitions);
        }
    }

    private static void Compare(int order, int threads, int repetitions)
    {
        using IDisposable scope = NewDisposeScope();
        set_num_threads(threads);
        double[] elements = Gram(order);
        Tensor matrix = frombuffer(elements, ScalarType.Float64).view(order, order);
        using AlignedMatrix vectors = new(order, 10);
        new RandomStream(2, "bench/vectors").FillNormal(new Span<double>(vectors.Pointer, order * 10));
        List<double> ours = [], theirs = [], full = [];
        Dictionary<string, List<double>> stages = [];
        double distance = 0;
        for (int i = 0; i < repetitions; i++)
        {
            using IDisposable inner = NewDisposeScope();
            using AlignedMatrix copy = new(order, order);
            for (int row = 0; row < order; row++)
                elements.AsSpan(row * order, order).CopyTo(new Span<double>(copy.Row(row), order));
            double[] values = [];
            ours.Add(Seconds(() =>
            {
                EigenSettings settings = new(threads)
                {
                    Stage = (stage, time) =>
                        (stages.TryGetValue(stage, out List<double>? seen) ? seen : stages[stage] = []).Add(time.TotalSeconds),
                };
                if (Environment.GetEnvironmentVariable("WIDTH") is { } width)
                    settings = settings with { Width = int.Parse(width, CultureInfo.InvariantCulture) };
                using SymmetricEigen eigen = SymmetricEigen.Solve(copy.Pointer, order, order, vectors, settings);
                values = [.. eigen.Values];
            }));
            Tensor reference = empty(0);
            theirs.Add(Seconds(() => reference = linalg.eigvalsh(matrix)));
            double[] expected = reference.data<double>().ToArray();
            distance = values.Select((value, s) => Math.Abs(value - expected[order - 1 - s])).Max() / expected[^1];
            if (order <= 4000)
                full.Add(Seconds(() => linalg.eigh(matrix)));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {order} | {threads} | {Median(ours):F2} | {string.Join(" + ", stages.Values.Select(times => $"{Median(times):F2}"))} | {Median(theirs):F2} | {(full.Count > 0 ? $"{Median(full):F2}" : "-")} | {Median(ours) / Median(theirs):F2} | {distance / UnitRoundoff.Float64:F1} |"));
    }

    /// <summary>A Gram matrix with a decaying spectrum: X diag(s) X^T / N with X normal and s from 1 to 1e-8.</summary>
    private static double[] Gram(int order)
    {
        using IDisposable scope = NewDisposeScope();
        double[] normal = new double[order * order];
        uint state = 12345;
        for (int i = 0; i < normal.Length; i++)
        {
            // Fast and good enough for timing.
            state = (state * 1664525) + 1013904223;
            normal[i] = (state / 4294967296.0) - 0.5;
        }

        Tensor x = tensor(normal, [order, order]);
        Tensor scale = logspace(0, -4, order, dtype: ScalarType.Float64);
        Tensor scaled = x.mul_(scale);
        return scaled.mm(scaled.t()).div_(order).data<double>().ToArray();
    }

    private static double Seconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double Median(List<double> times)
    {
        double[] sorted = [.. times.Order()];
        return 0.5 * (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]);
    }
}
