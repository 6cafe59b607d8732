using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Takes times of what spectra on a device are made of.</summary>
/// <param name="device">The device.</param>
/// <param name="clock">Its clock.</param>
/// <param name="sizes">How large the work is.</param>
/// <param name="progress">Told what is measured.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class DeviceSpectrumProbe(
    ComputeDevice device,
    DeviceClock clock,
    DeviceProbeSizes sizes,
    IProgress<string> progress,
    CancellationToken cancellation)
{
    private const int Repeats = 2, Vectors = 11, TallRows = 240, Chunk = 64;

    /// <summary>Seconds that the first spectrum of a Gram matrix takes longer than the next one.</summary>
    public double First()
    {
        Begin("the first spectrum");
        NetworkJacobian source = Source(ProbeNetwork.Residual(8), Chunk, ScalarType.Float64);
        DeviceTiling tiling = DeviceTiling.For(source, sizeof(double), device.Memory());
        return clock.First(() =>
        {
            DeviceGram matrix = new(source, tiling, Ignored);
            Tensor gram = matrix.Compute(new Progress<double>(), cancellation);
            _ = matrix.Discrepancy(gram, 1, cancellation);
            using AlignedMatrix vectors = AlignedMatrix.Of(randn(source.Rows, Vectors, ScalarType.Float64));
            DeviceSpectrum.Decompose(gram, ScalarType.Float64, source.Rows, vectors).Dispose();
        });
    }

    /// <summary>Products of large matrices, flop/s.</summary>
    public double Products(ScalarType type)
    {
        Begin($"products in {type}");
        double order = sizes.ProductOrder;
        Tensor matrix = randn(sizes.ProductOrder, sizes.ProductOrder, type, clock.Torch);
        return 2 * order * order * order / clock.Seconds(Repeats, () => matrix.mm(matrix));
    }

    /// <summary>Bytes on the device's memory bus, and from the host, a second.</summary>
    public (double Copied, double Transferred) Bytes()
    {
        Begin("copies");
        double bytes = sizeof(double) * (double)sizes.CopiedNumbers;
        Tensor here = ones(sizes.CopiedNumbers, ScalarType.Float64), there = here.to(clock.Torch, copy: true);
        Tensor other = empty_like(there);
        return (
            2 * bytes / clock.Seconds(Repeats, () => other.copy_(there)),
            bytes / clock.Seconds(Repeats, () => there.copy_(here)));
    }

    /// <summary>Seconds of one call on one chunk of examples, where factors are formed.</summary>
    public double RowCall()
    {
        Begin("factors of a Jacobian");
        ProbeNetwork deep = ProbeNetwork.Dense(16, 16, 6, 3);
        int examples = Math.Max(Chunk, sizes.RowExamples);
        return Form(deep, examples, Chunk, ScalarType.Float64)
            / DeviceRowCost.Calls(deep.Layout, examples, Chunk, deep.Outputs);
    }

    /// <summary>Convolutions where factors are formed, flop/s.</summary>
    public double Rows(ScalarType type)
    {
        Begin($"factors of a Jacobian in {type}");
        ProbeNetwork network = ProbeNetwork.Convolutions(DeviceRates.NarrowChannels, 28, 4);
        return SpectrumCost.RowFlops(network.Layout, sizes.RowExamples, network.Outputs)
            / Form(network, sizes.RowExamples, sizes.RowExamples, type);
    }

    /// <summary>All eigenvalues and eigenvectors, flop/s.</summary>
    public double Eigenvalues(int order)
    {
        Begin(FormattableString.Invariant($"eigenvalues of order {order}"));
        Tensor factor = randn(order, order, ScalarType.Float64, clock.Torch), gram = factor.mm(factor.t());
        using AlignedMatrix vectors = AlignedMatrix.Of(randn(order, Vectors, ScalarType.Float64));
        return DeviceSpectrumCost.EigenFlops(order) / clock.Seconds(
            1, () => DeviceSpectrum.Decompose(gram, ScalarType.Float64, order, vectors).Dispose());
    }

    /// <summary>SVD of a square, flop/s.</summary>
    public double Factorizations(int order)
    {
        Begin(FormattableString.Invariant($"singular values of order {order}"));
        return SpectrumCost.DirectFlops(order, order) / Decompose(order, order);
    }

    /// <summary>QR of a Jacobian's longer side, flop/s.</summary>
    /// <param name="squares">The rate of the SVD of a square of the shorter side's order.</param>
    public double TallFactorizations(double squares)
    {
        Begin("orthogonal factors");
        return SpectrumCost.TallFlops(TallRows, sizes.TallColumns) / Probe.Rest(
            Decompose(TallRows, sizes.TallColumns), SpectrumCost.SquareFlops(TallRows) / squares);
    }

    /// <summary>Random numbers of a Krylov method's first block that are drawn and reach the device, a second.</summary>
    public double DrawnNumbers()
    {
        Begin("random vectors");
        ProbeNetwork network = ProbeNetwork.Dense(64, 1024, 1, 10);
        NetworkJacobian source = Source(network, 1, ScalarType.Float64);
        KrylovSettings settings = KrylovSettings.For(1, 1);
        using WorkerTeam team = new(Environment.ProcessorCount);
        using DeviceRowOperator matrix = new(source, DeviceTiling.For(source, sizeof(double), device.Memory()), Ignored);
        using KrylovVectors vectors = matrix.Vectors(settings, team);
        double numbers = (double)settings.BlockSize * matrix.Order;
        return numbers / clock.Seconds(
            Repeats, () => vectors.FillRandom(new RandomStream(1, "krylov/start"), 0, settings.BlockSize));
    }

    /// <summary>Vectors in a block, and seconds of a pass of block Krylov beside what the other rates tell of it.</summary>
    /// <param name="known">The other rates.</param>
    public (double Block, double Seconds) Krylov(DeviceRates known)
    {
        Begin("the largest singular values");
        ProbeNetwork network = ProbeNetwork.Dense(64, 64, 1, 10);
        NetworkJacobian source = Source(network, sizes.KrylovExamples, ScalarType.Float64);
        DeviceTiling tiling = DeviceTiling.For(source, sizeof(double), device.Memory());
        KrylovSettings settings = KrylovSettings.For(sizes.KrylovTop, 1);
        TopSpectrum? found = null;
        double seconds = clock.Seconds(1, () =>
        {
            using WorkerTeam team = new(Environment.ProcessorCount);
            using DeviceRowOperator matrix = new(source, tiling, Ignored);
            found = BlockKrylov.Compute(matrix, settings, team, new Progress<KrylovProgress>(), cancellation);
        });
        double columns = source.Shapes.Sum(block => block.Columns);
        int passes = found!.Passes;
        double products = DeviceSpectrumCost.KrylovProductSeconds(source.Rows, columns, sizes.KrylovTop, passes, known);
        return (settings.BlockSize, Probe.Rest(seconds, products) / passes);
    }

    private void Begin(string what)
    {
        cancellation.ThrowIfCancellationRequested();
        progress.Report(what);
    }

    private double Decompose(int rows, int columns)
    {
        Tensor jacobian = randn(rows, columns, ScalarType.Float64, clock.Torch);
        Tensor vectors = randn(rows, Vectors, ScalarType.Float64, clock.Torch);
        return clock.Seconds(1, () => _ = DirectSpectrum.Decompose(jacobian, vectors));
    }

    /// <summary>Seconds of forming all layers' factors once.</summary>
    private double Form(ProbeNetwork network, int examples, int chunk, ScalarType type)
    {
        NetworkJacobian source = Source(network, examples, type);
        int[] layers = [.. Enumerable.Range(0, source.Layers.Length)];
        return clock.Seconds(Repeats, () =>
        {
            for (int first = 0; first < examples; first += chunk)
            {
                using IDisposable scope = NewDisposeScope();
                _ = source.Factors(first, Math.Min(chunk, examples - first), layers);
            }
        });
    }

    private NetworkJacobian Source(ProbeNetwork network, int examples, ScalarType type) => NetworkJacobian.OnDevice(
        network.Layout,
        network.Weights(type),
        network.Examples(examples, type).Inputs.to(clock.Torch),
        network.Layout.Columns(network.Plan(examples, examples, 1, 1)));

    private static void Ignored(string what)
    {
    }
}
