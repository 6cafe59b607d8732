using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The bracket of a vector's energy in the information space holds the exact energy, always.</summary>
public sealed class EnergyBracketTests
{
    [Fact]
    public void It_contains_the_exact_energy_in_400_of_400_cases_half_of_them_cut_at_an_eigenvalue()
    {
        int contained = 0, narrow = 0;
        using WorkerTeam team = new(1);
        for (ulong trial = 0; trial < 400; trial++)
        {
            RandomStream stream = new(trial, "tests/bracket");
            int order = 10 + stream.NextIndex(31);
            (_, double[] gram) = GaussQuadratureTests.MadeGram(order, trial);
            double[] vector = Vector(stream, gram, order);
            ImmutableArray<double> masses = GaussQuadratureTests.Masses(gram, vector, out double[] theta); // ascending
            double energy = vector.Sum(entry => entry * entry), floor = 1e-6 * theta[^1];
            int lowest = Array.FindIndex(theta, value => value > floor);
            int cut = lowest + stream.NextIndex(order - lowest);
            // Half of the cuts stand exactly at an eigenvalue as cutoff: {rank: r} makes it, the others anywhere.
            double alpha = trial % 2 == 0 ? Math.Sqrt(theta[cut]) : Math.Sqrt(theta[cut] * (1.0000001 + stream.NextUniform()));
            double exact = 0, ring = 1e-13 * theta[^1];
            for (int s = 0; s < order; s++)
                exact += theta[s] >= (alpha * alpha) - ring ? energy * masses[s] : 0;
            EnergyBracket bracket = Assert.Single(Of(gram, vector, [alpha], 2 + stream.NextIndex(order), team)).Bracket!;
            double rounding = 1e-11 * energy; // of the dense eigendecomposition
            contained += exact >= bracket.Lower - rounding && exact <= bracket.Upper + rounding ? 1 : 0;
            narrow += bracket.Upper - bracket.Lower < 0.2 * energy ? 1 : 0;
            Assert.InRange(bracket.Lower, 0, bracket.Upper);
            Assert.InRange(bracket.Upper, 0, energy);
        }

        Assert.Equal(400, contained);
        Assert.True(narrow > 100, $"only {narrow} brackets say anything");
    }

    [Fact]
    public unsafe void Vectors_side_by_side_get_the_bounds_that_each_gets_alone()
    {
        using WorkerTeam team = new(2);
        (_, double[] gram) = GaussQuadratureTests.MadeGram(40, 5);
        RandomStream stream = new(5, "tests/bracket");
        ImmutableArray<double[]> vectors = [Vector(stream, gram, 40), new double[40], Vector(stream, gram, 40)];
        ImmutableArray<double> alphas = [0.02, 0.3];
        fixed (double* matrix = gram)
        {
            ImmutableArray<ImmutableArray<BracketOutcome>> all = EnergyBracket.OfEach(
                new GramOperator(matrix, 40, 40, 40), vectors, alphas, 9, team, new Unwatched<double>(), CancellationToken.None);
            for (int index = 0; index < 3; index++)
            {
                ImmutableArray<BracketOutcome> alone = Of(gram, vectors[index], alphas, 9, team);
                double energy = vectors[index].Sum(entry => entry * entry);
                for (int cut = 0; cut < 2; cut++)
                {
                    Assert.Equal(alone[cut].Bracket!.Lower, all[index][cut].Bracket!.Lower, 1e-10 * energy);
                    Assert.Equal(alone[cut].Bracket!.Upper, all[index][cut].Bracket!.Upper, 1e-10 * energy);
                }
            }
        }
    }

    [Fact]
    public void It_narrows_with_more_steps_and_ends_at_the_energy()
    {
        using WorkerTeam team = new(2);
        (_, double[] gram) = GaussQuadratureTests.MadeGram(60, 3);
        double[] vector = new double[60];
        new RandomStream(3, "tests/bracket").FillNormal(vector);
        _ = GaussQuadratureTests.Masses(gram, vector, out double[] theta);
        double alpha = Math.Sqrt((theta[^5] + theta[^6]) / 2), width = double.PositiveInfinity;
        foreach (int steps in (int[])[2, 4, 8, 16, 32])
        {
            EnergyBracket bracket = Of(gram, vector, [alpha], steps, team)[0].Bracket!;
            Assert.True(bracket.Upper - bracket.Lower <= width + 1e-9, $"wider at {steps} steps");
            width = bracket.Upper - bracket.Lower;
        }

        Assert.InRange(width, 0, 1e-6 * vector.Sum(entry => entry * entry));
    }

    [Fact]
    public void A_cutoff_below_the_trust_floor_is_refused_and_a_zero_vector_has_no_energy()
    {
        using WorkerTeam team = new(1);
        (_, double[] gram) = GaussQuadratureTests.MadeGram(20, 3);
        double[] vector = [.. Enumerable.Repeat(1.0, 20)];
        ImmutableArray<BracketOutcome> outcomes = Of(gram, vector, [1e-12, 0.1], 5, team);
        Assert.Null(outcomes[0].Bracket);
        Assert.Contains("trust floor", outcomes[0].Refusal, StringComparison.Ordinal);
        Assert.NotNull(outcomes[1].Bracket);
        Assert.Equal(new EnergyBracket(0.1, 0, 0), Of(gram, new double[20], [0.1], 5, team)[0].Bracket);
        Assert.Throws<ArgumentException>(() => Of(gram, vector[1..], [0.1], 5, team));
        vector[3] = double.NaN;
        Assert.Throws<ArgumentException>(() => Of(gram, vector, [0.1], 5, team));
    }

    /// <summary>A normal vector, one inside some eigenvectors' span in a third of the cases.</summary>
    private static double[] Vector(RandomStream stream, double[] gram, int order)
    {
        double[] vector = new double[order];
        stream.FillNormal(vector);
        if (stream.NextIndex(3) != 0)
            return vector;
        // G v leans on the large eigenvalues, as labels do.
        return [.. Enumerable.Range(0, order).Select(i => Enumerable.Range(0, order).Sum(j => gram[(i * order) + j] * vector[j]))];
    }

    private static unsafe ImmutableArray<BracketOutcome> Of(
        double[] gram, double[] vector, ImmutableArray<double> alphas, int steps, WorkerTeam team)
    {
        int order = (int)Math.Sqrt(gram.Length);
        fixed (double* matrix = gram)
        {
            return EnergyBracket.Of(
                new GramOperator(matrix, order, order, order), vector, alphas, steps, team, new Unwatched<double>(), CancellationToken.None);
        }
    }
}
