using System.Buffers.Binary;
using System.Collections.Immutable;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// How far apart two checkpoints are. Unequal weights are always drift: 300 steps make 1e-2 of a rounding error. The
/// distance is told all the same, since it shows where the runs parted.
/// </summary>
internal static class WeightsDistance
{
    /// <summary>max |d w| over all elements of two files that differ.</summary>
    public static ArtifactVerdict Judge(
        string path, ImmutableArray<SafetensorsTensor> original, ImmutableArray<SafetensorsTensor> again)
    {
        var others = again.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        if (original.Length != again.Length || !original.All(tensor => others.ContainsKey(tensor.Name)))
            return ArtifactVerdict.Incomparable(path, "other tensors");
        var largest = 0.0;
        foreach (var tensor in original)
        {
            var other = others[tensor.Name];
            if (tensor.DType != other.DType)
                return ArtifactVerdict.Incomparable(
                    path, $"{tensor.Name}: element type {tensor.DType}, then {other.DType}");
            if (!tensor.Shape.AsSpan().SequenceEqual(other.Shape.AsSpan()))
                return ArtifactVerdict.Incomparable(path, $"{tensor.Name}: shape ({string.Join(", ", tensor.Shape)}), "
                    + $"then ({string.Join(", ", other.Shape)})");
            if (tensor.Data.Span.SequenceEqual(other.Data.Span))
                continue;
            if (Reals(tensor) is not { } a || Reals(other) is not { } b)
                return ArtifactVerdict.Incomparable(path, $"{tensor.Name}: other {tensor.DType} elements");
            largest = Math.Max(largest, ArrayDistance.MaxDifference(a, b));
        }

        return double.IsFinite(largest)
            ? new ArtifactVerdict(path, Verdict.Drift, largest, null, "max |d w|")
            : ArtifactVerdict.Incomparable(path, "max |d w|: not finite in one of the two");
    }

    // Null for a type that weights do not have here.
    private static double[]? Reals(SafetensorsTensor tensor)
    {
        var size = tensor.DType switch { "F64" => 8, "F32" => 4, _ => 0 };
        if (size == 0)
            return null;
        var values = new double[tensor.Data.Length / size];
        for (var i = 0; i < values.Length; i++)
        {
            var element = tensor.Data.Span.Slice(i * size, size);
            values[i] = size == 8
                ? BinaryPrimitives.ReadDoubleLittleEndian(element)
                : BinaryPrimitives.ReadSingleLittleEndian(element);
        }

        return values;
    }
}
