using System.Collections.Concurrent;
using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using Spectral.Core.Randomness;

namespace Spectral.Core.Numerics;

/// <summary>
/// An estimate of how a Gram matrix' eigenvalues are spread, by stochastic Lanczos quadrature. Every count is an
/// estimate with an interval that holds the two things that it may be off by: the Monte-Carlo error of the probes,
/// and what the steps leave open of each probe's quadrature (the bounds of <see cref="EnergyBracket"/>). The smaller
/// the values, the wider the intervals.
/// </summary>
/// <param name="Bins">The density on a logarithmic grid of singular values, from the largest value down.</param>
/// <param name="Probes">n_v.</param>
/// <param name="Steps">m, steps of each probe's Lanczos run.</param>
/// <param name="Deflated">Known pairs that were counted as they are and taken out of the matrix.</param>
/// <param name="TrustFloor">sigma_1 sqrt(2 u max(nK, p)); values below it are counted together.</param>
/// <remarks>Source: Ubaru, Chen, Saad, SIAM J. Matrix Anal. Appl. 38 (2017).</remarks>
public sealed record SpectralDensity(
    ImmutableArray<DensityBin> Bins, int Probes, int Steps, int Deflated, double TrustFloor)
{
    private readonly ConcurrentDictionary<double, ImmutableArray<(double Lower, double Upper)>> _masses = [];

    private ImmutableArray<GaussQuadrature> Quadratures { get; init; } = [];

    private ImmutableArray<double> Known { get; init; } = [];

    private int Order { get; init; }

    /// <summary>How many singular values lie at or above a threshold.</summary>
    /// <param name="sigma">The threshold in units of J.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies below the trust floor.</exception>
    public CountEstimate CountFrom(double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sigma, TrustFloor);
        return CountBetween(sigma, double.PositiveInfinity);
    }

    /// <summary>
    /// Estimates the density. Cost: <paramref name="steps"/> passes with <paramref name="probes"/> vectors and
    /// 4 d n_v m^2 flops; memory 8 d n_v m bytes.
    /// </summary>
    /// <param name="gram">G of order d = nK.</param>
    /// <param name="probes">n_v, 2 or more: from one probe there is no error to state.</param>
    /// <param name="steps">m, 1 or more.</param>
    /// <param name="binsPerDecade">Bins for a factor of 10 in sigma, 1 or more.</param>
    /// <param name="seed">The seed of the probes.</param>
    /// <param name="deflated">
    /// The largest singular values with their left vectors: they are counted as they are, and taken out of the matrix
    /// and of the probes; null for none.
    /// </param>
    /// <param name="team">The threads; their number changes no bit.</param>
    /// <param name="progress">Told of the finished part.</param>
    /// <param name="cancellation">Looked at between tasks.</param>
    /// <exception cref="ArgumentException">The pairs have vectors of another length.</exception>
    public static unsafe SpectralDensity Estimate(
        SymmetricOperator gram,
        int probes,
        int steps,
        int binsPerDecade,
        ulong seed,
        LeadingPairs? deflated,
        WorkerTeam team,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(probes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(binsPerDecade, 1);
        int order = gram.Order;
        if (deflated is not null && deflated.Rows != order)
            throw new ArgumentException("the converged pairs are those of another matrix", nameof(deflated));
        int known = deflated?.Values.Length ?? 0;
        ImmutableArray<GaussQuadrature> quadratures = [];
        if (known < order)
        {
            using AlignedMatrix starts = AlignedMatrix.Unset(probes, order);
            for (int probe = 0; probe < probes; probe++)
            {
                new RandomStream(seed, "krylov/probe", (ulong)probe)
                    .FillNormal(new Span<double>(starts.Row(probe), order));
            }

            using AlignedMatrix vectors = deflated?.AsRows() ?? AlignedMatrix.Unset(0, order);
            // Rounding would bring the known vectors back within a few steps, and each would use up a node.
            SymmetricOperator rest = known > 0 ? new DeflatedOperator(gram, vectors, deflated!.Values) : gram;
            _ = Orthogonalization.Against(vectors.Pointer, known, starts.Pointer, probes, order, team);
            quadratures = Lanczos.Run(rest, starts.Pointer, probes, steps, team, progress, cancellation);
        }

        double largest = Math.Max(
            known > 0 ? deflated!.Values[0] : 0,
            quadratures.IsEmpty ? 0 : Math.Sqrt(Math.Max(0, quadratures.Max(quadrature => quadrature.Nodes[^1]))));
        SpectralDensity density = new(
            [], probes, Math.Min(steps, order), known, largest * Math.Sqrt(2 * UnitRoundoff.Float64 * gram.LongestSide))
        {
            Quadratures = quadratures,
            Known = deflated?.Values ?? [],
            Order = order,
        };
        return density with { Bins = density.BinsBelow(largest, binsPerDecade) };
    }

    private ImmutableArray<DensityBin> BinsBelow(double largest, int binsPerDecade)
    {
        if (largest == 0)
            return [];
        ImmutableArray<DensityBin>.Builder bins = ImmutableArray.CreateBuilder<DensityBin>();
        // The first bin's upper edge is not a bound: a quadrature's largest node may lie below the largest value.
        double upper = double.PositiveInfinity;
        for (int bin = 1; upper > TrustFloor; bin++)
        {
            double lower = Math.Max(TrustFloor, largest * Math.Pow(10, -(double)bin / binsPerDecade));
            bins.Add(new DensityBin(lower, double.IsInfinity(upper) ? largest : upper, CountBetween(lower, upper)));
            upper = lower;
        }

        return bins.ToImmutable();
    }

    /// <summary>How many singular values lie in [from, to).</summary>
    private CountEstimate CountBetween(double from, double to)
    {
        ImmutableArray<(double Lower, double Upper)> outer = MassesFrom(from), inner = MassesFrom(to);
        return CountEstimate.Of(
            Known.Count(value => value >= from && value < to),
            [.. outer.Zip(inner, (all, beyond) => new ProbeCount(all.Lower - beyond.Upper, all.Upper - beyond.Lower))],
            Order);
    }

    /// <summary>What each probe has at or above a threshold; bins share their edges, and each costs two quadratures a probe.</summary>
    private ImmutableArray<(double Lower, double Upper)> MassesFrom(double sigma) => _masses.GetOrAdd(
        sigma, edge => [.. Quadratures.AsParallel().AsOrdered().Select(quadrature => MassFrom(quadrature, edge))]);

    /// <summary>Between which counts the values not known at or above a threshold lie, as one probe weighs
    /// them.</summary>
    private (double Lower, double Upper) MassFrom(GaussQuadrature quadrature, double sigma)
    {
        if (double.IsInfinity(sigma))
            return (0, 0);
        EnergyBracket bracket = EnergyBracket.Of(quadrature, Order - Known.Length, sigma);
        return (bracket.Lower, bracket.Upper);
    }
}

