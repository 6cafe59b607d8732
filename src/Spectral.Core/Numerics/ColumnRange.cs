namespace Spectral.Core.Numerics;

/// <summary>Some neighbouring columns of a Jacobian.</summary>
/// <param name="First">The first column, counted over all weights of the network.</param>
/// <param name="Count">How many columns.</param>
public sealed record ColumnRange(long First, long Count)
{
    /// <summary>Just behind the last column.</summary>
    public long End => First + Count;
}
