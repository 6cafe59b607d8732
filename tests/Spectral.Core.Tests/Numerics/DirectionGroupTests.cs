using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Leading directions in groups that gaps separate, and their decay under momentum.</summary>
public sealed class DirectionGroupTests
{
    [Fact]
    public void Equal_values_make_one_group_and_an_open_end_none()
    {
        SingularSpectrum spectrum = new([9, 9, 4, 3, 3], 1e-9, 8, 5, "made");
        ImmutableArray<DirectionGroup> groups = DirectionGroup.Leading(spectrum, 4);
        Assert.Equal([(1, 2), (3, 3)], groups.Select(group => (group.First, group.Last)));
        Assert.Equal((81, 16), (groups[0].Eigenvalue, groups[1].Eigenvalue));
        Assert.Equal(18 * 1e-9, groups[0].EigenvalueError, 1e-16);
        Assert.Equal((1e-9 / 5) + 1e-9, groups[1].AngleBound, 1e-15);
        Assert.Equal([2, 1, 2], DirectionGroup.Leading(spectrum, 5).Select(group => group.Count));
        Assert.Empty(DirectionGroup.Leading(spectrum, 1));
        Assert.Empty(DirectionGroup.Leading(spectrum, 0));
    }

    [Theory]
    [InlineData(0.0, false)]
    [InlineData(0.9, false)]
    [InlineData(0.6, true)]
    public void A_direction_decays_as_the_one_parameter_of_its_least_squares(double momentum, bool nesterov)
    {
        // 1/2 (sigma w + a)^2 by torch's SGD, with the residual sigma w + a.
        const double sigma = 1.5, a = -2, unit = 0.25, rate = 0.3;
        double w = 0, v = 0;
        DirectionDescent direction = new(sigma * sigma, momentum, nesterov);
        for (int step = 0; step < 20; step++)
        {
            double gradient = unit * sigma * ((sigma * w) + a);
            v = (momentum * v) + gradient;
            w -= rate * (nesterov ? gradient + (momentum * v) : v);
            direction.Step(unit, rate);
            Assert.Equal(((sigma * w) + a) / a, direction.Coordinate, 1e-14);
        }

        Assert.InRange(Math.Abs(direction.Coordinate), 0, 0.5);
    }

    [Fact]
    public void Coordinates_and_what_lies_outside_make_up_a_vector()
    {
        OrthonormalColumns columns = new(new double[] { 0.6, 0, 0.8, 0, 0, 1 }, 2, 3);
        double[] vector = [1, 2, 3], coordinates = columns.Coordinates(vector);
        Assert.Equal([2.2, 3], coordinates.Select(value => Math.Round(value, 14)));
        // (1, 2) less 2.2 (0.6, 0.8) is (-0.32, 0.24).
        Assert.Equal(0.16, columns.SquaredOutside(vector, coordinates), 1e-15);
        Assert.Equal(2.2, Assert.Single(columns.Leading(1).Coordinates(vector)), 1e-14);
        Assert.Throws<ArgumentException>(() => columns.Coordinates([1, 2]));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(11)]
    public void Any_number_of_columns_gives_every_coordinate(int count)
    {
        // Unit vectors e_1..e_q of R^13.
        double[] elements = new double[13 * count], vector = [.. Enumerable.Range(1, 13).Select(i => (double)i)];
        for (int s = 0; s < count; s++)
            elements[(s * count) + s] = 1;
        OrthonormalColumns columns = new(elements, count, 13);
        double[] coordinates = columns.Coordinates(vector);
        Assert.Equal(vector[..count], coordinates);
        Assert.Equal(vector[count..].Sum(value => value * value), columns.SquaredOutside(vector, coordinates));
    }

    [Fact]
    public void Norms_are_those_of_Pythagoras()
    {
        Assert.Equal((25, 5), (EuclideanNorm.Squared([3, 4]), EuclideanNorm.Of([3, 4])));
        Assert.Equal(5, EuclideanNorm.Between([4, 2], [1, 6]));
        Assert.Throws<ArgumentException>(() => EuclideanNorm.Between([4, 2], [1]));
    }
}
