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
    private const int Vectors = 10;

    /// <summary>Prints a Markdown table's line for each order with one and with two threads; medians.</summary>
    /// <param name="args">Repetitions, whether libtorch's eigenvectors are timed too (<c>vectors</c> or <c>values</c>),
    /// then orders.</param>
    public static void Run(string[] args)
    {
        int repetitions = int.Parse(args[0], CultureInfo.InvariantCulture);
        NativeRuntime.UseThreads(1);
        foreach (int order in args.Skip(2).Select(text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            double[] elements = Gram(order);
            foreach (int threads in new[] { 1, 2 })
                Compare(elements, order, threads, repetitions, args[1] == "vectors");
        }
    }

    private static void Compare(double[] elements, int order, int threads, int repetitions, bool withVectors)
    {
        using IDisposable scope = NewDisposeScope();
        set_num_threads(threads);
        Tensor matrix = frombuffer(elements, ScalarType.Float64).view(order, order);
        using AlignedMatrix vectors = new(order, Vectors);
        new RandomStream(2, "bench/vectors").FillNormal(new Span<double>(vectors.Pointer, order * Vectors));
        Timing ours = new(), values = new(), full = new();
        SortedDictionary<string, Timing> stages = [];
        double distance = 0;
        for (int i = 0; i < repetitions; i++)
        {
            using IDisposable inner = NewDisposeScope();
            using AlignedMatrix copy = Copy(elements, order);
            EigenSettings settings = new(threads)
            {
                Stage = (stage, time) =>
                    (stages.TryGetValue(stage, out Timing? seen) ? seen : stages[stage] = new()).Add(time, default),
            };
            SymmetricEigen? eigen = null;
            ours.Measure(() => eigen = SymmetricEigen.Solve(copy.Pointer, order, order, vectors, settings));
            Tensor? reference = null;
            values.Measure(() => reference = linalg.eigvalsh(matrix));
            double[] expected = reference!.flip(0).data<double>().ToArray();
            distance = eigen!.Values.Select((value, s) => Math.Abs(value - expected[s])).Max()
                / Math.Sqrt(expected.Sum(value => value * value)) / UnitRoundoff.Float64;
            eigen.Dispose();
            if (withVectors)
                full.Measure(() => linalg.eigh(matrix));
        }

        string split = string.Join(" + ", new[] { "dense to band", "band to tridiagonal", "tridiagonal" }
            .Select(stage => stages[stage].Wall.ToString("F2", CultureInfo.InvariantCulture)));
        string eigh = withVectors ? full.Wall.ToString("F2", CultureInfo.InvariantCulture) : "-";
        Console.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"| {order} | {threads} | {ours.Wall:F2} | {split} | {values.Wall:F2} | {eigh} | {ours.Wall / values.Wall:F2} |"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $" {ours.Cpu:F2} | {values.Cpu:F2} | {ours.Cpu / values.Cpu:F2} | {distance:F1} |"));
    }

    /// <summary>A Gram matrix with a decaying spectrum: X diag(s)^2 X^T with uniform X and s from 1 to 1e-4.</summary>
    private static double[] Gram(int order)
    {
        using IDisposable scope = NewDisposeScope();
        double[] uniform = new double[order * order];
        uint state = 12345;
        for (int i = 0; i < uniform.Length; i++)
        {
            // A short generator: good enough for timing, and quick.
            state = (state * 1664525) + 1013904223;
            uniform[i] = (state / 4294967296.0) - 0.5;
        }

        Tensor scale = logspace(0, -4, order, dtype: ScalarType.Float64);
        Tensor x = frombuffer(uniform, ScalarType.Float64).view(order, order) * scale;
        return x.mm(x.t()).data<double>().ToArray();
    }

    private static AlignedMatrix Copy(double[] elements, int order)
    {
        AlignedMatrix copy = new(order, order);
        for (int row = 0; row < order; row++)
            elements.AsSpan(row * order, order).CopyTo(new Span<double>(copy.Row(row), order));
        return copy;
    }

    private sealed class Timing
    {
        private readonly List<double> _wall = [];
        private readonly List<double> _cpu = [];

        public double Wall => Median(_wall);

        public double Cpu => Median(_cpu);

        public void Add(TimeSpan wall, TimeSpan cpu)
        {
            _wall.Add(wall.TotalSeconds);
            _cpu.Add(cpu.TotalSeconds);
        }

        public void Measure(Action work)
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            work();
            Add(Stopwatch.GetElapsedTime(start), Environment.CpuUsage.TotalTime - before);
        }

        private static double Median(List<double> times)
        {
            double[] sorted = [.. times.Order()];
            return 0.5 * (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]);
        }
    }
}
