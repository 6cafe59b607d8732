using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// Neighbouring singular directions that a gap separates from all others: the smallest spans that are well defined
/// where
/// singular values are nearly equal.
/// </summary>
/// <param name="First">The first direction's index s, from 1.</param>
/// <param name="Count">How many directions.</param>
/// <param name="Eigenvalue">lambda, the mean of sigma_s^2 over them.</param>
/// <param name="EigenvalueError">A bound of what lambda may be off by.</param>
/// <param name="AngleBound">A bound of the sine by which their span may be off.</param>
public sealed record DirectionGroup(int First, int Count, double Eigenvalue, double EigenvalueError, double AngleBound)
{
    /// <summary>The largest angle bound at which a gap separates two groups.</summary>
    public const double Separation = 1e-3;

    /// <summary>The last direction's index s.</summary>
    public int Last => First + Count - 1;

    /// <summary>
    /// The groups of the leading directions; directions at the end without a gap behind them are left out.
    /// </summary>
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="most">How many directions at most, 0 to the number of values.</param>
    public static ImmutableArray<DirectionGroup> Leading(SingularSpectrum spectrum, int most)
    {
        ImmutableArray<DirectionGroup>.Builder groups = ImmutableArray.CreateBuilder<DirectionGroup>();
        int from = 0;
        double before = 0;
        for (int end = 1; end <= most; end++)
        {
            double behind = SpaceSplit.At(spectrum, end, double.NaN).AngleBound;
            if (behind > Separation)
                continue;
            groups.Add(Of(spectrum, from, end, Math.Min(1, before + behind)));
            (from, before) = (end, behind);
        }

        return groups.ToImmutable();
    }

    private static DirectionGroup Of(SingularSpectrum spectrum, int from, int end, double angle)
    {
        double sum = 0, error = 0;
        for (int s = from; s < end; s++)
        {
            double value = spectrum.Values[s], own = spectrum.ErrorOf(s);
            sum += value * value;
            error = Math.Max(error, own * ((2 * value) + own));
        }

        return new DirectionGroup(from + 1, end - from, sum / (end - from), error, angle);
    }
}
