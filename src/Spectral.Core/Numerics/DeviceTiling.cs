using System.Collections.Immutable;

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


    /// <summary>
    /// What an example's factors are multiplied by for what differentiating it needs: activations without parameters, and
    /// cotangents before and after they are stacked.
    /// </summary>
    private const double DifferentiationFactor = 4;

    /// <summary>Cuts for a Gram matrix and for explicit rows.</summary>
    /// <param name="source">The Jacobian, of which shapes are read.</param>
    /// <param name="elementBytes">8 for binary64, 4 for binary32.</param>
    /// <param name="memory">The device's memory in bytes.</param>
    public static DeviceTiling For(JacobianSource source, int elementBytes, double memory)
    {
        double rows = source.Rows, usable = memory * UsablePart;
        // A layer's columns stand beside the factors until they are at their place.
        double columns = source.Shapes.Where(DeviceTerms.IsExplicit).Select(block => (double)block.Columns).DefaultIfEmpty(0).Max();
        double beside = Math.Max(usable / 8, usable - MatrixBytes(source.Rows));
        double example = DifferentiationFactor * elementBytes * Numbers(source.Shapes);
        double tile = rows * source.Outputs * (8 + elementBytes);
        double rowBytes = Math.Min(usable / 8, 1L << 32);
        int chunk = PowerOfTwo(beside * 0.2 / example, Math.Min(LargestChunk, source.Examples));
        chunk = Math.Min(chunk, PowerOfTwo(rowBytes / Math.Max(1, source.Outputs * columns * elementBytes), LargestChunk));
        double wanted = Math.Min(LargestTile, Math.Max(source.Examples / Tiles, BusyRows / source.Outputs));
        int tileExamples = PowerOfTwo(beside * 0.2 / tile, Math.Min(wanted, source.Examples));
        // Of a few examples of a large network, one may take more than its part.
        double rest = beside - (chunk * example) - (tileExamples * tile) - rowBytes;
        return new DeviceTiling(chunk, tileExamples, (long)Math.Max(beside * 0.2, rest), (long)rowBytes);
    }

    /// <summary>The bytes of G.</summary>
    public static double MatrixBytes(double rows) => 8 * rows * rows;

    /// <summary>Numbers in all layers' factors of one example.</summary>
    internal static double Numbers(ImmutableArray<FactorBlock> shapes) =>
        Math.Max(1, shapes.Sum(block => block.Factors.Sum(factor => (double)factor.numel())));

    /// <summary>The largest power of two that is no more than both, 1 at least.</summary>
    private static int PowerOfTwo(double most, double limit)
    {
        int power = 1;
        while (2.0 * power <= most && 2.0 * power <= limit)
            power *= 2;
        return power;
    }
}
