using Spectral.Core.Formats;
using Spectral.Core.Results;

namespace Spectral.Core.Bundles;

/// <summary>How far apart two arrays are, element by element.</summary>
internal static class ArrayDistance
{
    /// <summary>Real arrays: max |d| / max |x| over the original. Integers and booleans: must be equal.</summary>
    public static ArtifactVerdict Judge(string path, NpyArray original, NpyArray again, ArrayTolerance tolerance)
    {
        if (Mismatch(original, again) is { } mismatch)
            return ArtifactVerdict.Incomparable(path, mismatch);
        if (Reals(original) is not { } a || Reals(again) is not { } b)
            return new ArtifactVerdict(
                path, Verdict.Drift, CountDifferent(original, again), null, "elements that differ");
        var largest = MaxAbs(a);
        var difference = MaxDifference(a, b);
        return ArtifactVerdict.Measured(
            path,
            // Beside an array of zeros every difference is infinitely large.
            difference == 0 ? 0 : difference / largest,
            original.Type == NpyType.Float64 ? tolerance.Float64 : tolerance.Float32,
            "max |d| / max |x|");
    }

    /// <summary>What makes two arrays incomparable; null where nothing does.</summary>
    public static string? Mismatch(NpyArray original, NpyArray again) =>
        original.Type != again.Type ? $"element type {original.Type}, then {again.Type}"
        : !original.Shape.AsSpan().SequenceEqual(again.Shape.AsSpan())
            ? $"shape ({string.Join(", ", original.Shape)}), then ({string.Join(", ", again.Shape)})"
        : null;

    /// <summary>The elements as doubles, exactly; null for integers and booleans.</summary>
    public static double[]? Reals(NpyArray array) => array.Type switch
    {
        NpyType.Float64 => array.ToDoubles(),
        NpyType.Float32 => Array.ConvertAll(array.ToFloats(), value => (double)value),
        _ => null,
    };

    /// <summary>
    /// max |a - b|; equal infinities and two NaNs are no difference, one value that is not finite is an infinite one.
    /// </summary>
    public static double MaxDifference(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var largest = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i].Equals(b[i])) // Equals holds for two NaNs, and for 0 and -0
                continue;
            var difference = Math.Abs(a[i] - b[i]);
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }

        return largest;
    }

    private static double MaxAbs(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            if (double.IsFinite(value))
                largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static int CountDifferent(NpyArray original, NpyArray again)
    {
        var size = NpyHeader.ElementSize(original.Type);
        var a = original.Data.Span;
        var b = again.Data.Span;
        var count = 0;
        for (var at = 0; at < a.Length; at += size)
        {
            if (!a.Slice(at, size).SequenceEqual(b.Slice(at, size)))
                count++;
        }

        return count;
    }
}
