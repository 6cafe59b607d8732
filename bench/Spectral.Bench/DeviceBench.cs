using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>Ours on any device, for <c>gpu.sh</c>: each verb prints one row of a table, figures to three digits.</summary>
internal static class DeviceBench
{
    /// <summary>Rows and columns of the corner that is compared with the peer's.</summary>
    private const long CornerSide = 200;

    /// <summary>
    /// Each network's Gram matrix against the CPU's engine, in float64 and float32, and its spectrum, in one process: a
    /// GPU takes seconds to open. What fails is a row of its own.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="cases">NET:EXAMPLES.</param>
    public static void CheckAll(string device, IEnumerable<string> cases)
    {
        ComputeDevice chosen = Open(device);
        foreach (string[] parts in cases.Select(text => text.Split(':')))
        {
            try
            {
                Check(chosen, parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Print($"| {parts[0]} | | | | | | | FAILED: {failure.Message.Split('\n')[0].Replace('|', '/')} |");
            }
        }
    }

    private static void Check(ComputeDevice chosen, string net, int examples)
    {
        using IDisposable scope = NewDisposeScope();
        using GramMatrix engine = new JacobianOperator(GramNets.Jacobian(net, examples), Environment.ProcessorCount).Gram();
        Tensor expected = engine.ToTensor();
        double size = expected.abs().max().item<double>();
        foreach ((ScalarType type, double allowed) in (ReadOnlySpan<(ScalarType, double)>)[(ScalarType.Float64, 1e-10), (ScalarType.Float32, 1e-3)])
        {
            NetworkJacobian source = GramNets.OnDevice(net, examples, type, chosen);
            DeviceGram matrix = new(source, Tiling(source, type, chosen), Told);
            Tensor gram = matrix.Compute(new Progress<double>(), CancellationToken.None);
            double apart = (gram.cpu() - expected).abs().max().item<double>() / size;
            double second = matrix.Discrepancy(gram, 1, CancellationToken.None);
            using AlignedMatrix vectors = new(source.Rows, 1);
            using DeviceSpectrum spectrum = DeviceSpectrum.Decompose(gram, type, source.Shapes.Sum(block => block.Columns), vectors);
            double[] values = linalg.eigvalsh(expected).data<double>().ToArray();
            double sigma = Math.Abs(spectrum.Spectrum.Largest - Math.Sqrt(values[^1])) / Math.Sqrt(values[^1]);
            string ways = string.Join("+", matrix.Methods.Select(way => way.Method).Distinct());
            Print($"| {net} | {source.Rows} | {Name(type)} | {ways} | {apart:0.0e0} | {second:0.0e0} | {sigma:0.0e0} | {(apart <= allowed ? "ok" : "FAR")} |");
        }
    }

    /// <summary>
    /// For each case the time of the Gram matrix in float64 and float32, of forming all factors alone, and of the eigenvalues;
    /// one process for all, for a GPU takes seconds to open. The corner of each goes to a file.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <param name="corners">The folder of the corners.</param>
    /// <param name="cases">NET:EXAMPLES:REPETITIONS.</param>
    public static void GramAll(string device, string corners, IEnumerable<string> cases)
    {
        ComputeDevice chosen = Open(device);
        foreach (string[] parts in cases.Select(text => text.Split(':')))
        {
            try
            {
                int repetitions = int.Parse(parts[2], CultureInfo.InvariantCulture);
                Gram(chosen, parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture), repetitions, corners);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Console.Error.WriteLine($"{string.Join(':', parts)}: {failure}");
                Print($"failed {parts[0]} {failure.Message.Split('\n')[0]}");
            }
        }
    }

