using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Plans;

/// <summary>
/// The shape of one example at some point of a network, without the batch axis: <c>[64]</c> for 64 features,
/// <c>[3, 32, 32]</c> for channels, height and width. Every dimension is 1 or more; no dimensions is a scalar.
/// </summary>
public sealed class Shape : IEquatable<Shape>
{
    /// <summary>Makes a shape.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is below 1.</exception>
    public Shape(params ImmutableArray<int> dimensions)
    {
        foreach (int dimension in dimensions)
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1, nameof(dimensions));
        Dimensions = dimensions;
    }

    /// <summary>The extent along each axis.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>The number of axes.</summary>
    public int Rank => Dimensions.Length;

    /// <summary>The number of elements: the product of the dimensions.</summary>
    public long Count => Dimensions.Aggregate(1L, (product, dimension) => checked(product * dimension));

    /// <summary>The dimensions as TorchSharp wants them.</summary>
    public long[] ToLongs() => [.. Dimensions.Select(dimension => (long)dimension)];

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && Dimensions.AsSpan().SequenceEqual(other.Dimensions.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => Dimensions.Aggregate(17, HashCode.Combine);

    /// <summary>The shape as a message writes it: <c>[3, 32, 32]</c>.</summary>
    public override string ToString() =>
        "[" + string.Join(", ", Dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture))) + "]";
}
