using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using Spectral.Core.Randomness;

namespace Spectral.Core.Numerics;

/// <summary>
/// An estimate of how a Gram matrix' eigenvalues are spread, by stochastic Lanczos quadrature: every number is an
/// estimate from random probes with its Monte-Carlo error, and a bias of the quadrature beside it that falls with the
/// steps. Values far below the largest are the least certain.
/// </summary>
/// <param name="Bins">The density on a logarithmic grid of singular values, from the largest value down.</param>
/// <param name="Probes">n_v.</param>
/// <param name="Steps">m, steps of each probe's Lanczos run.</param>
/// <param name="Deflated">Converged pairs that were counted exactly and taken out of the probes.</param>
/// <param name="TrustFloor">sigma_1 sqrt(2 u max(nK, p)); values below it are counted together.</param>
/// <remarks>Source: Ubaru, Chen, Saad, SIAM J. Matrix Anal. Appl. 38 (2017).</remarks>
public sealed record SpectralDensity(
    ImmutableArray<DensityBin> Bins, int Probes, int Steps, int Deflated, double TrustFloor)
{
    private ImmutableArray<GaussQuadrature> Quadratures { get; init; } = [];

    private ImmutableArray<double> Known { get; init; } = [];

    private int Order { get; init; }

    /// <summary>How many singular values lie at or above a threshold.</summary>
    /// <param name="sigma">The threshold in units of J.</param>
    /// <exception cref="ArgumentOutOfRangeException">It lies below the trust floor.</exception>
    public CountEstimate CountFrom(double sigma)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sigma, TrustFloor);
        return CountEstimate.Of(
            Known.Count(value => value >= sigma),
            [.. Quadratures.Select(quadrature => (Order - Known.Length) * quadrature.MassFrom(sigma * sigma))],
            Order);
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
    /// <param name="deflated">Converged pairs to take out of the probes; null for none.</param>
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
        TopSpectrum? deflated,
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

            if (known > 0)
                TakeOut(deflated!, starts, team);
            quadratures = Lanczos.Run(gram, starts.Pointer, probes, steps, team, progress, cancellation);
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
            double from = lower * lower, to = upper * upper;
            bins.Add(new DensityBin(lower, double.IsInfinity(upper) ? largest : upper, CountEstimate.Of(
                Known.Count(value => value >= lower && value < upper),
                [.. Quadratures.Select(quadrature =>
                    (Order - Known.Length) * (quadrature.MassFrom(from) - quadrature.MassFrom(to)))],
                Order)));
            upper = lower;
        }

        return bins.ToImmutable();
    }

    /// <summary>Makes the probes orthogonal to the known vectors.</summary>
    private static unsafe void TakeOut(TopSpectrum known, AlignedMatrix starts, WorkerTeam team)
    {
        int count = known.Values.Length, order = known.Rows;
        using AlignedMatrix vectors = AlignedMatrix.Unset(count, order);
        for (int row = 0; row < order; row++)
        {
            for (int s = 0; s < count; s++)
                vectors.Row(s)[row] = known.LeftVectors[(row * count) + s];
        }

        _ = Orthogonalization.Against(vectors.Pointer, count, starts.Pointer, (int)starts.Rows, order, team);
    }
}

/// <summary>Singular values between two edges.</summary>
/// <param name="Lower">The lower edge, which belongs to the bin.</param>
/// <param name="Upper">The upper edge, which does not; of the first bin the largest value found.</param>
/// <param name="Count">How many values lie in the bin.</param>
public sealed record DensityBin(double Lower, double Upper, CountEstimate Count);

/// <summary>An estimated number of singular values.</summary>
/// <param name="Value">The mean over probes, the known ones included.</param>
/// <param name="StandardError">The Monte-Carlo error of the mean, from the spread of the probes.</param>
/// <param name="Lower">Lower end of the 95 % interval by Student's t, 0 or more.</param>
/// <param name="Upper">Upper end of it, at most the order of the matrix.</param>
public sealed record CountEstimate(double Value, double StandardError, double Lower, double Upper)
{
    /// <summary>Known values and one estimate of the others from each probe.</summary>
    internal static CountEstimate Of(int known, ImmutableArray<double> samples, int most)
    {
        if (samples.IsEmpty)
            return new CountEstimate(known, 0, known, known);
        double mean = samples.Average(), count = samples.Length;
        double error = Math.Sqrt(samples.Sum(sample => (sample - mean) * (sample - mean)) / (count - 1) / count);
        double reach = StudentT.InvCDF(0, 1, count - 1, 0.975) * error;
        return new CountEstimate(
            known + mean, error, Math.Max(known, known + mean - reach), Math.Min(most, known + mean + reach));
    }
}
