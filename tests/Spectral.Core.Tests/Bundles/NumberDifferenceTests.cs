using Spectral.Core.Bundles;
using Spectral.Core.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>One number of two bundles side by side.</summary>
public sealed class NumberDifferenceTests
{
    [Fact]
    public void A_difference_is_second_less_first_and_relative_to_the_larger()
    {
        NumberDifference found = Between(Known(2, 1.9, 2.1), Known(-0.5, -0.6, -0.4));
        Assert.Equal(-2.5, found.Absolute);
        Assert.Equal(1.25, found.Relative);
        Assert.False(found.Overlaps);
        Assert.False(found.IsSame);
        Assert.Equal(0.5, Between(Known(2), Known(1)).Relative);
        Assert.Equal(1, Between(Known(0), Known(3)).Relative);
        Assert.Equal(0, Between(Known(0), Known(0)).Relative);
    }

    [Theory]
    [InlineData(0, 1, 1, 2, true)]
    [InlineData(0, 1, 1.5, 2, false)]
    [InlineData(1.5, 2, 0, 1, false)]
    [InlineData(0, 9, 1, 2, true)]
    [InlineData(0, double.NaN, 5, 6, null)]
    public void Intervals_overlap_where_they_have_a_point_in_common(
        double lower, double upper, double otherLower, double otherUpper, bool? overlaps) =>
        Assert.Equal(overlaps, Between(Known(1, lower, upper), Known(1, otherLower, otherUpper)).Overlaps);

    [Fact]
    public void A_number_that_is_none_has_no_difference_but_weighs_most()
    {
        StatedNumber none = new(double.NaN, double.NaN, double.NaN, "undefined");
        NumberDifference lost = Between(Known(1), none), large = Between(Known(1), Known(-1)), missing = Between(Known(1), null);
        Assert.Null(lost.Absolute);
        Assert.Null(lost.Relative);
        Assert.Null(missing.Relative);
        Assert.True(Between(none, none).IsSame);
        Assert.Equal([lost, large, missing], new[] { missing, lost, large }.OrderByDescending(one => one.Weight));
    }

    [Fact]
    public void Leaves_of_two_trees_are_joined_by_path_as_JSON()
    {
        Assert.Equal(
            [
                new LeafDifference("a.b", "1", "2"), new LeafDifference("list.0", "\"x\"", "\"x\""), new LeafDifference("list.1", "null", null),
                new LeafDifference("none", "{}", null), new LeafDifference("new", null, "true"),
            ],
            LeafDifference.Of(
                System.Text.Json.Nodes.JsonNode.Parse("""{"a":{"b":1},"list":["x",null],"none":{}}"""),
                System.Text.Json.Nodes.JsonNode.Parse("""{"new":true,"list":["x"],"a":{"b":2}}""")).OrderBy(leaf => leaf.B == "true"));
    }

    private static NumberDifference Between(StatedNumber? a, StatedNumber? b) => new(new("x", "y", 0, "", "", "", 0), a, b);

    private static StatedNumber Known(double value) => Known(value, value, value);

    private static StatedNumber Known(double value, double lower, double upper) => new(value, lower, upper, "ok");
}
