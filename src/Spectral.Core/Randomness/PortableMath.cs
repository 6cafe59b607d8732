namespace Spectral.Core.Randomness;

/// <summary>
/// Elementary functions whose bits are equal on every machine: they use only + - * / on doubles, which IEEE 754
/// rounds one way, and bit manipulation. <see cref="Math.Log(double)"/> and its like ask the C library of the day.
/// </summary>
public static class PortableMath
{
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;
    private const long MantissaMask = (1L << MantissaBits) - 1;
    private const double TwoTo54 = 1L << 54;

    // ln 2 as a sum: the first part has 21 trailing zero bits, so that an exponent times it is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700;

    /// <summary>The natural logarithm, within 1 ulp.</summary>
    /// <remarks>
    /// x = 2^k (1 + f) with sqrt(1/2) &lt;= 1 + f &lt; sqrt(2); log(1 + f) = 2 artanh(s) with s = f / (2 + f), its
    /// series replaced by a minimax polynomial. Source: the coefficients of Sun's fdlibm, <c>e_log.c</c>.
    /// </remarks>
    /// <param name="x">Any double.</param>
    /// <returns>ln x; minus infinity at 0, NaN below 0 and at NaN, infinity at infinity.</returns>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0)
            return double.NaN;
        if (x == 0)
            return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x))
            return x;

        var exponent = 0;
        if (!double.IsNormal(x))
        {
            x *= TwoTo54;
            exponent = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> MantissaBits) - ExponentBias;
        var mantissa = BitConverter.Int64BitsToDouble((bits & MantissaMask) | ((long)ExponentBias << MantissaBits));
        if (mantissa >= 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var f = mantissa - 1.0; // exact
        var halfSquare = 0.5 * f * f;
        var s = f / (2.0 + f);
        var z = s * s;
        var tail = s * (halfSquare + Series(z));
        return exponent * Ln2High - (halfSquare - (tail + exponent * Ln2Low) - f);
    }

    /// <summary>The exponential, within 2 ulp where the result is a normal number.</summary>
    /// <remarks>
    /// x = k ln 2 + r with |r| &lt;= ln(2) / 2; the Taylor series of e^r to r^14, whose rest is below 2^-60, and k added to
    /// the exponent.
    /// </remarks>
    /// <param name="x">Any double.</param>
    /// <returns>e^x; 0 below -708, infinity above 709, NaN at NaN.</returns>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709)
            return double.PositiveInfinity;
        if (x < -708)
            return 0;
        var k = Math.Round(x * InverseLn2); // exact, unlike a transcendental function
        var r = x - k * Ln2High - k * Ln2Low;
        var sum = 1.0;
        for (var term = 14; term >= 1; term--)
            sum = 1.0 + sum * r / term;
        return sum * BitConverter.Int64BitsToDouble(((long)k + ExponentBias) << MantissaBits);
    }

    /// <summary>(log((1 + s) / (1 - s)) - 2 s) / s as a polynomial in z = s^2, for 0 &lt;= z &lt;= 0.02945.</summary>
    private static double Series(double z)
    {
        var w = z * z;
        var odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
        var even = z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01
            + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
        return odd + even;
    }
}
