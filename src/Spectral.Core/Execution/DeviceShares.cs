using Spectral.Core.Numerics;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>
/// How much of a Jacobian a device is predicted to work on at once: the rules of <see cref="DeviceTiling"/> with factors
/// counted by the network's shapes, for that needs libtorch's tensors.
/// </summary>
/// <param name="Chunk">Examples that are differentiated together.</param>
/// <param name="Tile">Examples whose rows of G are computed together.</param>
/// <param name="KeptBytes">Bytes that may be held beside G.</param>
/// <param name="RowBytes">Bytes of explicit rows that may be held at once.</param>
/// <param name="ChunkBytes">Bytes that differentiating a chunk takes.</param>
/// <param name="TileBytes">Bytes that a tile of G takes.</param>
internal sealed record DeviceShares(
    double Chunk, double Tile, double KeptBytes, double RowBytes, double ChunkBytes, double TileBytes)
{
    private const double LargestChunk = 1024, LargestTile = 2048, Part = 0.2, DifferentiationFactor = 4;

    /// <summary>The shares of one spectrum.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="layout">Its network.</param>
    /// <param name="examples">Examples with rows.</param>
    /// <param name="memory">The device's memory in bytes.</param>
    public static DeviceShares Of(RunPlan plan, NetworkLayout layout, double examples, double memory)
    {
        double outputs = plan.Dataset.ClassNames.Length, rows = examples * outputs, columns = layout.ColumnCount(plan);
        double element = DeviceRowCost.Element(plan.Jacobian.Precision), usable = memory * DeviceTiling.UsablePart;
        double beside = Math.Max(usable / 8, usable - DeviceTiling.MatrixBytes(rows));
        double example = DifferentiationFactor * element * FactorNumbers(plan, layout, outputs);
        double tile = rows * outputs * (sizeof(double) + element), row = Math.Min(usable / 8, 1L << 32);
        double chunk = PowerOfTwo(beside * Part / example, Math.Min(LargestChunk, examples));
        chunk = Math.Min(chunk, PowerOfTwo(row / (outputs * columns * element), LargestChunk));
        double tileExamples = PowerOfTwo(beside * Part / tile, Math.Min(LargestTile, examples));
        double rest = beside - (chunk * example) - (tileExamples * tile) - row;
        return new DeviceShares(
            chunk, tileExamples, Math.Max(beside * Part, rest), row, chunk * example, tileExamples * tile);
    }

    /// <summary>
    /// Numbers in all layers' factors of one example: what a layer sees and K cotangents of what it gives. A normalisation's
    /// are as large as those of the convolution before it.
    /// </summary>
    private static double FactorNumbers(RunPlan plan, NetworkLayout layout, double outputs)
    {
        double before = plan.Dataset.InputShape.Count, numbers = 0, given = 0, affine = 0;
        foreach (LayerWork work in layout.Work.Where(work => work.Kind is WorkKind.Product or WorkKind.Convolution))
        {
            numbers += before + (outputs * work.Elements);
            before = work.Elements;
            given += work.Kind == WorkKind.Convolution ? work.Elements : 0;
            affine += work.Kind == WorkKind.Convolution ? 1 : 0;
        }

        double norms = layout.Parameters.Count(parameter => parameter.Slot.Name.EndsWith("weight", StringComparison.Ordinal)
            && parameter.Slot.Shape.Rank == 1);
        return numbers + (affine == 0 ? 0 : norms / affine * (1 + outputs) * given);
    }

    /// <summary>The largest power of two that is no more than both, 1 at least.</summary>
    private static double PowerOfTwo(double most, double limit) =>
        Math.Max(1, Math.Pow(2, Math.Floor(Math.Log2(Math.Max(1, Math.Min(most, limit))))));
}
