using System.Globalization;

namespace Spectral.Core.Components;

/// <summary>An interval of the real line: the range of a real field. NaN lies in none.</summary>
/// <param name="Low">Lower end; may be negative infinity.</param>
/// <param name="LowIncluded">Whether the lower end itself is allowed.</param>
/// <param name="High">Upper end; may be positive infinity.</param>
/// <param name="HighIncluded">Whether the upper end itself is allowed.</param>
public sealed record Interval(double Low, bool LowIncluded, double High, bool HighIncluded)
{
    /// <summary>All real numbers.</summary>
    public static Interval Real { get; } = new(double.NegativeInfinity, false, double.PositiveInfinity, false);

    /// <summary>(0, infinity).</summary>
    public static Interval Positive { get; } = new(0, false, double.PositiveInfinity, false);

    /// <summary>[0, infinity).</summary>
    public static Interval NotNegative { get; } = new(0, true, double.PositiveInfinity, false);

    /// <summary>[<paramref name="low"/>, <paramref name="high"/>].</summary>
    public static Interval Closed(double low, double high) => new(low, true, high, true);

    /// <summary>(<paramref name="low"/>, <paramref name="high"/>].</summary>
    public static Interval OpenClosed(double low, double high) => new(low, false, high, true);

    /// <summary>[<paramref name="low"/>, <paramref name="high"/>).</summary>
    public static Interval ClosedOpen(double low, double high) => new(low, true, high, false);

    /// <summary>Whether <paramref name="value"/> lies in the interval.</summary>
    public bool Contains(double value) =>
        (LowIncluded ? value >= Low : value > Low) && (HighIncluded ? value <= High : value < High);

    /// <summary>The interval in mathematical notation, such as <c>(0, 1]</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(LowIncluded ? '[' : '(')}{End(Low)}, {End(High)}{(HighIncluded ? ']' : ')')}");

    private static string End(double end) =>
        double.IsPositiveInfinity(end) ? "infinity"
        : double.IsNegativeInfinity(end) ? "-infinity"
        : end.ToString("R", CultureInfo.InvariantCulture);
}
