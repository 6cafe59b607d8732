using System.Globalization;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>How canonical JSON (RFC 8785, section 3.2.2) writes one number and one string.</summary>
internal static class JsonText
{
    // ECMAScript writes positional notation for values in [1e-6, 1e21).
    private const int LargestPositionalExponent = 20;
    private const int SmallestPositionalExponent = -6;

    /// <summary>Appends a number as ECMAScript's <c>Number::toString</c> does: 1, 0.1, 1e-7, 1e+21, 0 for -0.</summary>
    /// <exception cref="ArgumentException">The value is NaN or infinite.</exception>
    public static void AppendNumber(StringBuilder text, double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException($"{value.ToString(CultureInfo.InvariantCulture)} has no form in JSON");
        if (value == 0)
        {
            text.Append('0');
            return;
        }

        if (value < 0)
            text.Append('-');
        var (digits, exponent) = ShortestDigits(Math.Abs(value));
        if (exponent is > LargestPositionalExponent or < SmallestPositionalExponent)
            AppendExponential(text, digits, exponent);
        else if (exponent < 0)
            text.Append("0.").Append('0', -exponent - 1).Append(digits);
        else if (digits.Length <= exponent + 1)
            text.Append(digits).Append('0', exponent + 1 - digits.Length);
        else
            text.Append(digits, 0, exponent + 1).Append('.').Append(digits, exponent + 1, digits.Length - exponent - 1);
    }

    /// <summary>Appends a string in quotes with the fewest escapes; all beyond ASCII stays as it is.</summary>
    /// <exception cref="ArgumentException">The string holds an unpaired surrogate.</exception>
    public static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsSurrogate(c))
            {
                if (i + 1 == value.Length || !char.IsSurrogatePair(c, value[i + 1]))
                    throw new ArgumentException($"a string holds the unpaired surrogate U+{(int)c:X4} at index {i}");
                text.Append(c).Append(value[++i]);
                continue;
            }

            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    private static void AppendExponential(StringBuilder text, string digits, int exponent)
    {
        text.Append(digits[0]);
        if (digits.Length > 1)
            text.Append('.').Append(digits, 1, digits.Length - 1);
        text.Append('e').Append(exponent < 0 ? '-' : '+');
        text.Append(Math.Abs(exponent).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The shortest digits d1 d2 ... that read back as the value: d1.d2... times 10^exponent.</summary>
    private static (string Digits, int Exponent) ShortestDigits(double value)
    {
        // .NET may write it positionally or not; we take either apart.
        var shortest = ShortestNumber.Of(value);
        var mark = shortest.IndexOf('E');
        var mantissa = mark < 0 ? shortest : shortest[..mark];
        var exponent = mark < 0 ? 0 : int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        var point = mantissa.IndexOf('.');
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var significant = digits.TrimStart('0');
        exponent -= digits.Length - significant.Length;
        return (significant.TrimEnd('0'), exponent);
    }
}
