using Spectral.Core.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Estimated counts of singular values against the counts of a made-up spectrum.</summary>
public sealed class SpectralDensityTests
{
    private static readonly double[] Sigma = [.. Enumerable.Range(0, 300).Select(s => Math.Pow(10, -s / 60.0))];

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    public void Counts_lie_near_the_exact_ones_and_their_intervals_hold_them_mostly(int deflated)
    {
        int held = 0, all = 0;
        for (ulong seed = 1; seed <= 12; seed++)
        {
            SpectralDensity density = Estimate(seed, deflated, probes: 8, steps: 40);
            foreach (double threshold in (double[])[0.75, 0.3, 0.11, 0.03])
            {
                int exact = Sigma.Count(sigma => sigma >= threshold);
                CountEstimate count = density.CountFrom(threshold);
                Assert.InRange(count.Value, exact - 25, exact + 25);
                Assert.InRange(count.Lower, 0, count.Value);
                Assert.InRange(count.Upper, count.Value, 300);
                held += exact >= count.Lower - 1 && exact <= count.Upper + 1 ? 1 : 0;
                all++;
            }
        }

        Assert.True(held >= 0.85 * all, $"{held} of {all} intervals hold the exact count");
    }

    [Theory]
    [InlineData(0, 12)]
    [InlineData(12, 12)]
    [InlineData(12, 40)]
    public void Bounded_counts_hold_the_exact_ones_however_few_the_steps(int deflated, int steps)
    {
        int held = 0, all = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            SpectralDensity density = Estimate(seed, deflated, probes: 8, steps);
            foreach (double threshold in (double[])[0.75, 0.3, 0.11, 0.03, 0.003])
            {
                int exact = Sigma.Count(sigma => sigma >= threshold);
                CountEstimate narrow = density.CountFrom(threshold), bounded = density.BoundedCountFrom(threshold);
                Assert.Equal(narrow.Value, bounded.Value);
                Assert.InRange(narrow.Lower, bounded.Lower, bounded.Value);
                Assert.InRange(narrow.Upper, bounded.Value, bounded.Upper);
                held += exact >= bounded.Lower - 1e-6 && exact <= bounded.Upper + 1e-6 ? 1 : 0;
                all++;
            }
        }

        Assert.True(held >= 0.93 * all, $"{held} of {all} intervals hold the exact count");
    }

    [Fact]
    public void Deflated_values_do_not_come_back_as_nodes()
    {
        // Without the projection in every step they would, within a dozen steps, and the rest would be resolved less.
        SpectralDensity density = Estimate(1, 12, probes: 2, steps: 60);
        CountEstimate top = density.BoundedCountFrom((Sigma[10] + Sigma[11]) / 2);
        Assert.Equal(11, top.Value, 1e-12);
        Assert.Equal(11, top.Upper, 1e-9);
    }

    [Fact]
    public void Deflation_makes_counts_above_the_known_values_exact()
    {
        SpectralDensity density = Estimate(1, 12, probes: 4, steps: 30);
        Assert.Equal(12, density.Deflated);
        CountEstimate count = density.CountFrom((Sigma[8] + Sigma[9]) / 2);
        Assert.Equal(9, count.Value, 1e-9);
        Assert.InRange(count.StandardError, 0, 1e-9);
        Assert.True(Estimate(1, 0, 4, 30).CountFrom((Sigma[8] + Sigma[9]) / 2).StandardError > 0.1);
    }

    [Fact]
    public void Bins_cover_everything_above_the_floor_once()
    {
        SpectralDensity density = Estimate(2, 12, probes: 4, steps: 40);
        double sum = density.Bins.Sum(bin => bin.Count.Value);
        Assert.Equal(density.CountFrom(density.TrustFloor).Value, sum, 1e-9);
        for (int bin = 1; bin < density.Bins.Length; bin++)
            Assert.Equal(density.Bins[bin - 1].Lower, density.Bins[bin].Upper);
        Assert.Equal(density.TrustFloor, density.Bins[^1].Lower);
        Assert.Throws<ArgumentOutOfRangeException>(() => density.CountFrom(0.9 * density.TrustFloor));
        Assert.Throws<ArgumentOutOfRangeException>(() => Estimate(1, 0, probes: 1, steps: 4));
    }

    private static unsafe SpectralDensity Estimate(ulong seed, int deflated, int probes, int steps)
    {
        using IDisposable scope = NewDisposeScope();
        using WorkerTeam team = new(2);
        Tensor jacobian = BlockKrylovTests.Made(Sigma, 300, 320);
        double[] gram = jacobian.mm(jacobian.t()).data<double>().ToArray();
        fixed (double* pointer = gram)
        {
            GramOperator matrix = new(pointer, 300, 300, 320);
            LeadingPairs? top = deflated == 0
                ? null
                : LeadingPairs.Of(BlockKrylov.Compute(
                    matrix, KrylovSettings.For(deflated, 1), team, new Unwatched<KrylovProgress>(), CancellationToken.None));
            return SpectralDensity.Estimate(
                matrix, probes, steps, 4, seed, top, team, new Unwatched<double>(), CancellationToken.None);
        }
    }
}
