namespace Spectral.Core.Numerics;

/// <summary>
/// The fixed division of n examples that makes a result's bits independent of tiles and threads: every matrix product
/// has the shape of a canonical block, every forward pass that of a chunk of whole blocks, both counted from example 0.
/// </summary>
/// <param name="Examples">n.</param>
/// <param name="Outputs">K.</param>
internal sealed record SampleGrid(long Examples, int Outputs)
{
    /// <summary>Rows of a canonical block, at most: two such squares of binary64 fit in 1 MiB of cache.</summary>
    private const int BlockRows = 240;

    /// <summary>Examples of a forward pass, at least: fewer waste time on calls.</summary>
    private const int ChunkExamples = 64;

    /// <summary>Examples of a canonical block, 1 or more.</summary>
    public int Block { get; } = Math.Max(1, BlockRows / Outputs);

    /// <summary>Canonical blocks.</summary>
    public int Blocks => checked((int)((Examples + Block - 1) / Block));

    /// <summary>Canonical blocks of a chunk.</summary>
    public int BlocksOfChunk => (ChunkExamples + Block - 1) / Block;

    /// <summary>Examples of a chunk.</summary>
    public int Chunk => Block * BlocksOfChunk;

    /// <summary>Chunks.</summary>
    public int Chunks => checked((int)((Examples + Chunk - 1) / Chunk));

    /// <summary>The first example of a canonical block.</summary>
    public long BlockStart(int block) => (long)block * Block;

    /// <summary>Examples of one canonical block; the last may be shorter.</summary>
    public int BlockCount(int block) => (int)Math.Min(Block, Examples - BlockStart(block));

    /// <summary>The first example of a chunk.</summary>
    public long ChunkStart(int chunk) => (long)chunk * Chunk;

    /// <summary>Examples of one chunk; the last may be shorter.</summary>
    public int ChunkCount(int chunk) => (int)Math.Min(Chunk, Examples - ChunkStart(chunk));
}
