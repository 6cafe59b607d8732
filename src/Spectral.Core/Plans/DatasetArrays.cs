using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>The examples of a dataset, by split.</summary>
/// <param name="Train">The training split.</param>
/// <param name="Validation">The validation split, for choosing when to stop; it may have no examples.</param>
/// <param name="Test">The test split.</param>
/// <param name="Sources">SHA-256 of the decompressed bytes of every source that was read, by its name.</param>
public sealed record DatasetArrays(
    SplitArrays Train, SplitArrays Validation, SplitArrays Test, ImmutableSortedDictionary<string, string> Sources);

/// <summary>The examples of one split, with clean targets.</summary>
/// <param name="Inputs">[n, input shape], row-major, after preprocessing.</param>
/// <param name="Targets">[n, K], clean.</param>
/// <param name="Indices">[n], where each example stands in its source.</param>
public sealed record SplitArrays(ImmutableArray<float> Inputs, TargetArrays Targets, ImmutableArray<int> Indices)
{
    /// <summary>The number of examples n.</summary>
    public int Count => Indices.Length;
}

/// <summary>What a network should give for each example: one-hot classes, or real values.</summary>
/// <param name="Labels">[n], each in [0, K), for classes; empty where targets are real values.</param>
/// <param name="Values">[n, K], row-major: the one-hot labels, or the real values themselves.</param>
/// <param name="Outputs">K.</param>
public sealed record TargetArrays(ImmutableArray<int> Labels, ImmutableArray<float> Values, int Outputs)
{
    /// <summary>Whether the targets are classes.</summary>
    public bool AreClasses => !Labels.IsEmpty;

    /// <summary>The number of examples n.</summary>
    public int Count => Values.Length / Outputs;

    /// <summary>Whether the values are the one-hot vectors of the labels, so that the labels tell everything.</summary>
    public bool AreOneHot => AreClasses && Values.AsSpan().SequenceEqual(OneHot(Labels, Outputs).Values.AsSpan());

    /// <summary>Classes as one-hot targets.</summary>
    public static TargetArrays OneHot(ImmutableArray<int> labels, int classes)
    {
        float[] values = new float[labels.Length * classes];
        for (int example = 0; example < labels.Length; example++)
            values[(example * classes) + labels[example]] = 1;
        return new TargetArrays(labels, [.. values], classes);
    }
}
