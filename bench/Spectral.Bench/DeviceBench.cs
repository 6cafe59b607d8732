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

    /// <summary>Time of the Gram matrix, and of its eigenvalues where they are asked for; the corner goes to a file.</summary>
    public static void Gram(string device, string net, int examples, string precision, int repetitions, bool eigen, string? corner)
    {
        ComputeDevice chosen = Open(device);
        using IDisposable scope = NewDisposeScope();
        ScalarType type = Type(precision);
        NetworkJacobian source = GramNets.OnDevice(net, examples, type, chosen);
        DeviceTiling tiling = Tiling(source, type, chosen);
        DeviceGram matrix = new(source, tiling, Told);
        List<double> seconds = [];
        double decomposing = double.NaN, floor = double.NaN, largest = double.NaN;
        for (int i = 0; i < repetitions; i++)
        {
            using IDisposable inner = NewDisposeScope();
            Synchronize(chosen);
            Stopwatch watch = Stopwatch.StartNew();
            Tensor gram = matrix.Compute(new Progress<double>(), CancellationToken.None);
            Synchronize(chosen);
            seconds.Add(watch.Elapsed.TotalSeconds);
            if (i == 0 && corner is not null)
                Write(gram, corner);
            if (!eigen || i + 1 < repetitions)
                continue;
            using AlignedMatrix vectors = new(source.Rows, 1);
            watch.Restart();
            using DeviceSpectrum spectrum = DeviceSpectrum.Decompose(gram, type, source.Shapes.Sum(block => block.Columns), vectors);
            (decomposing, floor, largest) = (watch.Elapsed.TotalSeconds, spectrum.Spectrum.TrustFloor, spectrum.Spectrum.Largest);
        }

        double best = seconds.Min();
        Print($"ours {net} {source.Rows} {Name(type)} {best:G4} {matrix.Flops:G4} {matrix.Flops / best / 1e12:G4} {decomposing:G4} {largest:G6} {floor:G3} {tiling.ChunkExamples} {tiling.TileExamples}");
    }

    /// <summary>The largest singular values by block Krylov over rows formed on the device.</summary>
    public static void Top(string device, string net, int examples, int count)
    {
        ComputeDevice chosen = Open(device);
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = GramNets.OnDevice(net, examples, ScalarType.Float64, chosen);
        DeviceRowOperator matrix = new(source, Tiling(source, ScalarType.Float64, chosen));
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
            DeviceFlags.MakeStrict();
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

    private static ScalarType Type(string name) => name == "float32" ? ScalarType.Float32 : ScalarType.Float64;

    private static string Name(ScalarType type) => type == ScalarType.Float32 ? "float32" : "float64";

    private static void Told(string message) => Console.Error.WriteLine(message);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
