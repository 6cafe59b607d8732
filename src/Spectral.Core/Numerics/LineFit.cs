using System.Collections.Immutable;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Spectral.Core.Numerics;

/// <summary>A straight line through measured points by least squares.</summary>
/// <param name="Intercept">a of y = a + b x.</param>
/// <param name="Slope">b.</param>
/// <param name="SlopeLower">Lower end of the 95 % interval of b by Student's t; NaN for two points.</param>
/// <param name="SlopeUpper">Upper end of it.</param>
/// <param name="Determination">R^2, the part of y's variance that the line explains; NaN where y does not vary.</param>
public sealed record LineFit(
    double Intercept, double Slope, double SlopeLower, double SlopeUpper, double Determination)
{
    /// <summary>Fits a line. The interval takes deviations from it as independent, normal and of one size.</summary>
    /// <param name="x">Two values or more, not all equal.</param>
    /// <param name="y">As many.</param>
    /// <returns>The line, or null where x does not vary.</returns>
    /// <exception cref="ArgumentException">There are fewer than two points, or not as many y as x.</exception>
    public static LineFit? Of(ImmutableArray<double> x, ImmutableArray<double> y)
    {
        if (x.Length != y.Length || x.Length < 2)
            throw new ArgumentException("a line needs two points or more", nameof(x));
        double meanX = x.Average(), meanY = y.Average();
        double spread = x.Sum(value => (value - meanX) * (value - meanX));
        if (spread == 0)
            return null;
        (double intercept, double slope) = Fit.Line(x.ToArray(), y.ToArray());
        double unexplained = x.Zip(y, (at, value) => Math.Pow(value - intercept - (slope * at), 2)).Sum();
        double total = y.Sum(value => (value - meanY) * (value - meanY));
        double reach = x.Length > 2
            ? StudentT.InvCDF(0, 1, x.Length - 2, 0.975) * Math.Sqrt(unexplained / (x.Length - 2) / spread)
            : double.NaN;
        return new LineFit(
            intercept, slope, slope - reach, slope + reach, total > 0 ? 1 - (unexplained / total) : double.NaN);
    }
}
