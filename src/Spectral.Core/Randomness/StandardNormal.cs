namespace Spectral.Core.Randomness;

/// <summary>The standard normal distribution, computed to the same bits on every machine.</summary>
public static class StandardNormal
{
    // Coefficients of increasing power: the numerators A, C, E and denominators B, D, F of AS 241's PPND16.
    private static readonly double[] CentreNumerator =
    [
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3,
    ];

    private static readonly double[] CentreDenominator =
    [
        1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
        2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3,
    ];

    private static readonly double[] ShoulderNumerator =
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static readonly double[] ShoulderDenominator =
    [
        1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static readonly double[] TailNumerator =
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static readonly double[] TailDenominator =
    [
        1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <summary>The x below which a standard normal variable falls with probability <paramref name="p"/>.</summary>
    /// <remarks>
    /// Wichura's algorithm AS 241, PPND16 (Applied Statistics 37(3), 1988, 477-484), relative error near 1e-16. It
    /// uses + - * / and the square root, which IEEE 754 rounds one way, and <see cref="PortableMath.Log"/>. Never
    /// write a fused multiply-add here: the runtime does not contract a * b + c on its own, and the bits count on it.
    /// </remarks>
    /// <param name="p">A probability in the open interval (0, 1).</param>
    /// <returns>A real in (-38.5, 8.3): the double next below 1 lies nearer to 1 than any lies to 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not in (0, 1), or is NaN.</exception>
    public static double Quantile(double p)
    {
        if (!(p > 0 && p < 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "a probability in the open interval (0, 1) is needed");

        var q = p - 0.5;
        if (q is >= -0.425 and <= 0.425)
        {
            var centre = 0.180625 - q * q;
            return Polynomial(CentreNumerator, centre) * q / Polynomial(CentreDenominator, centre);
        }

        var r = Math.Sqrt(-PortableMath.Log(q < 0 ? p : 1.0 - p));
        var size = r <= 5.0
            ? Polynomial(ShoulderNumerator, r - 1.6) / Polynomial(ShoulderDenominator, r - 1.6)
            : Polynomial(TailNumerator, r - 5.0) / Polynomial(TailDenominator, r - 5.0);
        return q < 0 ? -size : size;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = coefficients[^1];
        for (var power = coefficients.Length - 2; power >= 0; power--)
            sum = sum * x + coefficients[power];
        return sum;
    }
}
