using System.Globalization;

namespace Spectral.Cli.Terminal;

/// <summary>Error rates in progress lines.</summary>
internal static class Percent
{
    /// <summary>A rate in [0, 1] as <c>12.5 %</c>; a dash where there are no classes to err on.</summary>
    public static string Of(double rate) =>
        double.IsNaN(rate) ? "–" : rate.ToString("P1", CultureInfo.InvariantCulture);
}
