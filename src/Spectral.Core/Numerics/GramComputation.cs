using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Numerics;

/// <summary>
/// A Gram matrix in the making. The layers' terms are taken in passes whose factors fit in memory; in a pass, chunks of
/// examples are differentiated first, then tiles of G are filled. Every entry of G is the terms' contributions added in
/// the order of the terms, from matrix products of canonical blocks, whatever the passes, tiles and threads.
/// </summary>
internal sealed class GramComputation
{
    private readonly JacobianSource _source;
    private readonly GramOptions _options;
    private readonly SampleGrid _grid;
    private readonly ImmutableArray<int> _layers;
    private readonly ImmutableArray<GramTerms> _termsOfLayers;
    private readonly ImmutableArray<GramTerm> _terms;
    private readonly ImmutableArray<int> _passEnds;

    /// <summary>Lays the computation out.</summary>
    /// <exception cref="ArgumentException">There are no examples, outputs or layers.</exception>
    public GramComputation(JacobianSource source, GramOptions options)
    {
        options.Check();
        if (source.Examples < 1 || source.Outputs < 1)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{source.Examples} examples of {source.Outputs} outputs have no Gram matrix"),
                nameof(source));
        }

        _source = source;
        _options = options;
        _grid = new SampleGrid(source.Examples, source.Outputs);
        _layers = [.. options.Layers ?? Enumerable.Range(0, source.Layers.Length)];
        if (_layers.IsEmpty)
            throw new ArgumentException("no column of the Jacobian is wanted", nameof(options));
        _termsOfLayers =
            [.. _layers.Select(layer => GramTerms.For(layer, source.Shapes[layer], source.Rows, options.Convolutions))];
        _terms = [.. _termsOfLayers.SelectMany(layer => layer.Terms)];
        _passEnds = PassEnds(_terms, options.FactorBytes / sizeof(double) / source.Examples);
        Plan = PlanOf([.. _layers.Select(layer => source.Shapes[layer].Columns)]);
    }

    /// <summary>What it will cost.</summary>
    public GramPlan Plan { get; }

    /// <summary>Computes G.</summary>
    /// <exception cref="ArgumentException">Something is not finite, or G overflows.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished tiles stay in their folder.</exception>
    /// <exception cref="InsufficientMemoryException">The plan's peak is above the machine's memory.</exception>
    public GramMatrix Compute(CancellationToken cancellation)
    {
        double available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (Plan.PeakBytes > available)
        {
            // The system would promise it and end the process when the pages are touched.
            throw new InsufficientMemoryException(string.Create(
                CultureInfo.InvariantCulture,
                $"a Gram matrix of {_source.Rows} rows takes {Plan.PeakBytes / 1e9:F1} GB, and this machine has "
                + $"{available / 1e9:F1} GB"));
        }

        GramMatrix gram = new(_source.Rows);
        try
        {
            using WorkerTeam team = new(_options.Threads);
            GramTiles tiles = new(gram, _grid, _options, KeyOfNumbers());
            tiles.Resume(_passEnds);
            int start = 0;
            for (int pass = 0; pass < _passEnds.Length; pass++)
            {
                if (tiles.AnyBefore(_passEnds[pass]))
                    Pass(pass, start, tiles, team, cancellation);
                start = _passEnds[pass];
            }

            tiles.CheckFinite();
            return gram;
        }
        catch
        {
            gram.Dispose();
            throw;
        }
    }

    private void Pass(int pass, int start, GramTiles tiles, WorkerTeam team, CancellationToken cancellation)
    {
        ImmutableArray<GramTerm> terms = _terms[start.._passEnds[pass]];
        KeptFactors[][] kept = [.. terms.Select(_ => new KeptFactors[_grid.Chunks])]; // [term][chunk]
        try
        {
            Keep(terms, kept, pass, team, cancellation);
            tiles.Fill(terms, kept, start, team, done => Report(pass, "tiles", done, tiles.Count), cancellation);
        }
        finally
        {
            foreach (KeptFactors? factors in kept.SelectMany(chunks => chunks))
                factors?.Dispose();
        }
    }

    /// <summary>Differentiates all examples, chunk by chunk, and keeps what the terms need.</summary>
    private void Keep(
        ImmutableArray<GramTerm> terms, KeptFactors[][] kept, int pass, WorkerTeam team, CancellationToken cancellation)
    {
        int[] layers = [.. terms.Select(term => term.Layer).Distinct()];
        int done = 0;
        team.Run(
            _grid.Chunks,
            chunk =>
            {
                ImmutableArray<FactorBlock> blocks =
                    _source.Factors(_grid.ChunkStart(chunk), _grid.ChunkCount(chunk), layers);
                for (int term = 0; term < terms.Length; term++)
                    kept[term][chunk] = terms[term].Keep(blocks[Array.IndexOf(layers, terms[term].Layer)]);
                Report(pass, "factors", Interlocked.Increment(ref done), _grid.Chunks);
            },
            cancellation);
    }

    private void Report(int pass, string stage, int done, int total)
    {
        if (_options.Progress is not { } progress)
            return;
        lock (progress)
            progress.Report(new GramProgress(pass + 1, _passEnds.Length, stage, done, total));
    }

    /// <summary>Cuts the terms where the next one's factors would no longer fit beside those before.</summary>
    private static ImmutableArray<int> PassEnds(ImmutableArray<GramTerm> terms, long numbersOfExample)
    {
        ImmutableArray<int>.Builder ends = ImmutableArray.CreateBuilder<int>();
        long held = 0;
        for (int term = 0; term < terms.Length; term++)
        {
            if (held > 0 && held + terms[term].KeptNumbers > numbersOfExample)
            {
                ends.Add(term);
                held = 0;
            }

            held += terms[term].KeptNumbers;
        }

        ends.Add(terms.Length);
        return ends.ToImmutable();
    }

    /// <summary>The caller's key, and all that the numbers depend on beside it.</summary>
    private string KeyOfNumbers() => string.Join('\n', new object?[]
    {
        _options.Tiles?.Key, _source.Rows, _source.Outputs, _options.UseBlas,
    }.Concat(_terms));

    private GramPlan PlanOf(ImmutableArray<long> columns)
    {
        double rows = _source.Rows, number = sizeof(double);
        ImmutableArray<GramLayerPlan> layers =
        [
            .. _termsOfLayers.Select((layer, index) => new GramLayerPlan(
                _source.Layers[_layers[index]],
                layer.Method,
                columns[index],
                layer.Terms.Sum(term => (rows * rows * term.PairCost) + (2 * _source.Examples * term.ExampleCost)),
                layer.Terms.Sum(term => number * term.KeptNumbers * _source.Examples),
                layer.Reason)),
        ];
        double held = 0;
        int start = 0;
        foreach (int end in _passEnds)
        {
            held = Math.Max(held, number * _source.Examples * _terms[start..end].Sum(term => term.KeptNumbers));
            start = end;
        }

        double block = (double)_grid.Block * _source.Outputs;
        double scratch = number * ((block * block) + _terms.Max(term => term.ScratchNumbers(_grid.Block)));
        // A chunk's activations, the outputs' cotangents one by one, and those stacked.
        double chunk = 2 * number * _grid.Chunk
            * _source.Shapes.Sum(block => block.Factors.Sum(factor => factor.numel()));
        double matrix = number * LowerTriangle.Numbers(_source.Rows);
        return new GramPlan(
            _source.Rows,
            columns.Sum(),
            layers,
            _passEnds.Length,
            matrix,
            matrix + held + (_options.Threads * Math.Max(scratch, chunk)),
            matrix + (2 * layers.Sum(layer => layer.Bytes)));
    }
}
