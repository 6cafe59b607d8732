using System.Globalization;

namespace Spectral.Report;

/// <summary>
/// Numbers as text in which every digit is justified. A number that is known to an interval is rounded so far that the
/// whole interval lies within one unit of the last digit shown; where not even the first digit is known, the text is an
/// inequality or the interval itself.
/// </summary>
public static class UncertainNumber
{
    /// <summary>What stands where there is no number: an en dash.</summary>
    public const string Absent = "–";

    /// <summary>The most significant digits that are shown unless a caller wants fewer.</summary>
    public const int MostDigits = 6;

    /// <summary>The text of a value that is known to lie in an interval.</summary>
    /// <param name="value">The value; NaN gives <see cref="Absent"/>.</param>
    /// <param name="lower">The interval's lower end; equal to <paramref name="upper"/> for an exact number.</param>
    /// <param name="upper">Its upper end. Where an end is NaN nothing is known, and the text is <c>~1.23</c>.</param>
    /// <param name="digits">The most significant digits to show, 1 to 15.</param>
    /// <returns>
    /// <c>0.7512</c>, <c>1.2e-7</c>; <c>&lt; 3e-12</c> where only a bound is known, <c>[0.1, 0.9]</c> where only an
    /// interval is. An exact number loses zeros at its end, an uncertain one keeps those that are known.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="digits"/> is out of range.</exception>
    public static string Format(double value, double lower, double upper, int digits = MostDigits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(digits, 15);
        if (double.IsNaN(value))
            return Absent;
        if (double.IsInfinity(value))
            return Infinite(value);
        if (double.IsNaN(lower) || double.IsNaN(upper))
            return "~" + DecimalDigits.Nearest(value, Math.Min(3, digits)).ToText(exact: false);

        // Rounding in the bounds' own arithmetic may leave the value a bit outside.
        double low = Math.Min(lower, value), high = Math.Max(upper, value);
        if (low == high && value == 0)
            return "0";
        for (int count = digits; value != 0 && count >= 1; count--)
        {
            DecimalDigits shown = DecimalDigits.Nearest(value, count);
            bool isWithinUnit = high - shown.Value <= shown.Unit && shown.Value - low <= shown.Unit;
            // A lone digit must be known itself: 1, give or take 1, says nothing.
            bool isDigitKnown = count > 1 || (high - low <= shown.Unit && (low > 0 || high < 0));
            if (isWithinUnit && isDigitKnown)
                return shown.ToText(exact: low == high && shown.Value == value);
        }

        return Interval(low, high);
    }

    /// <summary>An interval as text, rounded outwards to two digits; an end at zero or infinity makes it an inequality.</summary>
    /// <param name="lower">The lower end.</param>
    /// <param name="upper">The upper end, not below the lower one; NaN at either end gives <see cref="Absent"/>.</param>
    public static string Interval(double lower, double upper)
    {
        if (double.IsNaN(lower) || double.IsNaN(upper) || (double.IsInfinity(lower) && double.IsInfinity(upper)))
            return Absent;
        if (lower == upper)
            return Format(lower, lower, upper);
        if (lower == 0 && double.IsPositiveInfinity(upper))
            return "≥ 0";
        if (upper == 0 && double.IsNegativeInfinity(lower))
            return "≤ 0";
        if (lower == 0 || double.IsNegativeInfinity(lower))
            return Below(upper);
        if (upper == 0 || double.IsPositiveInfinity(upper))
            return Above(lower);
        return $"[{Text(DecimalDigits.AtMost(lower, 2))}, {Text(DecimalDigits.AtLeast(upper, 2))}]";
    }

    /// <summary>An error rate with the counts that it comes from: <c>4.0 % (12/300)</c>.</summary>
    /// <param name="errors">How many examples are wrong, 0 to <paramref name="examples"/>.</param>
    /// <param name="examples">How many there are; 0 gives <see cref="Absent"/>.</param>
    /// <remarks>
    /// The rate on these examples is exact; it gets as many decimals as one example can move, two at most. What it says
    /// about unseen examples is the Clopper-Pearson interval beside it.
    /// </remarks>
    public static string Rate(int errors, int examples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(errors);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(errors, examples);
        if (examples == 0)
            return Absent;
        int decimals = examples <= 100 ? 0 : examples <= 1000 ? 1 : 2;
        double percent = 100.0 * errors / examples;
        string text = percent.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        double shown = double.Parse(text, CultureInfo.InvariantCulture);
        // One error in a million is neither none nor is all but one all.
        if (shown == 0 && errors > 0)
            text = "< 0.01";
        else if (shown == 100 && errors < examples)
            text = "> 99.99";
        return string.Create(CultureInfo.InvariantCulture, $"{text} % ({errors}/{examples})");
    }

    private static string Below(double bound)
    {
        DecimalDigits rounded = DecimalDigits.AtLeast(bound, 1);
        return (rounded.Value > bound ? "< " : "≤ ") + Text(rounded);
    }

    private static string Above(double bound)
    {
        DecimalDigits rounded = DecimalDigits.AtMost(bound, 1);
        return (rounded.Value < bound ? "> " : "≥ ") + Text(rounded);
    }

    private static string Text(DecimalDigits number) => number.ToText(exact: true);

    private static string Infinite(double value) => value > 0 ? "∞" : "-∞";
}
