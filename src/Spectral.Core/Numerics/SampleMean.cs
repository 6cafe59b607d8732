using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Spectral.Core.Numerics;

/// <summary>What equal experiments with independent seeds say of their mean.</summary>
/// <param name="Count">How many samples, 1 or more.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, with N - 1; NaN for one sample.</param>
/// <param name="Lower">Lower end of the 95 % interval of the mean by Student's t; NaN for one sample.</param>
/// <param name="Upper">Upper end of it.</param>
public sealed record SampleMean(int Count, double Mean, double Deviation, double Lower, double Upper)
{
    /// <summary>Half the 95 % prediction interval around the mean: where one further sample would lie.</summary>
    public double NextReach => (Upper - Mean) * Math.Sqrt(Count + 1);

    /// <summary>The mean of some samples. The interval takes them as independent and normal.</summary>
    /// <exception cref="ArgumentException">There is none, or one is not finite.</exception>
    public static SampleMean Of(ImmutableArray<double> samples)
    {
        if (samples.IsEmpty || samples.Any(sample => !double.IsFinite(sample)))
            throw new ArgumentException("a mean needs samples, all finite", nameof(samples));
        double mean = samples.Mean();
        if (samples.Length == 1)
            return new SampleMean(1, mean, double.NaN, double.NaN, double.NaN);
        double deviation = samples.StandardDeviation();
        double reach =
            StudentT.InvCDF(0, 1, samples.Length - 1, 0.975) * deviation / Math.Sqrt(samples.Length);
        return new SampleMean(samples.Length, mean, deviation, mean - reach, mean + reach);
    }
}
