using System.Collections.Immutable;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Plans;

/// <summary>Shapes are equal by their dimensions and count their elements exactly.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void A_shape_counts_its_axes_and_elements()
    {
        Shape image = new(3, 32, 32);
        Assert.Equal((3, 3072L, "[3, 32, 32]"), (image.Rank, image.Count, image.ToString()));
        Assert.Equal([3L, 32, 32], image.ToLongs());
        Shape scalar = new();
        Assert.Equal((0, 1L, "[]"), (scalar.Rank, scalar.Count, scalar.ToString()));
        Assert.Equal(1L << 60, new Shape(1 << 30, 1 << 30).Count);
        Assert.Throws<OverflowException>(() => new Shape(1 << 30, 1 << 30, 1 << 30).Count);
    }

    [Fact]
    public void Shapes_are_equal_by_their_dimensions()
    {
        Assert.Equal(new Shape(2, 3), new Shape(ImmutableArray.Create(2, 3)));
        Assert.Equal(new Shape(2, 3).GetHashCode(), new Shape(2, 3).GetHashCode());
        Assert.NotEqual(new Shape(2, 3), new Shape(3, 2));
        Assert.NotEqual(new Shape(6), new Shape(2, 3));
        Assert.False(new Shape(6).Equals(null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_dimension_below_one_is_refused(int dimension) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Shape(4, dimension));
}
