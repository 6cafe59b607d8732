using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>One point of a sweep: what it sets in the spec. Not part of the plan, which holds the values alone.</summary>
/// <param name="Number">Its place in the sweep, from 1; the last axis runs fastest.</param>
/// <param name="Count">How many points the sweep has, in [1, 100000].</param>
/// <param name="Values">What it sets, in the order of the sweep; never empty.</param>
public sealed record SweepPoint(int Number, int Count, ImmutableArray<SweptValue> Values)
{
    /// <summary>The values as one line, <c>noise.uniform=0.5, seed=2</c>.</summary>
    public string Text => string.Join(", ", Values.Select(value => $"{value.Path}={value.Text}"));

    /// <summary>The place and the values as one line, <c>point 3 of 10: noise.uniform=0.5, seed=2</c>.</summary>
    public string Title => FormattableString.Invariant($"point {Number} of {Count}: {Text}");
}

/// <summary>A value that a sweep sets.</summary>
/// <param name="Path">Where, a dotted path as <c>-S</c> takes it.</param>
/// <param name="Text">What, one line of YAML: <c>-S PATH=TEXT</c> sets the same.</param>
public sealed record SweptValue(string Path, string Text);
