using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;
using Xunit;

namespace Spectral.Core.Tests.Analyses;

/// <summary>Views made by hand: nK = 12 rows, a spectrum, a cutoff and vectors in the coordinates of the u_s.</summary>
internal static class Views
{
    /// <summary>What rounding of a sum over 12 rows may make of a number of size 1.</summary>
    public const double Rounding = 12 * UnitRoundoff.Float64;

    /// <summary>The view of a spectrum and some targets.</summary>
    public static SpectralView Of(
        Cutoff cutoff, double floor, double[] sigma, params ImmutableArray<TargetView> targets)
    {
        SingularSpectrum spectrum = new([.. sigma], floor, 12, sigma.Length, "made");
        return new("final", 5, "train", 4, 3, spectrum, cutoff.Resolve(spectrum), targets, []);
    }

    /// <summary>A vector of coefficients and a part outside the range of J.</summary>
    public static ProjectedVector Vector(double outside, params double[] coefficients) =>
        new([.. coefficients], outside, Math.Sqrt(coefficients.Sum(c => c * c) + (outside * outside)));

    /// <summary>A target with a label vector alone.</summary>
    public static TargetView Label(string name, ProjectedVector label, double share = 0.25) =>
        new(name, label, share, null, null);

    /// <summary>A target with a residual and an initial residual.</summary>
    public static TargetView Residual(ProjectedVector now, ProjectedVector start) =>
        new("given", Vector(0, 1, 1, 1), 0.25, now, start);

    /// <summary>The one row of a quantity.</summary>
    public static Measurement Row(IEnumerable<Measurement> rows, string quantity) =>
        Assert.Single(rows, row => row.Quantity == quantity);

    /// <summary>A row's value and interval, within 1e-13.</summary>
    public static void AssertRow(Measurement row, double value, double lower, double upper, string status)
    {
        Assert.Equal(value, row.Value, 1e-13);
        Assert.Equal(lower, row.Lower, 1e-13);
        Assert.Equal(upper, row.Upper, 1e-13);
        Assert.Equal(status, row.Status);
    }
}
