using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>How a device computes each layer's part of G.</summary>
internal static class DeviceTerms
{
    /// <summary>The terms of a layer: the fewest operations, with those that the memory's time is worth.</summary>
    /// <param name="layer">The layer's place in the source.</param>
    /// <param name="block">Its factors for any number of examples; only shapes are read.</param>
    /// <param name="mostNumbers">Numbers of an example that a term may keep; columns beyond are a term of their own.</param>
    public static ImmutableArray<DeviceTerm> For(int layer, FactorBlock block, long mostNumbers)
    {
        switch (block)
        {
            case DenseFactorBlock dense:
                return [new DeviceHadamardTerm(layer, dense, dense.Fan, dense.Channels, dense.Bias)];
            case ConvFactorBlock { Places: 1, Window.Groups: 1 } conv:
                return [new DeviceHadamardTerm(layer, conv, conv.Fan, conv.Channels, conv.Bias)];
            case ConvFactorBlock conv when !IsExplicit(conv):
                return [new DevicePatchTerm(layer, conv)];
            default:
                long width = Math.Clamp(mostNumbers / block.Outputs, 1, block.Columns);
                IEnumerable<ColumnRange> ranges = width == block.Columns
                    ? [new ColumnRange(0, block.Columns)]
                    : block.Ranges(width);
                return [.. ranges.Select(range => new DeviceColumnTerm(layer, block.Outputs, range))];
        }
    }

    /// <summary>Whether a layer's columns are formed and multiplied.</summary>
    /// <param name="block">Its factors for any number of examples; only shapes are read.</param>
    public static bool IsExplicit(FactorBlock block) => block switch
    {
        DenseFactorBlock => false,
        ConvFactorBlock { Window.Groups: 1 } conv => conv.Places > 1 && DevicePatchTerm.Flops(conv) >= 2.0 * conv.Columns,
        _ => true,
    };
}
