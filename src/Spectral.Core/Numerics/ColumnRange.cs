using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>Some neighbouring columns of a Jacobian.</summary>
/// <param name="First">The first column, counted over all weights of the network.</param>
/// <param name="Count">How many columns.</param>
public sealed record ColumnRange(long First, long Count)
{
    /// <summary>Just behind the last column.</summary>
    public long End => First + Count;

    /// <summary>The range cut into neighbouring ones of a width, the last of them perhaps narrower.</summary>
    /// <param name="width">1 or more.</param>
    public IEnumerable<ColumnRange> Cut(long width)
    {
        for (long first = First; first < End; first += width)
            yield return new ColumnRange(first, Math.Min(width, End - first));
    }

    /// <summary>The same columns in the same order, where ranges that follow each other are one.</summary>
    /// <param name="ranges">The ranges; empty ones vanish.</param>
    public static ImmutableArray<ColumnRange> Merge(ImmutableArray<ColumnRange> ranges)
    {
        List<ColumnRange> merged = [];
        foreach (ColumnRange range in ranges.Where(range => range.Count > 0))
        {
            if (merged.Count > 0 && merged[^1].End == range.First)
                merged[^1] = new ColumnRange(merged[^1].First, merged[^1].Count + range.Count);
            else
                merged.Add(range);
        }

        return [.. merged];
    }

    /// <summary>The columns that lie within a block of columns, counted from its first one.</summary>
    /// <param name="ranges">The wanted columns, counted over all weights.</param>
    /// <param name="block">The block's columns, counted over all weights.</param>
    public static ImmutableArray<ColumnRange> Within(ImmutableArray<ColumnRange> ranges, ColumnRange block) =>
    [
        .. ranges
            .Select(range => (First: Math.Max(range.First, block.First), End: Math.Min(range.End, block.End)))
            .Where(range => range.End > range.First)
            .Select(range => new ColumnRange(range.First - block.First, range.End - range.First)),
    ];
}
