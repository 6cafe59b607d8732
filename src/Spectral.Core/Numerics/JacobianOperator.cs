using System.Collections.Immutable;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// The Jacobian J [nK, p] of a source as an operator: products with blocks of vectors, rows on demand, and G = J J^T,
/// all
/// in binary64 and without forming J. Row (i, c) = i*K + c; columns as the source has them. Bits depend on the source
/// and the arguments, not on threads: examples are taken in fixed chunks, and sums run in the chunks' order.
/// </summary>
/// <param name="source">Where the factors come from.</param>
/// <param name="threads">Worker threads, 1 or more; each has one torch thread and one BLAS thread.</param>
public sealed class JacobianOperator(JacobianSource source, int threads = 1)
{
    private readonly SampleGrid _grid = new(source.Examples, source.Outputs);
    private readonly int[] _layers = [.. Enumerable.Range(0, source.Layers.Length)];

    /// <summary>Where the factors come from.</summary>
    public JacobianSource Source => source;

    /// <summary>nK.</summary>
    public long Rows => source.Rows;

    /// <summary>p, the wanted columns.</summary>
    public long Columns => LayerColumns.Sum();

    /// <summary>Wanted columns of each of the source's layers.</summary>
    public ImmutableArray<long> LayerColumns => [.. source.Shapes.Select(block => block.Columns)];

    /// <summary>
    /// J V, [nK, b], the caller's dispose scope's. Cost: factors, and about 2 b forward passes' flops.
    /// </summary>
    /// <param name="vectors">V [p, b], binary64.</param>
    /// <param name="cancellation">Asked before each chunk.</param>
    /// <exception cref="ArgumentException">V has another shape or element type.</exception>
    public Tensor Times(Tensor vectors, CancellationToken cancellation = default)
    {
        CheckShape(vectors, Columns);
        Tensor product = zeros(Rows, vectors.shape[1], dtype: ScalarType.Float64);
        using WorkerTeam team = new(threads);
        team.Run(
            _grid.Chunks,
            chunk =>
            {
                using IDisposable graphless = no_grad();
                ImmutableArray<FactorBlock> blocks = Chunk(chunk);
                Tensor rows = OfChunk(product, chunk);
                long column = 0;
                foreach (FactorBlock block in blocks)
                {
                    rows.PlusInPlace(block.Times(vectors.narrow(0, column, block.Columns)));
                    column += block.Columns;
                }
            },
            cancellation);
        return product;
    }

    /// <summary>
    /// J^T U, [p, b], the caller's dispose scope's. Cost: factors, and about 2 b forward passes' flops.
    /// </summary>
    /// <param name="vectors">U [nK, b], binary64.</param>
    /// <param name="cancellation">Asked before each chunk.</param>
    /// <exception cref="ArgumentException">U has another shape or element type.</exception>
    public Tensor TransposeTimes(Tensor vectors, CancellationToken cancellation = default)
    {
        CheckShape(vectors, Rows);
        Tensor sum = zeros(Columns, vectors.shape[1], dtype: ScalarType.Float64);
        Tensor?[] waiting = new Tensor?[_grid.Chunks];
        int next = 0;
        using WorkerTeam team = new(threads);
        team.Run(
            _grid.Chunks,
            chunk =>
            {
                using IDisposable graphless = no_grad();
                Tensor rows = OfChunk(vectors, chunk);
                Tensor part = cat([.. Chunk(chunk).Select(block => block.TransposeTimes(rows))], dim: 0)
                    .DetachFromDisposeScope();
                lock (waiting)
                {
                    // Chunks are added in their order, whichever thread ends first.
                    waiting[chunk] = part;
                    for (; next < waiting.Length && waiting[next] is { } ready; next++)
                    {
                        sum.PlusInPlace(ready);
                        ready.Dispose();
                        waiting[next] = null;
                    }
                }
            },
            cancellation);
        return sum;
    }

    /// <summary>Rows of J, [count, p], the caller's dispose scope's.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no such rows.</exception>
    public Tensor RowsOf(long first, long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Rows, nameof(count));
        using IDisposable scope = NewDisposeScope();
        int k = source.Outputs;
        long start = first / k, end = (first + count + k - 1) / k;
        List<Tensor> parts = [];
        using WorkerTeam alone = new(1);
        for (int chunk = (int)(start / _grid.Chunk); _grid.ChunkStart(chunk) < end; chunk++)
        {
            long from = Math.Max(start, _grid.ChunkStart(chunk));
            long until = Math.Min(end, _grid.ChunkStart(chunk) + _grid.ChunkCount(chunk));
            alone.Run(() => parts.Add(Slice(chunk, from - _grid.ChunkStart(chunk), until - from)));
            if (until == Rows / k)
                break;
        }