/// <summary>Singular values between two edges.</summary>
/// <param name="Lower">The lower edge, which belongs to the bin.</param>
/// <param name="Upper">The upper edge, which does not; of the first bin the largest value found.</param>
/// <param name="Count">How many values lie in the bin.</param>
public sealed record DensityBin(double Lower, double Upper, CountEstimate Count);

/// <summary>An estimated number of singular values.</summary>
/// <param name="Value">The mean over probes of the middle of what each allows, the known values included.</param>
/// <param name="StandardError">The Monte-Carlo error of the mean, from the spread of the probes.</param>
/// <param name="Lower">
/// Lower end of the 95 % interval by Student's t of the least that the probes allow, 0 or more.
/// </param>
/// <param name="Upper">Upper end of that of the most that they allow, at most the order of the matrix.</param>
public sealed record CountEstimate(double Value, double StandardError, double Lower, double Upper)
{
    /// <summary>Known values and what each probe allows of the others.</summary>
    internal static CountEstimate Of(int known, ImmutableArray<ProbeCount> probes, int most)
    {
        if (probes.IsEmpty)
            return new CountEstimate(known, 0, known, known);
        (double value, double error) = Mean(probe => (probe.Lower + probe.Upper) / 2);
        (double low, double lowError) = Mean(probe => Math.Max(0, probe.Lower));
        (double high, double highError) = Mean(probe => probe.Upper);
        double quantile = StudentT.InvCDF(0, 1, probes.Length - 1, 0.975);
        // Weights sum to one up to rounding: no count goes beyond what there is.
        double middle = Math.Clamp(known + value, known, most);
        return new CountEstimate(
            middle,
            error,
            Math.Clamp(known + low - (quantile * lowError), known, middle),
            Math.Clamp(known + high + (quantile * highError), middle, most));

        (double Mean, double Error) Mean(Func<ProbeCount, double> of)
        {
            double[] samples = [.. probes.Select(of)];
            double mean = samples.Average(), count = samples.Length;
            return (mean, Math.Sqrt(samples.Sum(sample => (sample - mean) * (sample - mean)) / (count - 1) / count));
        }
    }
}

/// <summary>Between which numbers a probe's weighted count of singular values lies (Chebyshev, Markov,
/// Stieltjes).</summary>
/// <param name="Lower">A lower bound; negative where it says nothing.</param>
/// <param name="Upper">An upper bound.</param>
internal readonly record struct ProbeCount(double Lower, double Upper);
