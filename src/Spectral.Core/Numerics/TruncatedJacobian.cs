namespace Spectral.Core.Numerics;

/// <summary>
/// What a split Jacobian makes of a vector v of R^{nK}: J_I on the information space, J_N on the nuisance space. The
/// ends hold for the exact J of the same rank: the computed decomposition is that of a matrix within a known distance
/// of J (or of G = J J^T), and its information space is off by at most the split's angle.
/// </summary>
/// <param name="spectrum">J's singular values with their accuracy.</param>
/// <param name="split">The split, whose alpha and rank are taken as they are.</param>
/// <remarks>
/// Source of the ends: ||J_I^+ v|| is the largest &lt;x, v&gt; / ||J^T x|| of x in I; ||J_I - J'_I'|| is at most
/// 2 e + 2 b sigma_{r+1} for ||J - J'|| = e and spaces of sine b apart (Wedin 1972); likewise for G.
/// </remarks>
public sealed class TruncatedJacobian(SingularSpectrum spectrum, SpaceSplit split)
{
    private readonly double _rounding = spectrum.Rows * UnitRoundoff.Float64;

    /// <summary>The sine of the angle, and what rounding adds to coordinates.</summary>
    private double Angle => Math.Min(1, split.AngleBound + _rounding);

    /// <summary>Whether the accuracy is that of the Gram matrix, not of J.</summary>
    private bool IsSquared => spectrum.SquareError > 0;

    /// <summary>||J_I^+ v|| = (sum_{s &lt;= r} &lt;u_s, v&gt;^2 / sigma_s^2)^{1/2}; 0 for r = 0.</summary>
    /// <param name="vector">v.</param>
    public Enclosure PseudoInverse(ProjectedVector vector)
    {
        if (split.Rank == 0 || vector.Norm == 0)
            return Enclosure.Exact(0);
        double sum = 0;
        for (int s = 0; s < split.Rank; s++)
            sum += Square(vector.Coefficients[s] / spectrum.Values[s]);
        double value = Math.Sqrt(sum), last = spectrum.Values[split.Rank - 1], turned = Angle * vector.Norm;
        double cosine = Math.Sqrt(1 - Square(Angle)), smallest = last - Error(last);
        // However the space lies, no direction is divided by less than its smallest singular value.
        double most = smallest > 0 ? vector.Norm * (1 + _rounding) / smallest : double.PositiveInfinity;
        double seen = cosine * last, left = seen - Error(seen), least = cosine * smallest;
        return new Enclosure(
            value,
            least > 0 ? Math.Max(0, value - (((value * Error(least)) + turned) / least)) : 0,
            left > 0 ? Math.Min(most, ((value * seen) + turned) / left) : most);
    }

    /// <summary>
    /// ||J_N^T v|| = (sum_{s > r} sigma_s^2 &lt;u_s, v&gt;^2)^{1/2}; of a partial spectrum only ends are known.
    /// </summary>
    /// <param name="vector">v.</param>
    public Enclosure NuisanceGradient(ProjectedVector vector)
    {
        double sum = 0, below = Below, size = vector.Norm;
        for (int s = split.Rank; s < spectrum.Values.Length; s++)
            sum += Square(spectrum.Values[s] * vector.Coefficients[s]);
        double value = spectrum.IsComplete ? Math.Sqrt(sum) : double.NaN;
        if (!IsSquared)
        {
            double floor = spectrum.TrustFloor, slack = size * ((3 * floor) + (2 * Angle * (below + floor)));
            return new Enclosure(
                value, Math.Max(0, value - slack), Math.Min(value + slack, (below + floor) * size * (1 + _rounding)));
        }

        double rest = spectrum.IsComplete ? 0 : Square(LeftOut * vector.Outside);
        double error = SquareError, wide = Square(size) * ((3 * error) + (2 * Angle * (Square(below) + error)));
        double largest = (Square(below) + error) * Square(size) * (1 + _rounding);
        return new Enclosure(
            value, Math.Sqrt(Math.Max(0, sum - wide)), Math.Sqrt(Math.Min(sum + rest + wide, largest)));
    }

    /// <summary>
    /// The early-stopping value B_{alpha,Gamma} = (alpha^2 ||J_I^+ v||^2 + Gamma^2 ||J_N^T v||^2 / alpha^2)^{1/2}; of a
    /// partial spectrum only ends are known. Source: arXiv:1906.05392v2, definition 6.1.
    /// </summary>
    /// <param name="vector">v: the initial residual, or the labels for a network that begins near 0.</param>
    /// <param name="gamma">Gamma, 1 or more.</param>
    /// <returns>Undefined for alpha = 0.</returns>
    public Enclosure EarlyStoppingValue(ProjectedVector vector, double gamma)
    {
        if (split.Alpha <= 0)
            return Enclosure.Undefined;
        Enclosure inverse = PseudoInverse(vector), gradient = NuisanceGradient(vector);
        return new Enclosure(
            Of(inverse.Value, gradient.Value), Of(inverse.Lower, gradient.Lower), Of(inverse.Upper, gradient.Upper));

        double Of(double first, double second) =>
            Math.Sqrt(Square(split.Alpha * first) + Square(gamma * second / split.Alpha));
    }

    /// <summary>sigma_{r+1}, or what it is at most.</summary>
    private double Below => double.IsNaN(split.SigmaBelow) ? LeftOut : split.SigmaBelow;

    /// <summary>What the first value left out of a partial spectrum is at most.</summary>
    private double LeftOut => double.IsFinite(spectrum.Next) ? spectrum.Next
        : spectrum.Values.IsEmpty ? spectrum.FrobeniusNorm
        : spectrum.Values[^1] + spectrum.ErrorOf(spectrum.Values.Length - 1);

    /// <summary>What an eigenvalue of G that matters for the split, or G itself, is off by.</summary>
    private double SquareError
    {
        get
        {
            double at = split.Rank == 0 ? spectrum.Largest : split.SigmaAt;
            return spectrum.SquareError
                + (SingularSpectrum.RelativeSquareError * at * at)
                + Math.Sqrt(spectrum.Residuals.Sum(residual => residual * residual));
        }
    }

    /// <summary>What ||J^T x|| is off by where it is <paramref name="length"/>, for unit x.</summary>
    private double Error(double length) =>
        !IsSquared ? spectrum.TrustFloor
        : length * length > SquareError ? SquareError / (length + Math.Sqrt((length * length) - SquareError))
        : double.PositiveInfinity;

    private static double Square(double value) => value * value;
}
