using System.Collections.Immutable;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// G = J J^T, the empirical NTK, by libtorch's operations on the device where the source's factors are: large matrix
/// products in tiles of rows, half of the symmetric matrix. Factors and products are in the factors' element type, sums over
/// the layers in binary64.
/// </summary>
/// <param name="source">The Jacobian; its factors lie on one device, in one element type.</param>
/// <param name="tiling">How much at once.</param>
/// <param name="told">Told, in a sentence, of tiles that were halved for want of memory.</param>
public sealed class DeviceGram(JacobianSource source, DeviceTiling tiling, Action<string> told)
{
    private readonly long _outputs = source.Outputs;

    /// <summary>The operations of all tiles: half of the symmetric matrix, and the half of a tile on its diagonal.</summary>
    public double Flops
    {
        get
        {
            using TermSet terms = Terms();
            double rows = source.Rows, extra = Math.Min(1, (double)tiling.TileExamples / source.Examples);
            return terms.All.Sum(term => rows * rows * term.PairFlops) / 2 * (1 + extra);
        }
    }

    /// <summary>Each layer with the ways in which its part is computed.</summary>
    public ImmutableArray<(string Layer, string Method)> Methods
    {
        get
        {
            using TermSet terms = Terms();
            return [.. terms.All.Select(term => (source.Layers[term.Layer], term.Method)).Distinct()];
        }
    }