    private static void Gram(ComputeDevice chosen, string net, int examples, int repetitions, string corners)
    {
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = GramNets.OnDevice(net, examples, ScalarType.Float64, chosen);
        DeviceTiling tiling = Tiling(source, ScalarType.Float64, chosen);
        DeviceGram matrix = new(source, tiling, Told);
        double decomposing = double.NaN, largest = double.NaN, best = Fastest(matrix, chosen, repetitions, last =>
        {
            Write(last, Path.Combine(corners, FormattableString.Invariant($"{net}-{examples}.npy")));
            using AlignedMatrix vectors = new(source.Rows, 1);
            Stopwatch watch = Stopwatch.StartNew();
            using DeviceSpectrum spectrum = DeviceSpectrum.Decompose(
                last, ScalarType.Float64, source.Shapes.Sum(block => block.Columns), vectors);
            (decomposing, largest) = (watch.Elapsed.TotalSeconds, spectrum.Spectrum.Largest);
        });
        double forming = Forming(source, tiling, chosen);
        NetworkJacobian narrow = GramNets.OnDevice(net, examples, ScalarType.Float32, chosen);
        double best32 = Fastest(
            new DeviceGram(narrow, Tiling(narrow, ScalarType.Float32, chosen), Told), chosen, repetitions, _ => { });
        // Half of the symmetric matrix and no more: the least that the plan's ways can do.
        double least = matrix.Flops / (1 + Math.Min(1, (double)tiling.TileExamples / source.Examples));
        Print($"ours {net} {source.Rows} {best:G4} {least:G4} {least / best / 1e12:G4} {forming:G3} {decomposing:G4} {best32:G4} {largest:G6} {tiling.ChunkExamples} {tiling.TileExamples}");
    }

