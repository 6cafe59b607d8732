namespace Spectral.Core.Numerics;

/// <summary>
/// How much of a Jacobian a device works on at once: a choice by shapes and by the device's whole memory, not by what
/// happens to be free, so that equal machines cut equally. On CUDA the cuts can change last bits.
/// </summary>
/// <param name="ChunkExamples">Examples that are differentiated together, 1 or more.</param>
/// <param name="TileExamples">Examples whose rows of G are computed together, 1 or more.</param>
/// <param name="KeptBytes">
/// Bytes that are held beside G: factors and columns, of which more are taken in several passes; or rows of J between the
/// passes of a Krylov method.
/// </param>
/// <param name="RowBytes">Bytes of explicit rows that are held at once where J itself is multiplied.</param>
public sealed record DeviceTiling(int ChunkExamples, int TileExamples, long KeptBytes, long RowBytes)
{
    /// <summary>The part of a device's memory that is planned with; the rest is libtorch's and other programs'.</summary>
    public const double UsablePart = 0.85;

    private const int LargestChunk = 1024, LargestTile = 512;

    /// <summary>Rows of a tile that keep a device's matrix product busy.</summary>
    private const double BusyRows = 1024;

    /// <summary>
    /// Into how many tiles the examples are cut where they are many: half a tile on the diagonal is computed for nothing.
    /// </summary>
    private const double Tiles = 8;

    /// <summary>The part of what is beside G that a chunk, or a tile, may take.</summary>
    private const double Part = 0.2;

    /// <summary>
    /// What an example's factors are multiplied by for what differentiating it needs: activations without parameters, and
    /// cotangents before and after they are stacked.
    /// </summary>
    private const double DifferentiationFactor = 4;

    /// <summary>Cuts for a Gram matrix and for explicit rows.</summary>
    /// <param name="source">The Jacobian, of which shapes are read.</param>
    /// <param name="elementBytes">8 for binary64, 4 for binary32.</param>
    /// <param name="memory">The device's memory in bytes.</param>
    public static DeviceTiling For(JacobianSource source, int elementBytes, double memory) => For(
        source.Examples,
        source.Outputs,
        source.Shapes.Where(DeviceTerms.IsExplicit).Select(block => (double)block.Columns).DefaultIfEmpty(0).Max(),
        Math.Max(1, source.Shapes.Sum(block => block.Factors.Sum(factor => (double)factor.numel()))),
        elementBytes,
        memory);

    /// <summary>The same from counts alone.</summary>
    /// <param name="examples">n, 1 or more.</param>
    /// <param name="outputs">K.</param>
    /// <param name="columns">
    /// Columns of the widest layer whose columns are formed: they stand beside the factors until they are at their place.
    /// </param>
    /// <param name="numbers">Numbers in all layers' factors of one example, 1 or more.</param>
    /// <param name="elementBytes">8 for binary64, 4 for binary32.</param>
    /// <param name="memory">The device's memory in bytes.</param>
    internal static DeviceTiling For(
        double examples, double outputs, double columns, double numbers, double elementBytes, double memory)
    {
        double rows = examples * outputs, usable = memory * UsablePart;
        double beside = Math.Max(usable / 8, usable - MatrixBytes(rows));
        double example = DifferentiationFactor * elementBytes * numbers;
        double tile = rows * outputs * (8 + elementBytes);
        double rowBytes = Math.Min(usable / 8, 1L << 32);
        int chunk = PowerOfTwo(beside * Part / example, Math.Min(LargestChunk, examples));
        chunk = Math.Min(chunk, PowerOfTwo(rowBytes / Math.Max(1, outputs * columns * elementBytes), LargestChunk));
        double wanted = Math.Min(LargestTile, Math.Max(examples / Tiles, BusyRows / outputs));
        int tileExamples = PowerOfTwo(beside * Part / tile, Math.Min(wanted, examples));
        // Of a few examples of a large network, one may take more than its part.
        double rest = beside - (chunk * example) - (tileExamples * tile) - rowBytes;
        return new DeviceTiling(chunk, tileExamples, (long)Math.Max(beside * Part, rest), (long)rowBytes)
        {
            ChunkBytes = chunk * example,
            TileBytes = tileExamples * tile,
        };
    }

    /// <summary>The bytes of G.</summary>
    public static double MatrixBytes(double rows) => 8 * rows * rows;

    /// <summary>Bytes that differentiating a chunk is expected to take.</summary>
    internal double ChunkBytes { get; init; }

    /// <summary>Bytes of a tile of G, in the products' element type and in binary64.</summary>
    internal double TileBytes { get; init; }

    /// <summary>The largest power of two that is no more than both, 1 at least.</summary>
    private static int PowerOfTwo(double most, double limit)
    {
        int power = 1;
        while (2.0 * power <= most && 2.0 * power <= limit)
            power *= 2;
        return power;
    }
}