    /// <summary>Computes G.</summary>
    /// <param name="progress">Told of the finished part, in [0, 1].</param>
    /// <param name="cancellation">Asked before each chunk and each tile.</param>
    /// <returns>
    /// G [nK, nK], binary64, symmetric to the bit, on the device; the caller's dispose scope's. Its rows may lie apart.
    /// </returns>
    /// <exception cref="ArgumentException">Something is not finite, or G overflows.</exception>
    public Tensor Compute(IProgress<double> progress, CancellationToken cancellation)
    {
        using IDisposable scope = NewDisposeScope();
        using IDisposable graphless = no_grad();
        Tensor like = source.Shapes[0].Factors[0];
        Tensor gram = zeros([source.Rows, Aligned(source.Rows)], ScalarType.Float64, like.device).narrow(1, 0, source.Rows);
        using TermSet terms = Terms();
        ImmutableArray<ImmutableArray<DeviceTerm>> passes = Passes(terms.All, like.dtype);
        DeviceHalving chunks = new(tiling.ChunkExamples, size => told(Halved("differentiated together", size)));
        DeviceHalving tiles = new(tiling.TileExamples, size => told(Halved("multiplied together", size)));
        for (int pass = 0; pass < passes.Length; pass++)
        {
            int done = pass;
            Keep(passes[pass], chunks, part => progress.Report((done + (part / 2)) / passes.Length), cancellation);
            foreach (DeviceTerm term in passes[pass])
            {
                tiles.Run(
                    source.Examples,
                    (first, count) => term.Add(RowsOf(gram, first, count, first + count), first, count, first + count),
                    cancellation);
                term.Dispose();
            }

            progress.Report((pass + 1.0) / passes.Length);
        }

        new DeviceHalving(tiling.TileExamples, _ => { }).Run(
            source.Examples, (first, count) => Mirror(gram, first, count), cancellation);
        return gram.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// ||G u - J (J^T u)|| / ||G u||, the largest of two random normal u, J and J^T by the layers' own products: what
    /// <see cref="JacobianOperator.Discrepancy"/> is on the CPU.
    /// </summary>
    /// <param name="gram">G, on the device.</param>
    /// <param name="seed">The seed of u's stream, <c>numerics/gram-check</c>.</param>
    /// <param name="cancellation">Asked before each chunk.</param>
    public double Discrepancy(Tensor gram, ulong seed, CancellationToken cancellation)
    {
        using IDisposable scope = NewDisposeScope();
        using IDisposable graphless = no_grad();
        Tensor like = source.Shapes[0].Factors[0];
        double[] draws = new double[checked(2 * source.Rows)];
        new RandomStream(seed, "numerics/gram-check").FillNormal(draws);
        Tensor probes = tensor(draws, source.Rows, 2).to(gram.device); // [nK, 2]
        long columns = source.Shapes.Sum(block => block.Columns);
        Tensor pulled = zeros([columns, 2], ScalarType.Float64, gram.device); // J^T u
        OverChunks((blocks, first, count) =>
        {
            Tensor rows = OfExamples(probes, first, count).to(like.dtype);
            pulled.PlusInPlace(cat([.. blocks.Select(block => block.TransposeTimes(rows))], dim: 0).to(ScalarType.Float64));
        });
        Tensor moved = zeros([source.Rows, 2], ScalarType.Float64, gram.device); // J J^T u
        Tensor narrow = pulled.to(like.dtype);
        OverChunks((blocks, first, count) =>
        {
            long column = 0;
            Tensor rows = OfExamples(moved, first, count);
            rows.zero_();
            foreach (FactorBlock block in blocks)
            {
                rows.PlusInPlace(block.Times(narrow.narrow(0, column, block.Columns)).to(ScalarType.Float64));
                column += block.Columns;
            }
        });
        Tensor byGram = gram.mm(probes);
        double[] apart = Norms(byGram - moved), whole = Norms(byGram);
        return apart.Zip(whole, (distance, size) => distance == 0 ? 0 : distance / size).Max();

        void OverChunks(Action<ImmutableArray<FactorBlock>, long, long> work)
        {
            int[] layers = [.. Enumerable.Range(0, source.Layers.Length)];
            // A sum over chunks may not be begun again: their size is one that was good for G.
            for (long first = 0; first < source.Examples; first += tiling.ChunkExamples)
            {
                cancellation.ThrowIfCancellationRequested();
                long count = Math.Min(tiling.ChunkExamples, source.Examples - first);
                using IDisposable inner = NewDisposeScope();
                work(Factors(first, count, layers), first, count);
            }
        }
    }

    /// <summary>
    /// The distance of rows that keeps each of them at a multiple of 32 bytes in either element type: cuBLAS has slower
    /// products, by a quarter on an H200, where rows lie otherwise.
    /// </summary>
    internal static long Aligned(long numbers) => (numbers + 7) / 8 * 8;

    private static double[] Norms(Tensor columns)
    {
        using IDisposable scope = NewDisposeScope();
        return columns.Squared().sum(dim: 0).sqrt().cpu().data<double>().ToArray();
    }

    private Tensor OfExamples(Tensor matrix, long first, long count) =>
        matrix.narrow(0, first * _outputs, count * _outputs);

    private Tensor RowsOf(Tensor gram, long first, long count, long end) =>
        OfExamples(gram, first, count).narrow(1, 0, end * _outputs);

    private void Keep(
        ImmutableArray<DeviceTerm> terms, DeviceHalving chunks, Action<double> done, CancellationToken cancellation)
    {
        int[] layers = [.. terms.Select(term => term.Layer).Distinct()];
        chunks.Run(
            source.Examples,
            (first, count) =>
            {
                using IDisposable scope = NewDisposeScope();
                ImmutableArray<FactorBlock> blocks = Factors(first, count, layers);
                foreach (DeviceTerm term in terms)
                    term.Keep(blocks[Array.IndexOf(layers, term.Layer)], first, source.Examples);
                done((double)(first + count) / source.Examples);
            },
            cancellation);
    }

    private ImmutableArray<FactorBlock> Factors(long first, long count, int[] layers)
    {
        using IDisposable graph = enable_grad();
        return source.Factors(first, count, layers);
    }

    /// <summary>The upper triangle from the lower one, and a look at whether all is finite.</summary>
    private void Mirror(Tensor gram, long first, long count)
    {
        using IDisposable scope = NewDisposeScope();
        long before = first * _outputs, size = count * _outputs;
        Tensor rows = gram.narrow(0, before, size);
        Tensor lower = rows.narrow(1, 0, before);
        Tensor square = rows.narrow(1, before, size);
        square.copy_(square.tril().Plus(square.tril(-1).t()));
        gram.narrow(0, 0, before).narrow(1, before, size).copy_(lower.t());
        if (!rows.narrow(1, 0, before + size).isfinite().all().item<bool>())
        {
            throw new NotFiniteException(FormattableString.Invariant(
                $"the Gram matrix has NaN or infinite entries in the rows of the examples {first} to {first + count - 1}"));
        }
    }

    private TermSet Terms()
    {
        Tensor like = source.Shapes[0].Factors[0];
        long most = tiling.KeptBytes / like.ElementSize / source.Examples;
        return new TermSet(
            [.. source.Shapes.SelectMany((block, layer) => DeviceTerms.For(layer, block, most))]);
    }

    /// <summary>Cuts the terms where the next one would no longer fit beside those before.</summary>
    private ImmutableArray<ImmutableArray<DeviceTerm>> Passes(ImmutableArray<DeviceTerm> terms, ScalarType type)
    {
        double each = (type == ScalarType.Float32 ? 4.0 : 8.0) * source.Examples, held = 0;
        List<List<DeviceTerm>> passes = [[]];
        foreach (DeviceTerm term in terms)
        {
            if (held > 0 && held + (each * term.KeptNumbers) > tiling.KeptBytes)
            {
                passes.Add([]);
                held = 0;
            }

            held += each * term.KeptNumbers;
            passes[^1].Add(term);
        }

        return [.. passes.Select(pass => pass.ToImmutableArray())];
    }

    private static string Halved(string what, int size) => FormattableString.Invariant(
        $"the device's memory ran out: {size} examples are {what} from here on, and last bits may differ from another run's");

    /// <summary>Terms, whose memory goes with them.</summary>
    private sealed record TermSet(ImmutableArray<DeviceTerm> All) : IDisposable
    {
        public void Dispose()
        {
            foreach (DeviceTerm term in All)
                term.Dispose();
        }
    }
}
