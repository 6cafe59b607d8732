using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A Jacobian's columns in blocks over all rows, in order, for what reads them once. A layer's factors are kept for all
/// examples while its columns are formed: one pass over the examples a layer.
/// </summary>
public static class ColumnBlocks
{
    /// <summary>The fewest columns of a block, where there are so many: narrow ones waste time on calls.</summary>
    private const long FewestColumns = 256;

    /// <summary>The blocks [nK, w], w about nK; each lives until the next one is asked for.</summary>
    /// <param name="source">The Jacobian.</param>
    /// <param name="threads">Workers; their number changes no bit.</param>
    /// <param name="progress">Told of the finished part of all columns, in [0, 1].</param>
    /// <param name="cancellation">Asked before each chunk of examples.</param>
    public static IEnumerable<Tensor> Of(
        JacobianSource source, int threads, IProgress<double> progress, CancellationToken cancellation)
    {
        long columns = source.Shapes.Sum(block => block.Columns), done = 0;
        SampleGrid grid = new(source.Examples, source.Outputs);
        using WorkerTeam team = new(threads);
        for (int layer = 0; layer < source.Layers.Length; layer++)
        {
            using IDisposable scope = NewDisposeScope();
            FactorBlock[] chunks = Factors(source, grid, layer, team, cancellation);
            foreach (ColumnRange range in chunks[0].Ranges(Math.Max(FewestColumns, source.Rows)))
            {
                using IDisposable blockScope = NewDisposeScope();
                IEnumerable<Tensor> parts = chunks.Select(chunk => chunk.Select([range]).Explicit().detach());
                yield return cat([.. parts], dim: 0); // [nK, w]
                progress.Report((double)(done + range.End) / columns);
            }

            done += chunks[0].Columns;
            foreach (Tensor factor in chunks.SelectMany(chunk => chunk.Factors))
                factor.Dispose();
        }
    }

    private static FactorBlock[] Factors(
        JacobianSource source, SampleGrid grid, int layer, WorkerTeam team, CancellationToken cancellation)
    {
        FactorBlock[] chunks = new FactorBlock[grid.Chunks];
        team.Run(
            grid.Chunks,
            chunk =>
            {
                chunks[chunk] = source.Factors(grid.ChunkStart(chunk), grid.ChunkCount(chunk), [layer])[0];
                // The factors outlive the task and its scope.
                foreach (Tensor factor in chunks[chunk].Factors)
                    factor.DetachFromDisposeScope();
            },
            cancellation);
        return chunks;
    }
}
