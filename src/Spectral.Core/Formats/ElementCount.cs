namespace Spectral.Core.Formats;

/// <summary>The number of elements of an array, from a shape that may come from a hostile file.</summary>
internal static class ElementCount
{
    /// <summary>Multiplies the extents; 1 for the empty shape of a scalar.</summary>
    /// <param name="shape">The extents, each at least 0.</param>
    /// <param name="elementSize">Bytes for each element, at least 1.</param>
    /// <param name="count">The number of elements, when the answer is true.</param>
    /// <returns>
    /// False when an extent is negative, or when the extents (leaving out zeros) times the element size do not fit in
    /// 64 bits, in which case no reader could tell the shape's strides.
    /// </returns>
    public static bool TryOf(ReadOnlySpan<long> shape, int elementSize, out long count)
    {
        count = 0;
        Int128 bytes = elementSize;
        var empty = false;
        foreach (var extent in shape)
        {
            if (extent < 0)
                return false;
            empty |= extent == 0;
            bytes *= Math.Max(extent, 1);
            if (bytes > long.MaxValue)
                return false;
        }

        count = empty ? 0 : (long)bytes / elementSize;
        return true;
    }
}
