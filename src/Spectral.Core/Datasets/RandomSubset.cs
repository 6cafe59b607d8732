using System.Collections.Immutable;
using Spectral.Core.Randomness;

namespace Spectral.Core.Datasets;

/// <summary>
/// Chooses disjoint splits at random, whatever the classes: the shares of the classes are the source's, on average. One
/// permutation serves the splits in their order, so a larger first split contains a smaller one of the same seed.
/// </summary>
internal static class RandomSubset
{
    /// <summary>Indices into the source for each split, in increasing order.</summary>
    /// <param name="labels">The source's labels.</param>
    /// <param name="classes">The labels to keep.</param>
    /// <param name="counts">Examples of each split, in the order in which they are served.</param>
    /// <param name="seed">The seed of the data stream.</param>
    /// <param name="stream">The stream's name.</param>
    /// <exception cref="ArgumentException">There are too few examples; a dataset's check says so before.</exception>
    public static ImmutableArray<ImmutableArray<int>> Choose(
        ImmutableArray<int> labels,
        ImmutableArray<int> classes,
        ImmutableArray<int> counts,
        ulong seed,
        string stream)
    {
        int[] members = [.. Enumerable.Range(0, labels.Length).Where(index => classes.Contains(labels[index]))];
        if (counts.Sum() > members.Length)
            throw new ArgumentException($"the classes have {members.Length} examples, too few", nameof(counts));
        int[] order = new RandomStream(seed, stream + "/any").Permutation(members.Length);
        int served = 0;
        ImmutableArray<ImmutableArray<int>>.Builder splits = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        foreach (int count in counts)
        {
            splits.Add([.. order.Skip(served).Take(count).Select(rank => members[rank]).Order()]);
            served += count;
        }

        return splits.ToImmutable();
    }
}