        return cat(parts, dim: 0).narrow(0, first - (start * k), count).clone().MoveToOuterDisposeScope();
    }

    /// <summary>What <see cref="Gram"/> will cost, and how each layer is computed, from the shapes alone.</summary>
    /// <exception cref="ArgumentException">As <see cref="Gram"/>.</exception>
    public GramPlan PlanGram(GramOptions? options = null) => new GramComputation(source, OrPreset(options)).Plan;

    /// <summary>
    /// G = J J^T, or the sum of some layers' J_l J_l^T, from the layers' structure: operations and memory as
    /// <see cref="PlanGram"/> says.
    /// </summary>
    /// <param name="options">How; the operator's threads if left out.</param>
    /// <param name="cancellation">Asked before each chunk and each tile.</param>
    /// <exception cref="ArgumentException">Something is not finite, nothing is wanted, or G overflows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished tiles stay in their folder.</exception>
    /// <exception cref="InsufficientMemoryException">The plan's peak is above the machine's memory.</exception>
    public GramMatrix Gram(GramOptions? options = null, CancellationToken cancellation = default) =>
        new GramComputation(source, OrPreset(options)).Compute(cancellation);

    /// <summary>
    /// ||G u - J (J^T u)|| / ||G u||, the largest of two random normal u: G comes from products of factors, J and J^T
    /// from
    /// other code, so that a wrong layer rule shows. Rounding alone gives about 1e-15; 0 for G = 0 = J J^T u.
    /// </summary>
    /// <param name="gram">G.</param>
    /// <param name="seed">The seed of u's stream, <c>numerics/gram-check</c>.</param>
    /// <exception cref="ArgumentException">G has another order.</exception>
    public double Discrepancy(GramMatrix gram, ulong seed)
    {
        if (gram.Order != Rows)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"G has order {gram.Order}, not {Rows}"), nameof(gram));
        }

        using IDisposable scope = NewDisposeScope();
        double[] draws = new double[checked(2 * Rows)];
        new RandomStream(seed, "numerics/gram-check").FillNormal(draws);
        Tensor probes = tensor(draws, Rows, 2); // [nK, 2]
        Tensor byGram = gram.Times(probes), byOperator = Times(TransposeTimes(probes));
        double[] distance = [.. (byGram - byOperator).Squared().sum(dim: 0).sqrt().data<double>()];
        double[] size = [.. byGram.Squared().sum(dim: 0).sqrt().data<double>()];
        return distance.Zip(size, (apart, whole) => apart == 0 ? 0 : apart / whole).Max();
    }

    private GramOptions OrPreset(GramOptions? options) => options ?? new GramOptions { Threads = threads };

    /// <summary>The rows of some examples of a chunk. The whole chunk is differentiated, for its bits.</summary>
    private Tensor Slice(int chunk, long first, long count)
    {
        using IDisposable scope = NewDisposeScope();
        return cat([.. Chunk(chunk).Select(block => block.Slice(first, count).Explicit())], dim: 1)
            .detach().MoveToOuterDisposeScope();
    }

    /// <summary>A chunk's rows of a matrix with a row for each of J's.</summary>
    private Tensor OfChunk(Tensor matrix, int chunk) =>
        matrix.narrow(0, _grid.ChunkStart(chunk) * source.Outputs, (long)_grid.ChunkCount(chunk) * source.Outputs);

    private ImmutableArray<FactorBlock> Chunk(int chunk)
    {
        using IDisposable graph = enable_grad();
        return source.Factors(_grid.ChunkStart(chunk), _grid.ChunkCount(chunk), _layers);
    }

    private static void CheckShape(Tensor vectors, long rows)
    {
        if (vectors.dtype != ScalarType.Float64 || vectors.shape is not [_, > 0] || vectors.shape[0] != rows)
        {
            string shape = string.Join(", ", vectors.shape);
            throw new ArgumentException(
                FormattableString.Invariant($"vectors of {vectors.dtype} [{shape}], not of Float64 [{rows}, b]"),
                nameof(vectors));
        }
    }
}
