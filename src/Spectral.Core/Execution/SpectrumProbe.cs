using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Takes times of what spectra are made of.</summary>
/// <param name="cores">The machine's cores.</param>
/// <param name="progress">Told what is measured.</param>
/// <param name="cancellation">Asks to stop.</param>
internal sealed class SpectrumProbe(int cores, IProgress<string> progress, CancellationToken cancellation)
{
    private const int Repeats = 2, Often = 5, Vectors = 11;

    /// <summary>SVD of a square with left vectors and projections, flop/s.</summary>
    public ThreadedRate Factorizations(int order)
    {
        progress.Report(FormattableString.Invariant($"singular values of order {order}"));
        return Threaded(threads => SpectrumCost.DirectFlops(order, order) / Decompose(order, order, threads));
    }

    /// <summary>QR of a Jacobian's longer side, flop/s.</summary>
    public ThreadedRate TallFactorizations(ThreadedRate squares)
    {
        progress.Report("orthogonal factors");
        const int rows = 240, columns = 60_000;
        double flops = SpectrumCost.TallFlops(rows, columns);
        return Threaded(threads => flops / Probe.Rest(
            Decompose(rows, columns, threads),
            SpectrumCost.SquareFlops(rows) / squares.With(threads, cores)));
    }

    /// <summary>Elements of an explicit Jacobian a second.</summary>
    public ThreadedRate FormedElements()
    {
        progress.Report("an explicit Jacobian");
        ProbeNetwork network = ProbeNetwork.Dense(784, 128, 1, 10);
        const int examples = 24;
        RunPlan plan = network.Plan(examples, examples, 1, 1);
        double elements = (double)examples * network.Outputs * network.Layout.ColumnCount(plan);
        return Threaded(threads =>
        {
            NativeRuntime.UseThreads(threads);
            using IDisposable scope = NewDisposeScope();
            ImmutableArray<Tensor> weights = network.Weights(ScalarType.Float64);
            Tensor inputs = network.Examples(examples, ScalarType.Float64).Inputs;
            return elements / Probe.Seconds(Often, () =>
            {
                using IDisposable own = NewDisposeScope();
                _ = CheckpointJacobian.Form(plan, network.Layout, weights, inputs);
            });
        });
    }

    /// <summary>Passes in binary64 to form rows of a Jacobian, flop/s, and seconds of one call on one chunk.</summary>
    public (double Flops, double CallSeconds) Rows()
    {
        progress.Report("rows of a Jacobian");
        ProbeNetwork deep = ProbeNetwork.Dense(16, 16, 6, 3), wide = ProbeNetwork.Convolutions(8, 28, 4);
        double call = Form(deep, 400) / SpectrumCost.RowCalls(deep.Layout, 400, deep.Outputs);
        double flops = SpectrumCost.RowFlops(wide.Layout, 48, wide.Outputs);
        return (flops / Probe.Rest(Form(wide, 48), call * SpectrumCost.RowCalls(wide.Layout, 48, wide.Outputs)), call);
    }

    /// <summary>A Gram matrix, flop/s, the passes over the examples left out.</summary>
    /// <param name="rows">What <see cref="Rows"/> gave.</param>
    public double Gram(double rows)
    {
        progress.Report("a Gram matrix");
        ProbeNetwork network = ProbeNetwork.Dense(8, 4096, 1, 10);
        const int examples = 120;
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = new(Source(network, examples), cores);
        return jacobian.PlanGram().Flops / Probe.Rest(
            Probe.Seconds(Repeats, () => jacobian.Gram(new GramOptions { Threads = cores }, cancellation).Dispose()),
            SpectrumCost.RowFlops(network.Layout, examples, network.Outputs) / rows);
    }

