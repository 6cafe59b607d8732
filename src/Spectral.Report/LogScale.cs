using System.Globalization;
using OxyPlot.Axes;

namespace Spectral.Report;

/// <summary>Logarithmic axes whose ends are round numbers and whose labels are powers of ten.</summary>
internal static class LogScale
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    /// <summary>The ends of an axis for values between two positive numbers: 1, 2 or 5 times a power of ten.</summary>
    public static (double Low, double High) Around(double smallest, double largest)
    {
        double low = RoundDown(smallest), high = RoundUp(largest);
        return low < high ? (low, high) : (low / 2, high * 2);
    }

    /// <summary>An axis over values between two positive numbers.</summary>
    public static LogarithmicAxis Axis(AxisPosition position, double low, double high, string title) => new DecadeAxis
    {
        Position = position,
        Base = 10,
        Minimum = low,
        Maximum = high,
        Title = title,
        LabelFormatter = Label,
    }.Styled();

    private static string Label(double value)
    {
        double exponent = Math.Floor(Math.Log10(value) + 1e-9);
        double factor = Math.Round(value / Power(exponent));
        if (exponent is >= -2 and <= 3)
            return (factor * Power(exponent)).ToString("0.##", CultureInfo.InvariantCulture);
        string power = string.Create(CultureInfo.InvariantCulture, $"10{SvgDrawing.Higher}{exponent}{SvgDrawing.Normal}")
            .Replace('-', '−');
        return factor == 1 ? power : string.Create(CultureInfo.InvariantCulture, $"{factor}·{power}");
    }

    private static double RoundDown(double value)
    {
        double power = Power(Math.Floor(Math.Log10(value)));
        return power * Steps.Last(step => step * power <= value * (1 + 1e-12) || step == 1);
    }

    private static double RoundUp(double value)
    {
        double power = Power(Math.Floor(Math.Log10(value)));
        return power * Steps.First(step => step * power >= value * (1 - 1e-12) || step == 10);
    }

    // Parsed rather than computed: the same double on every machine.
    private static double Power(double exponent) =>
        double.Parse(string.Create(CultureInfo.InvariantCulture, $"1E{exponent:0}"), CultureInfo.InvariantCulture);
}