    /// <summary>The fastest of some repetitions after one that warms the device up, seconds; the last matrix is handed on.</summary>
    private static double Fastest(DeviceGram matrix, ComputeDevice device, int repetitions, Action<Tensor> last)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i <= repetitions; i++)
        {
            using IDisposable inner = NewDisposeScope();
            Synchronize(device);
            Stopwatch watch = Stopwatch.StartNew();
            Tensor gram = matrix.Compute(new Progress<double>(), CancellationToken.None);
            Synchronize(device);
            if (i > 0)
                best = Math.Min(best, watch.Elapsed.TotalSeconds);
            if (i == repetitions)
                last(gram);
        }

        return best;
    }

    /// <summary>The time in which the factors of all examples are formed and dropped: what is not matrix products.</summary>
    private static double Forming(NetworkJacobian source, DeviceTiling tiling, ComputeDevice device)
    {
        Synchronize(device);
        Stopwatch watch = Stopwatch.StartNew();
        int[] layers = [.. Enumerable.Range(0, source.Layers.Length)];
        for (long first = 0; first < source.Examples; first += tiling.ChunkExamples)
        {
            using IDisposable inner = NewDisposeScope();
            source.Factors(first, Math.Min(tiling.ChunkExamples, source.Examples - first), layers);
        }

        Synchronize(device);
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Where the time of a Jacobian's rows goes: the factors, and each layer's columns from them.</summary>
    public static void Profile(string device, string net, int examples)
    {
        ComputeDevice chosen = Open(device);
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = GramNets.OnDevice(net, examples, ScalarType.Float64, chosen);
        int[] layers = [.. Enumerable.Range(0, source.Layers.Length)];
        Print($"profile {net} factors {1e3 * Best(() => source.Factors(0, examples, layers)[0].Factors[0], chosen):G4} ms");
        ImmutableArray<FactorBlock> blocks = source.Factors(0, examples, layers);
        using IDisposable graphless = no_grad();
        foreach ((FactorBlock block, string layer) in blocks.Zip(source.Layers))
            Print($"profile {net} {layer} {block.Columns} columns {1e3 * Best(block.Explicit, chosen):G4} ms");
    }

    /// <summary>Microseconds of single operations on small tensors, issued one after the other: what launching them costs.</summary>
    public static void Launches(string device)
    {
        ComputeDevice chosen = Open(device);
        using IDisposable scope = NewDisposeScope();
        Tensor input = rand([128, 64], ScalarType.Float32, chosen.ToTorch()), one = rand([64, 64], ScalarType.Float32, chosen.ToTorch(), requires_grad: true);
        Tensor bias = rand(64, ScalarType.Float32, chosen.ToTorch(), requires_grad: true), order = arange(128, ScalarType.Int64).to(chosen.ToTorch());
        Tensor sum = zeros([128, 64], ScalarType.Float32, chosen.ToTorch()), flat = zeros(4160, ScalarType.Float32, chosen.ToTorch());
        Time("add_", () => sum.add_(input));
        Time("relu", () => nn.functional.relu(input));
        Time("index_select", () => input.index_select(0, order));
        Time("linear, no graph", () =>
        {
            using IDisposable graphless = no_grad();
            return nn.functional.linear(input, one, bias);
        });
        Time("linear", () => nn.functional.linear(input, one, bias));
        Time("narrow", () => input.narrow(0, 0, 64));
        Time("cat of two", () => cat([one.detach().reshape(-1), bias.detach()], 0));
        Time("linear and its gradients", () =>
        {
            Tensor output = nn.functional.linear(input, one, bias);
            return autograd.grad([output], [one, bias], [input], allow_unused: true)[0];
        });
        Time("sum", () => input.sum());

        void Time(string name, Func<Tensor> work)
        {
            Run(500);
            Synchronize(chosen);
            Stopwatch watch = Stopwatch.StartNew();
            Run(2000);
            double issued = watch.Elapsed.TotalMicroseconds / 2000;
            Synchronize(chosen);
            Print($"launch {name}: {issued:F1} us issued, {watch.Elapsed.TotalMicroseconds / 2000:F1} us done");

            void Run(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    using IDisposable inner = NewDisposeScope();
                    work();
                }
            }
        }
    }

    /// <summary>The largest singular values by block Krylov over rows formed on the device.</summary>
    public static void Top(string device, string net, int examples, int count)
    {
        ComputeDevice chosen = Open(device);
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = GramNets.OnDevice(net, examples, ScalarType.Float64, chosen);
        using DeviceRowOperator matrix = new(source, Tiling(source, ScalarType.Float64, chosen), Told);
        using WorkerTeam team = new(Environment.ProcessorCount);
        Stopwatch watch = Stopwatch.StartNew();
        TopSpectrum top = BlockKrylov.Compute(
            matrix, KrylovSettings.For(count, 1), team, new Progress<KrylovProgress>(), CancellationToken.None);
        double seconds = watch.Elapsed.TotalSeconds, worst = Enumerable.Range(0, top.Values.Length)
            .Max(s => top.Residuals[s] / (top.Values[s] * top.Values[s]));
        Print($"top {net} {source.Rows} {count} {seconds:G4} {top.Passes} {worst:0.0e0} {top.Values[0]:G6} {top.Values[^1]:G6} {top.OrthogonalizationTime.TotalSeconds:G3} {top.IsConverged}");
    }

    /// <summary>What the device does at best: a copy, and square matrix products, through the same libtorch.</summary>
    public static void Limits(string device, int order)
    {
        ComputeDevice chosen = Open(device);
        using IDisposable scope = NewDisposeScope();
        Tensor from = ones([(long)order * order], ScalarType.Float64, chosen.ToTorch()), to = empty_like(from);
        double copy = Best(() => to.copy_(from), chosen);
        Print($"limit copy {2.0 * sizeof(double) * order * order / copy / 1e9:G4} GB/s");
        foreach (ScalarType type in (ReadOnlySpan<ScalarType>)[ScalarType.Float64, ScalarType.Float32])
        {
            Tensor left = rand([order, order], type, chosen.ToTorch()), right = rand([order, order], type, chosen.ToTorch());
            double product = Best(() => left.mm(right), chosen);
            Print($"limit {Name(type)} {2.0 * order * order * order / product / 1e12:G4} Tflop/s");
        }
    }

    /// <summary>Opens a device, with the switches of a run.</summary>
    internal static ComputeDevice Open(string device)
    {
        NativeRuntime.UseThreads(Environment.ProcessorCount);
        ComputeDevice chosen = ComputeDevice.Resolve(device);
        if (chosen != ComputeDevice.Cpu)
        {
            DeviceFlags.MakeStrict();
            DeviceFlags.Open(chosen);
        }

        return chosen;
    }

    /// <summary>Waits until the device has done all that it was given.</summary>
    internal static void Synchronize(ComputeDevice device)
    {
        if (device != ComputeDevice.Cpu)
            cuda.synchronize(device.ToTorch());
    }

    private static double Best(Func<Tensor> work, ComputeDevice device)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < 5; i++)
        {
            using IDisposable inner = NewDisposeScope();
            Synchronize(device);
            Stopwatch watch = Stopwatch.StartNew();
            _ = work();
            Synchronize(device);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return best;
    }

    private static DeviceTiling Tiling(NetworkJacobian source, ScalarType type, ComputeDevice device) =>
        DeviceTiling.For(source, type == ScalarType.Float32 ? 4 : 8, device.Memory());

    private static void Write(Tensor gram, string path)
    {
        long side = Math.Min(CornerSide, gram.shape[0]);
        double[] corner = gram.narrow(0, 0, side).narrow(1, 0, side).contiguous().cpu().data<double>().ToArray();
        File.WriteAllBytes(path, NpyArray.Of(corner, side, side).ToBytes());
    }

    private static string Name(ScalarType type) => type == ScalarType.Float32 ? "float32" : "float64";

    private static void Told(string message) => Console.Error.WriteLine(message);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