    /// <summary>All eigenvalues and projections, and leading vectors, flop/s.</summary>
    public unsafe (double Values, double Leading) Eigenvalues(int order)
    {
        progress.Report(FormattableString.Invariant($"eigenvalues of order {order}"));
        const int rank = 40;
        using IDisposable scope = NewDisposeScope();
        Tensor factor = randn(order, order, ScalarType.Float64);
        using AlignedMatrix gram = AlignedMatrix.Of(factor.mm(factor.t()));
        using AlignedMatrix vectors = AlignedMatrix.Of(randn(order, Vectors, ScalarType.Float64));
        EigenSettings settings = new(cores, Cancellation: cancellation);
        GramSpectrum? found = null;
        double values = Probe.Seconds(
            1, () => found = GramSpectrum.Decompose(gram.Pointer, order, order, order, vectors, settings));
        using GramSpectrum spectrum = found!;
        double leading = Probe.Seconds(1, () => spectrum.LeadingVectors(rank, settings).LeftVectors.Dispose());
        return (SpectrumCost.EigenFlops(order) / values, SpectrumCost.LeadingFlops(order, rank) / leading);
    }

    /// <summary>The largest singular values by block Krylov over rows that are there, flop/s.</summary>
    /// <param name="rows">What <see cref="Rows"/> gave.</param>
    public double Krylov((double Flops, double CallSeconds) rows)
    {
        progress.Report("the largest singular values");
        ProbeNetwork network = ProbeNetwork.Dense(64, 64, 1, 10);
        const int examples = 240, top = 40;
        using IDisposable scope = NewDisposeScope();
        NetworkRowTiles tiles = Tiles(network, examples);
        TopSpectrum? found = null;
        double seconds = Probe.Seconds(1, () =>
        {
            using WorkerTeam team = new(cores);
            using RowTileOperator matrix = new(tiles);
            found = BlockKrylov.Compute(
                matrix, KrylovSettings.For(top, 1), team, new IgnoredPasses(), cancellation);
        });
        int passes = found!.Passes;
        double forming = passes * ((tiles.FormingFlops / rows.Flops)
            + (rows.CallSeconds * SpectrumCost.RowCalls(network.Layout, examples, network.Outputs)));
        return SpectrumCost.KrylovFlops(tiles.Rows, tiles.Columns, top, passes) / Probe.Rest(seconds, forming);
    }

    private ThreadedRate Threaded(Func<int, double> rate)
    {
        double one = rate(1);
        return new ThreadedRate(one, cores == 1 ? one : rate(cores));
    }

    private double Decompose(int rows, int columns, int threads)
    {
        cancellation.ThrowIfCancellationRequested();
        NativeRuntime.UseThreads(threads);
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = randn(rows, columns, ScalarType.Float64), vectors = randn(rows, Vectors, ScalarType.Float64);
        return Probe.Seconds(rows < MachineRates.LargeOrder ? Often : Repeats, () =>
        {
            using IDisposable own = NewDisposeScope();
            _ = DirectSpectrum.Decompose(jacobian, vectors);
        });
    }

    /// <summary>Seconds of forming all rows once.</summary>
    private double Form(ProbeNetwork network, int examples)
    {
        using IDisposable scope = NewDisposeScope();
        NetworkRowTiles tiles = Tiles(network, examples);
        int chunks = (tiles.Rows + tiles.ChunkRows - 1) / tiles.ChunkRows;
        using AlignedMatrix rows = AlignedMatrix.Unset((long)chunks * tiles.ChunkRows, tiles.Columns);
        using WorkerTeam team = new(cores);
        return Probe.Seconds(Repeats, () => Form(tiles, rows, team, chunks));
    }

    private unsafe void Form(NetworkRowTiles tiles, AlignedMatrix rows, WorkerTeam team, int chunks) => team.Run(
        chunks,
        chunk => tiles.Form(chunk, rows.Row((long)chunk * tiles.ChunkRows), tiles.Columns),
        cancellation);

    private static NetworkRowTiles Tiles(ProbeNetwork network, int examples) => new(
        network.Layout,
        network.Weights(ScalarType.Float64),
        network.Examples(examples, ScalarType.Float64).Inputs,
        network.Outputs,
        network.Layout.Columns(network.Plan(examples, examples, 1, 1)));

    private static NetworkJacobian Source(ProbeNetwork network, int examples) => new(
        network.Layout,
        network.Weights(ScalarType.Float64),
        network.Examples(examples, ScalarType.Float64).Inputs,
        network.Layout.Columns(network.Plan(examples, examples, 1, 1)));

    /// <summary>Nobody listens.</summary>
    private sealed class IgnoredPasses : IProgress<KrylovProgress>
    {
        public void Report(KrylovProgress value)
        {
        }
    }
}
