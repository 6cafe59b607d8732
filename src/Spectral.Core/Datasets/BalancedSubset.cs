using System.Collections.Immutable;
using Spectral.Core.Randomness;

namespace Spectral.Core.Datasets;

/// <summary>
/// Chooses disjoint splits with equally many examples of each class (one more of the first classes where a count does
/// not divide). Within a class the order is one random permutation: the first go to training, then test, then
/// validation. So a larger training split contains a smaller one of the same seed, and asking for validation examples
/// changes neither of the others.
/// </summary>
internal static class BalancedSubset
{
    /// <summary>How many of <paramref name="total"/> examples class number <paramref name="position"/> gets.</summary>
    public static int Share(int total, int classes, int position) =>
        (total / classes) + (position < total % classes ? 1 : 0);

    /// <summary>Indices into the source for each split, in increasing order.</summary>
    /// <param name="labels">The source's labels.</param>
    /// <param name="classes">The labels to keep, in the order of the outputs.</param>
    /// <param name="counts">Examples of each split, in the order in which they are served.</param>
    /// <param name="seed">The seed of the data stream.</param>
    /// <param name="stream">The stream's name; sources that are read apart have streams of their own.</param>
    /// <exception cref="ArgumentException">A class has too few examples; a dataset's check says so before.</exception>
    public static ImmutableArray<ImmutableArray<int>> Choose(
        ImmutableArray<int> labels,
        ImmutableArray<int> classes,
        ImmutableArray<int> counts,
        ulong seed,
        string stream = "data/subset")
    {
        List<int>[] chosen = [.. counts.Select(_ => new List<int>())];
        for (int position = 0; position < classes.Length; position++)
        {
            int label = classes[position];
            int[] members = [.. Enumerable.Range(0, labels.Length).Where(index => labels[index] == label)];
            int[] order = new RandomStream(seed, stream, (ulong)label).Permutation(members.Length);
            int served = 0;
            for (int split = 0; split < chosen.Length; split++)
            {
                int share = Share(counts[split], classes.Length, position);
                if (served + share > order.Length)
                    throw new ArgumentException($"class {label} has {order.Length} examples, too few", nameof(counts));
                chosen[split].AddRange(order.AsSpan(served, share).ToArray().Select(rank => members[rank]));
                served += share;
            }
        }

        return [.. chosen.Select(indices => indices.Order().ToImmutableArray())];
    }
}
