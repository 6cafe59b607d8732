using System.Globalization;

namespace Spectral.Report;

/// <summary>
/// A number with as many decimal digits as are shown: <c>Digits * 10^Exponent</c>. It is made from the correctly rounded
/// digits of a double, so that what is printed and what is compared with an interval are the same number.
/// </summary>
/// <param name="Digits">The signed digits as one whole number.</param>
/// <param name="Exponent">The power of ten of the last digit.</param>
internal readonly record struct DecimalDigits(long Digits, int Exponent)
{
    /// <summary>The double nearest to the digits.</summary>
    public double Value => Parse(Digits, Exponent);

    /// <summary>One unit of the last digit.</summary>
    public double Unit => Parse(1, Exponent);

    /// <summary>The nearest number with <paramref name="significant"/> digits, 1 to 15.</summary>
    public static DecimalDigits Nearest(double value, int significant)
    {
        string format = "E" + (significant - 1).ToString(CultureInfo.InvariantCulture);
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        int mark = text.IndexOf('E', StringComparison.Ordinal);
        long digits = long.Parse(
            text[..mark].Replace(".", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        int exponent = int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return new DecimalDigits(digits, exponent - significant + 1);
    }

    /// <summary>The largest number with <paramref name="significant"/> digits that is not above the value.</summary>
    public static DecimalDigits AtMost(double value, int significant)
    {
        DecimalDigits nearest = Nearest(value, significant);
        return nearest.Value > value ? nearest.Step(-1, significant) : nearest;
    }

    /// <summary>The smallest number with <paramref name="significant"/> digits that is not below the value.</summary>
    public static DecimalDigits AtLeast(double value, int significant)
    {
        DecimalDigits nearest = Nearest(value, significant);
        return nearest.Value < value ? nearest.Step(1, significant) : nearest;
    }

    /// <summary>
    /// The text: plain decimals where they are short and end in a known digit (<c>0.0123</c>), else <c>1.2e-12</c>.
    /// </summary>
    /// <param name="exact">The digits are the whole number: zeros at the end say nothing and are left out.</param>
    public string ToText(bool exact)
    {
        long digits = Math.Abs(Digits);
        int exponent = Exponent;
        while (exact && digits != 0 && digits % 10 == 0)
            (digits, exponent) = (digits / 10, exponent + 1);
        string text = digits.ToString(CultureInfo.InvariantCulture);
        string sign = Digits < 0 ? "-" : "";
        int leading = exponent + text.Length - 1;
        // Zeros behind the last known digit would claim to be known: 1.2e3 instead of 1200.
        bool plain = digits == 0 || (leading is >= -4 and < 6 && (exponent <= 0 || exact));
        return sign + (plain ? Plain(text, exponent) : Scientific(text, leading));
    }

    private static string Plain(string text, int exponent)
    {
        if (text == "0")
            return text;
        if (exponent >= 0)
            return text + new string('0', exponent);
        text = text.PadLeft(1 - exponent, '0');
        return text[..^-exponent] + "." + text[^-exponent..];
    }

    private static string Scientific(string text, int leading) =>
        text[..1] + (text.Length > 1 ? "." + text[1..] : "") + "e" + leading.ToString(CultureInfo.InvariantCulture);

    private static double Parse(long digits, int exponent) =>
        double.Parse(
            string.Create(CultureInfo.InvariantCulture, $"{digits}E{exponent}"),
            NumberStyles.Float,
            CultureInfo.InvariantCulture);

    private DecimalDigits Step(int direction, int significant)
    {
        // From 1.0 towards zero the next number with two digits is 0.99, not 0.9.
        long first = (long)Math.Pow(10, significant - 1);
        return Math.Abs(Digits) == first && Math.Sign(Digits) != direction
            ? new DecimalDigits((Digits * 10) + direction, Exponent - 1)
            : this with { Digits = Digits + direction };
    }
}
