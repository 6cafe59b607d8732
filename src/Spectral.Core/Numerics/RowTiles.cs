namespace Spectral.Core.Numerics;

/// <summary>
/// A Jacobian J [nK, p] whose rows are formed on demand, on a fixed grid of chunks anchored at row 0. A chunk's bits
/// depend on nothing but the chunk: whoever forms it, beside whatever else, however often.
/// </summary>
public abstract unsafe class RowTiles
{
    /// <summary>nK.</summary>
    public abstract int Rows { get; }

    /// <summary>p.</summary>
    public abstract int Columns { get; }

    /// <summary>Rows of a chunk, 1 or more; the last chunk has those that are left.</summary>
    public abstract int ChunkRows { get; }

    /// <summary>Floating-point operations to form all rows once.</summary>
    public abstract double FormingFlops { get; }

    /// <summary>Bytes that one thread needs to form a chunk, beside the chunk's rows.</summary>
    public abstract double FormingBytes { get; }

    /// <summary>Writes the rows of one chunk, every entry of them. Chunks may be formed by several threads at
    /// once.</summary>
    /// <param name="chunk">The chunk, from 0.</param>
    /// <param name="rows">Its first row; aligned to 8 bytes, row stride <paramref name="stride"/>.</param>
    /// <param name="stride">p or more.</param>
    public abstract void Form(int chunk, double* rows, long stride);
}
