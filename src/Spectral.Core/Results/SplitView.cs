using System.Collections.Immutable;

namespace Spectral.Core.Results;

/// <summary>A split's labels and the outputs that were recorded in training.</summary>
/// <param name="Name"><c>train</c>, <c>test</c> or <c>validation</c>.</param>
/// <param name="Examples">n.</param>
/// <param name="Classes">K, the outputs.</param>
/// <param name="Given">Targets as training saw them, [n, K].</param>
/// <param name="Clean">Targets without noise, [n, K].</param>
/// <param name="GivenLabels">Classes as training saw them, [n], in [0, K); empty where targets are real values.</param>
/// <param name="CleanLabels">Classes without noise, likewise.</param>
/// <param name="Epochs">The numbers of finished epochs after which outputs were recorded, [E], increasing.</param>
/// <param name="Outputs">f after each of them, [E, n, K].</param>
/// <param name="JacobianExamples">How many of the examples, counted from the first, have rows in the Jacobian.</param>
public sealed record SplitView(
    string Name,
    int Examples,
    int Classes,
    ImmutableArray<float> Given,
    ImmutableArray<float> Clean,
    ImmutableArray<int> GivenLabels,
    ImmutableArray<int> CleanLabels,
    ImmutableArray<long> Epochs,
    ReadOnlyMemory<float> Outputs,
    int JacobianExamples)
{
    /// <summary>Whether targets are classes.</summary>
    public bool AreClasses => !CleanLabels.IsEmpty;

    /// <summary>Whether an example's given target differs from its clean one.</summary>
    public bool IsCorrupted(int example)
    {
        Range row = (example * Classes)..((example + 1) * Classes);
        return !Given.AsSpan()[row].SequenceEqual(Clean.AsSpan()[row]);
    }

    /// <summary>f [n, K] of a record.</summary>
    /// <param name="record">Its index in <see cref="Epochs"/>.</param>
    public ReadOnlySpan<float> OutputsOf(int record) =>
        Outputs.Span.Slice(record * Examples * Classes, Examples * Classes);
}
