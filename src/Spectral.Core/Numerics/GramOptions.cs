namespace Spectral.Core.Numerics;

/// <summary>
/// How a Gram matrix is computed. Nothing here but the convolutions' method and the products' kind changes a bit of it.
/// </summary>
public sealed record GramOptions
{
    /// <summary>Worker threads, 1 or more.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Examples of a tile, the unit of scheduling and of resuming; rounded up to whole canonical blocks. Null for a
    /// size
    /// that suits both.
    /// </summary>
    public int? TileExamples { get; init; }

    /// <summary>
    /// Bytes that factors may take at once. Where all layers' need more, the layers are taken in several passes over
    /// the
    /// examples; one part of one layer is always held.
    /// </summary>
    public long FactorBytes { get; init; } = 2L << 30;

    /// <summary>How every convolution is computed.</summary>
    public ConvGramMethod Convolutions { get; init; } = ConvGramMethod.Cheapest;

    /// <summary>Whether matrix products go to libtorch's BLAS; false computes them in managed code.</summary>
    public bool UseBlas { get; init; } = Blas.IsAvailable;

    /// <summary>The layers that are wanted, by their places in the source, ascending; null for all.</summary>
    public IReadOnlyList<int>? Layers { get; init; }

    /// <summary>Where finished tiles are kept and looked for; null to keep none.</summary>
    public GramTileFolder? Tiles { get; init; }

    /// <summary>
    /// Told of every chunk of examples and every tile that is done, by whichever thread did it, one at a time.
    /// </summary>
    public IProgress<GramProgress>? Progress { get; init; }

    /// <summary>Refuses what cannot be done.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1, nameof(Threads));
        ArgumentOutOfRangeException.ThrowIfLessThan(TileExamples ?? 1, 1, nameof(TileExamples));
        ArgumentOutOfRangeException.ThrowIfLessThan(FactorBytes, 1, nameof(FactorBytes));
        if (UseBlas && !Blas.IsAvailable)
            throw new ArgumentException("libtorch shows no BLAS on this system", nameof(UseBlas));
    }
}

/// <summary>How a convolution's part of a Gram matrix is computed; all of them give the same up to rounding.</summary>
public enum ConvGramMethod
{
    /// <summary>Whichever needs the fewest operations for the layer's sizes.</summary>
    Cheapest,

    /// <summary>
    /// The layer's columns of J are formed and multiplied: C (F + 1) multiplications for a pair of rows.
    /// </summary>
    Direct,

    /// <summary>Products of windows: S C + S^2 C / K + S^2 F / K^2 multiplications for a pair of rows.</summary>
    Patch,

    /// <summary>Columns against windows: S C + C F S / K multiplications for a pair of rows.</summary>
    Mixed,
}

/// <summary>How far a Gram matrix is.</summary>
/// <param name="Pass">The pass over the examples, from 1.</param>
/// <param name="Passes">How many there are.</param>
/// <param name="Stage"><c>factors</c> while chunks of examples are differentiated, <c>tiles</c> while G is
/// filled.</param>
/// <param name="Done">Chunks or tiles done in this stage.</param>
/// <param name="Total">How many there are.</param>
public sealed record GramProgress(int Pass, int Passes, string Stage, int Done, int Total);
