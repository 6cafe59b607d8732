using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>The examples of a dataset, by split.</summary>
/// <param name="Train">The training split.</param>
/// <param name="Test">The test split.</param>
/// <param name="Sources">SHA-256 of the decompressed bytes of every source that was read, by its name.</param>
public sealed record DatasetArrays(SplitArrays Train, SplitArrays Test, ImmutableSortedDictionary<string, string> Sources);

/// <summary>The examples of one split, with clean labels.</summary>
/// <param name="Inputs">[n, input shape], row-major, after preprocessing.</param>
/// <param name="Labels">[n], clean, each in [0, K).</param>
/// <param name="Indices">[n], where each example stands in its source.</param>
public sealed record SplitArrays(ImmutableArray<float> Inputs, ImmutableArray<int> Labels, ImmutableArray<int> Indices)
{
    /// <summary>The number of examples n.</summary>
    public int Count => Labels.Length;
}
