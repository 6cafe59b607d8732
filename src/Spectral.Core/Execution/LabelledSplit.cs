using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>A split with both kinds of labels: those that were given to training and the clean ones.</summary>
/// <param name="Name"><c>train</c> or <c>test</c>.</param>
/// <param name="Arrays">Examples and clean labels.</param>
/// <param name="Given">[n], the labels after noise; for test the clean ones.</param>
public sealed record LabelledSplit(string Name, SplitArrays Arrays, ImmutableArray<int> Given)
{
    /// <summary>Whether noise was applied to this split at all, so that given and clean are told apart.</summary>
    public bool IsNoisy => Name == "train";

    /// <summary>[n], true where the given label differs from the clean one.</summary>
    public ImmutableArray<bool> Mask => [.. Given.Zip(Arrays.Labels, (given, clean) => given != clean)];
}
