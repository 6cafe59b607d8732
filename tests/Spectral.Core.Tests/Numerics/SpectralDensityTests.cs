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
    public void Intervals_hold_the_exact_counts_however_few_the_steps(int deflated, int steps)
    {
        int held = 0, all = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            SpectralDensity density = Estimate(seed, deflated, probes: 8, steps);
            foreach (double threshold in (double[])[0.75, 0.3, 0.11, 0.03, 0.003])
            {
                int exact = Sigma.Count(sigma => sigma >= threshold);
                CountEstimate bounded = density.CountFrom(threshold);
                held += exact >= bounded.Lower - 1e-6 && exact <= bounded.Upper + 1e-6 ? 1 : 0;
                all++;
            }
        }

        Assert.True(held >= 0.93 * all, $"{held} of {all} intervals hold the exact count");
    }

    [Fact]
    public unsafe void A_deflated_operator_gives_the_product_without_the_known_vectors()
    {
        using IDisposable scope = NewDisposeScope();
        using WorkerTeam team = new(2);
        Tensor jacobian = BlockKrylovTests.Made(Sigma, 300, 320);
        double[] gram = jacobian.mm(jacobian.t()).data<double>().ToArray();
        fixed (double* pointer = gram)
        {
            GramOperator matrix = new(pointer, 300, 300, 320);
            TopSpectrum top = BlockKrylov.Compute(
                matrix, KrylovSettings.For(12, 1), team, new Unwatched<KrylovProgress>(), CancellationToken.None);
            using AlignedMatrix known = LeadingPairs.Of(top).AsRows(), images = new(1, 300);
            DeflatedOperator rest = new(matrix, known, top.Values);
            // A vector that leans on the known ones by as much as rounding would make it.
            Tensor u = tensor(known.ToArray(), 12, 300).t(), start = ones(300, 1, dtype: ScalarType.Float64);
            start = start - u.mm(u.t().mm(start)) + (1e-9 * u.sum(dim: 1, keepdim: true));
            using AlignedMatrix vector = AlignedMatrix.Of(start.t());
            rest.Apply(vector.Pointer, 1, images.Pointer, null, team, new Unwatched<double>(), CancellationToken.None);
            Tensor image = tensor(images.ToArray(), 300, 1), dense = tensor(gram, 300, 300).mm(start);
            Assert.InRange(u.t().mm(dense).abs().max().item<double>(), 1e-10, 1); // they would come back
            Assert.InRange(u.t().mm(image).abs().max().item<double>(), 0, 1e-15);
            Assert.InRange(GramCases.Distance(image, dense - u.mm(u.t().mm(dense))), 0, 1e-13);
            Assert.Equal(Sigma[12..].Sum(sigma => sigma * sigma), rest.Trace, 1e-9);
        }
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
        foreach (DensityBin bin in density.Bins)
        {
            int exact = Sigma.Count(sigma => sigma >= bin.Lower && sigma < bin.Upper);
            Assert.InRange(bin.Count.Value, bin.Count.Lower, bin.Count.Upper);
            Assert.InRange(exact, bin.Count.Lower - 1, bin.Count.Upper + 1);
        }

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
                    matrix,
                    KrylovSettings.For(deflated, 1),
                    team,
                    new Unwatched<KrylovProgress>(),
                    CancellationToken.None));
            return SpectralDensity.Estimate(
                matrix, probes, steps, 4, seed, top, team, new Unwatched<double>(), CancellationToken.None);
        }
    }
}
