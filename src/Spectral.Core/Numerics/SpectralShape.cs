namespace Spectral.Core.Numerics;

/// <summary>
/// Numbers that say how a Jacobian's spectrum is spread, with lambda_s = sigma_s^2, the eigenvalues of G = J J^T. Ends
/// hold for the exact singular values (Weyl's theorem) and, for a partial spectrum, for whatever was left out: its sum
/// is known, its values are at most the last one computed. Undefined for J = 0.
/// </summary>
/// <param name="spectrum">The singular values with their accuracy.</param>
public sealed class SpectralShape(SingularSpectrum spectrum)
{
    private readonly double[] _squares = [.. spectrum.Values.Select(value => value * value)];
    private readonly double _trace = spectrum.FrobeniusNorm * spectrum.FrobeniusNorm;

    /// <summary>||J||_F^2 / ||J||^2, in [1, min(nK, p)].</summary>
    public Enclosure StableRank => _trace > 0
        ? Norm.Over(Enclosure.Around(spectrum.Largest, spectrum.ErrorOf(0))).Under(Square)
        : Enclosure.Undefined;

    /// <summary>(sum lambda)^2 / sum lambda^2, in [1, min(nK, p)].</summary>
    public Enclosure ParticipationRatio => _trace > 0
        ? Norm.Under(Square).Over(GramNorm).Under(Square)
        : Enclosure.Undefined;

    /// <summary>||G||_F = (sum lambda^2)^{1/2}.</summary>
    public Enclosure GramNorm
    {
        get
        {
            double sum = _squares.Sum(square => square * square), size = Math.Sqrt(sum);
            double slack = Math.Sqrt(Enumerable.Range(0, _squares.Length).Sum(s => Square(Error(s))));
            if (Missing == 0)
                return Enclosure.Around(size, slack);
            // The values left out are equal, or as unequal as the largest of them allows.
            (double least, double most) = Rest;
            return Enclosure.Between(
                Math.Sqrt(Square(Math.Max(0, size - slack)) + (least * least / Missing)),
                Math.Sqrt(Square(size + slack) + (most * Largest)));
        }
    }

    /// <summary>
    /// exp(-sum p_s log p_s) with p_s = lambda_s / sum lambda, in [1, min(nK, p)]: the effective rank. The ends are
    /// those of the entropy's continuity (Audenaert 2007).
    /// </summary>
    public Enclosure EffectiveRank
    {
        get
        {
            if (_trace <= 0)
                return Enclosure.Undefined;
            double entropy = _squares.Where(square => square > 0).Sum(square => -Plogp(square / _trace));
            double distance = (Enumerable.Range(0, _squares.Length).Sum(Error) + TraceError) / _trace;
            double slack = Continuity(Missing == 0 ? distance : 2 * distance, Count);
            double lower = Math.Max(0, entropy - slack), upper = entropy + slack;
            if (Missing == 0)
                return new Enclosure(Math.Exp(entropy), Math.Exp(lower), Math.Min(Count, Math.Exp(upper)));
            (double least, double most) = Rest;
            double few = Math.Min(1, least / _trace), many = Math.Min(1, most / _trace);
            lower += Math.Max(0, -few * Math.Log(Largest / _trace));
            upper += (many * Math.Log(Missing)) - Plogp(Math.Clamp(1 / Math.E, few, many));
            return Enclosure.Between(Math.Exp(lower), Math.Min(Count, Math.Exp(upper)));
        }
    }

    /// <summary>sum_{s &lt;= k} lambda_s / sum lambda, in [0, 1].</summary>
    /// <param name="rank">k, 0 or more; beyond min(nK, p) it is 1.</param>
    public Enclosure TraceRatio(long rank)
    {
        if (_trace <= 0)
            return Enclosure.Undefined;
        if (rank >= Count)
            return Enclosure.Exact(1);
        int known = (int)Math.Min(rank, _squares.Length);
        double size = Math.Sqrt(_squares.Take(known).Sum());
        double slack = Math.Sqrt(Enumerable.Range(0, known).Sum(s => Square(spectrum.ErrorOf(s))));
        Enclosure ratio = Enclosure.Around(size, slack).Over(Norm).Under(Square);
        return known == rank
            ? ratio with { Upper = Math.Min(1, ratio.Upper) }
            : Enclosure.Between(ratio.Lower, 1);
    }

    /// <summary>sum lambda / (lambda + z), in [0, min(nK, p)]: the effective dimension.</summary>
    /// <param name="damping">z in squared units of J; undefined for 0.</param>
    public Enclosure EffectiveDimension(double damping)
    {
        if (damping <= 0)
            return Enclosure.Undefined;
        double value = 0, lower = 0, upper = 0;
        for (int s = 0; s < _squares.Length; s++)
        {
            value += Part(_squares[s]);
            lower += Part(Math.Max(0, _squares[s] - Error(s)));
            upper += Part(_squares[s] + Error(s));
        }

        if (Missing == 0)
            return new Enclosure(value, lower, upper);
        (double least, double most) = Rest;
        return Enclosure.Between(lower + (least / (Largest + damping)), upper + (Missing * Part(most / Missing)));

        double Part(double square) => square / (square + damping);
    }

    /// <summary>min(nK, p).</summary>
    private long Count => Math.Min(spectrum.Rows, spectrum.Columns);

    /// <summary>How many values were left out.</summary>
    private long Missing => spectrum.IsComplete ? 0 : Count - _squares.Length;

    /// <summary>What the squares left out are at most.</summary>
    private double Largest => _squares.Length == 0 ? _trace : _squares[^1] + Error(_squares.Length - 1);

    private Enclosure Norm => Enclosure.Around(spectrum.FrobeniusNorm, spectrum.FrobeniusError);

    private double TraceError => Square(Norm.Upper) - _trace;

    /// <summary>The sum of the squares left out, between its ends.</summary>
    private (double Least, double Most) Rest
    {
        get
        {
            double rest = _trace - _squares.Sum();
            double slack = TraceError + Enumerable.Range(0, _squares.Length).Sum(Error);
            return (Math.Max(0, rest - slack), Math.Max(0, rest + slack));
        }
    }

    /// <summary>What lambda_s is off by.</summary>
    private double Error(int index)
    {
        double value = spectrum.Values[index], error = spectrum.ErrorOf(index);
        return error * ((2 * value) + error);
    }

    /// <summary>How far the entropies of two distributions on d points lie apart, for a total variation t.</summary>
    private static double Continuity(double distance, long points)
    {
        double t = Math.Min(1, distance);
        double most = Math.Log(Math.Max(1, points));
        return points < 2 ? 0
            : t >= 1 - (1.0 / points) ? most
            : Math.Min(most, (t * Math.Log(points - 1)) - Plogp(t) - Plogp(1 - t));
    }

    private static double Plogp(double p) => p > 0 ? p * Math.Log(p) : 0;

    private static double Square(double value) => value * value;
}
