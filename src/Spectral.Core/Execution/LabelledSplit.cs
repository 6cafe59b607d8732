using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>A split with both kinds of labels: those that were given to training and the clean ones.</summary>
/// <param name="Name"><c>train</c> or <c>test</c>.</param>
/// <param name="Arrays">Examples and clean targets.</param>
/// <param name="Given">The targets after noise; for test the clean ones.</param>
public sealed record LabelledSplit(string Name, SplitArrays Arrays, TargetArrays Given)
{
    /// <summary>Whether noise was applied to this split at all, so that given and clean are told apart.</summary>
    public bool IsNoisy => Name == "train";

    /// <summary>[n], true where the given target differs from the clean one.</summary>
    public ImmutableArray<bool> Mask
    {
        get
        {
            ReadOnlySpan<float> given = Given.Values.AsSpan(), clean = Arrays.Targets.Values.AsSpan();
            bool[] mask = new bool[Arrays.Count];
            for (int example = 0; example < mask.Length; example++)
            {
                Range row = (example * Given.Outputs)..((example + 1) * Given.Outputs);
                mask[example] = !given[row].SequenceEqual(clean[row]);
            }

            return [.. mask];
        }
    }
}
