using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Angles between planes that were turned by known ones.</summary>
public sealed class PrincipalAnglesTests
{
    [Theory]
    [InlineData(0.3, 1.2)]
    [InlineData(0.0, 1e-9)]
    [InlineData(1e-12, 1.5707)]
    [InlineData(0.7853981633974483, 0.7853981633974483)]
    public void Two_planes_turned_by_two_angles_have_those(double small, double large)
    {
        double[] plane = [1, 0, 0, 1, 0, 0, 0, 0];
        double[] turned = [Math.Cos(small), 0, 0, Math.Cos(large), Math.Sin(small), 0, 0, Math.Sin(large)];
        PrincipalAngles angles = PrincipalAngles.Between(plane, turned, 4);
        Assert.Equal(2, angles.Radians.Length);
        Assert.Equal(small, angles.Radians[0], 1e-15);
        Assert.Equal(large, angles.Radians[1], 1e-15);
        double squares = Math.Pow(Math.Cos(small), 2) + Math.Pow(Math.Cos(large), 2);
        Assert.Equal(squares / 2, angles.Overlap, 1e-15);
    }

    [Fact]
    public void A_line_and_a_plane_have_one_angle_in_either_order()
    {
        double[] plane = [1, 0, 0, 1, 0, 0], line = [Math.Cos(0.4), 0, Math.Sin(0.4)];
        Assert.Equal(0.4, Assert.Single(PrincipalAngles.Between(plane, line, 3).Radians), 1e-15);
        Assert.Equal(0.4, Assert.Single(PrincipalAngles.Between(line, plane, 3).Radians), 1e-15);
        Assert.Equal(Math.Pow(Math.Cos(0.4), 2), PrincipalAngles.Between(line, plane, 3).Overlap, 1e-15);
    }

    [Fact]
    public void Empty_or_broken_columns_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PrincipalAngles.Between(default, new double[3], 3));
        Assert.Throws<ArgumentException>(() => PrincipalAngles.Between(new double[4], new double[3], 3));
    }
}
