using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>How many singular values lie in bins of equal width on the logarithmic axis.</summary>
public static class SpectrumHistogram
{
    /// <summary>
    /// The bins in increasing order. Edges are 10^{j/b} for whole j, so that spectra of different runs share them; the
    /// first bin is for what lies below the trust floor or was not computed, and the next one begins at the floor.
    /// </summary>
    /// <param name="spectrum">The singular values.</param>
    /// <param name="binsPerDecade">b, 1 or more.</param>
    public static ImmutableArray<HistogramBin> Of(SingularSpectrum spectrum, int binsPerDecade)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(binsPerDecade, 1);
        double[] known = [.. spectrum.Values.Take(spectrum.TrustedCount)];
        long all = Math.Min(spectrum.Rows, spectrum.Columns);
        bool isWhole = spectrum.IsComplete || known.Length == 0;
        double start = isWhole ? spectrum.TrustFloor : known[^1];
        ImmutableArray<HistogramBin>.Builder bins = ImmutableArray.CreateBuilder<HistogramBin>();
        bins.Add(new HistogramBin(0, start, all - known.Length, double.NaN));
        if (known.Length == 0)
            return bins.ToImmutable();

        // Comparisons with the edges themselves decide, whatever rounding makes of the logarithms.
        int bin = (int)Math.Floor(Math.Log10(Math.Max(start, known[^1])) * binsPerDecade) - 1;
        double from = isWhole && start > 0 ? start : known[^1];
        while (Edge(bin + 1) <= from)
            bin++;
        for (; from <= known[0]; from = Edge(++bin))
        {
            double to = Edge(bin + 1);
            int count = known.Count(value => value >= from && value < to);
            bins.Add(new HistogramBin(from, to, count, count / Math.Log10(to / from)));
        }

        return bins.ToImmutable();

        double Edge(int index) => Math.Pow(10, index / (double)binsPerDecade);
    }
}

/// <summary>One bin of a histogram of singular values.</summary>
/// <param name="From">Its lower edge, which belongs to it, in units of J's singular values.</param>
/// <param name="To">Its upper edge, which does not.</param>
/// <param name="Count">Singular values in it.</param>
/// <param name="Density">Singular values per decade; NaN where the lower edge is 0.</param>
public sealed record HistogramBin(double From, double To, long Count, double Density);
