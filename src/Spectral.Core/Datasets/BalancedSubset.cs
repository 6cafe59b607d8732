using System.Collections.Immutable;
using Spectral.Core.Randomness;

namespace Spectral.Core.Datasets;

/// <summary>
/// Chooses disjoint splits with equally many examples of each class (one more of the first classes where the count does
/// not divide). Within a class the order is one random permutation: the first go to training, the next to test. So a
/// larger training split contains a smaller one of the same seed.
/// </summary>
internal static class BalancedSubset
{
    /// <summary>How many of <paramref name="total"/> examples class number <paramref name="position"/> gets.</summary>
    public static int Share(int total, int classes, int position) =>
        (total / classes) + (position < total % classes ? 1 : 0);

    /// <summary>Indices into the source for training and test, each in increasing order.</summary>
    /// <param name="labels">The source's labels.</param>
    /// <param name="classes">The labels to keep, in the order of the outputs.</param>
    /// <param name="train">Examples of the training split.</param>
    /// <param name="test">Examples of the test split.</param>
    /// <param name="seed">The seed of the data stream.</param>
    public static (ImmutableArray<int> Train, ImmutableArray<int> Test) Choose(
        ImmutableArray<int> labels, ImmutableArray<int> classes, int train, int test, ulong seed)
    {
        List<int> chosenTrain = [], chosenTest = [];
        for (int position = 0; position < classes.Length; position++)
        {
            int label = classes[position];
            int[] members = [.. Enumerable.Range(0, labels.Length).Where(index => labels[index] == label)];
            int[] order = new RandomStream(seed, "data/subset", (ulong)label).Permutation(members.Length);
            int forTrain = Share(train, classes.Length, position), forTest = Share(test, classes.Length, position);
            chosenTrain.AddRange(order.Take(forTrain).Select(rank => members[rank]));
            chosenTest.AddRange(order.Skip(forTrain).Take(forTest).Select(rank => members[rank]));
        }

        return ([.. chosenTrain.Order()], [.. chosenTest.Order()]);
    }
}
