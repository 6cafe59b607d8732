using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Lanczos runs and their quadratures against dense eigendecompositions.</summary>
public sealed class GaussQuadratureTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void Nodes_and_weights_are_eigenvalues_and_squared_first_components(int size)
    {
        RandomStream stream = new(1, "tests/tridiagonal");
        double[] diagonal = [.. Enumerable.Range(0, size).Select(_ => stream.NextNormal())];
        double[] beside = [.. Enumerable.Range(0, size - 1).Select(i => i % 9 == 5 ? 0 : Math.Abs(stream.NextNormal()))];
        Matrix<double> matrix = Matrix<double>.Build.Dense(size, size, (i, j) =>
            i == j ? diagonal[i] : Math.Abs(i - j) == 1 ? beside[Math.Min(i, j)] : 0);
        var oracle = matrix.Evd(Symmetricity.Symmetric);
        GaussQuadrature quadrature = GaussQuadrature.Of(diagonal, beside, isExact: false);
        for (int i = 0; i < size; i++)
        {
            Assert.Equal(oracle.EigenValues[i].Real, quadrature.Nodes[i], 1e-12);
            Assert.Equal(Math.Pow(oracle.EigenVectors[0, i], 2), quadrature.Weights[i], 1e-12);
        }

        Assert.Equal(1, quadrature.Weights.Sum(), 1e-12);
    }

    [Fact]
    public void A_run_with_m_steps_has_the_measure_s_first_2m_moments()
    {
        (double[] theta, double[] gram) = MadeGram(30, 4);
        double[] start = new double[30];
        new RandomStream(4, "tests/start").FillNormal(start);
        ImmutableArray<double> masses = Masses(gram, start, out double[] eigenvalues);
        GaussQuadrature quadrature = Run(gram, start, 6);
        Assert.Equal(6, quadrature.Nodes.Length);
        Assert.False(quadrature.IsExact);
        for (int power = 0; power < 12; power++)
        {
            double exact = masses.Select((mass, s) => mass * Math.Pow(eigenvalues[s] / theta[0], power)).Sum();
            double found = quadrature.Nodes.Select((node, i) => quadrature.Weights[i] * Math.Pow(node / theta[0], power)).Sum();
            Assert.Equal(exact, found, 1e-12);
        }
    }

    [Fact]
    public void One_more_node_stands_where_it_was_asked_for_and_2m_moments_stay_right()
    {
        (double[] theta, double[] gram) = MadeGram(30, 4);
        double[] start = new double[30];
        new RandomStream(4, "tests/start").FillNormal(start);
        ImmutableArray<double> masses = Masses(gram, start, out double[] eigenvalues);
        double place = (theta[3] + theta[4]) / 2;
        GaussQuadrature rule = Run(gram, start, 6).WithNode(place)!;
        Assert.Equal(7, rule.Nodes.Length);
        Assert.Equal(0, rule.Nodes.Min(node => Math.Abs(node - place)), 1e-13 * theta[0]);
        for (int power = 0; power <= 12; power++)
        {
            double exact = masses.Select((mass, s) => mass * Math.Pow(eigenvalues[s] / theta[0], power)).Sum();
            double found = rule.Nodes.Select((node, i) => rule.Weights[i] * Math.Pow(node / theta[0], power)).Sum();
            Assert.Equal(exact, found, 1e-11);
        }
    }

    [Fact]
    public void A_Krylov_space_that_is_used_up_gives_the_measure_itself()
    {
        // Identity: every vector is an eigenvector.
        double[] identity = [.. Enumerable.Range(0, 400).Select(i => i % 21 == 0 ? 3.0 : 0)];
        double[] start = new double[20];
        new RandomStream(4, "tests/start").FillNormal(start);
        GaussQuadrature quadrature = Run(identity, start, 9);
        Assert.True(quadrature.IsExact);
        Assert.Equal(3, Assert.Single(quadrature.Nodes), 1e-14);
    }

    [Fact]
    public void Runs_side_by_side_equal_runs_alone_and_zero_is_refused()
    {
        (_, double[] gram) = MadeGram(30, 5);
        double[] starts = new double[90];
        new RandomStream(5, "tests/start").FillNormal(starts);
        ImmutableArray<GaussQuadrature> together = RunMany(gram, starts, 3, 8);
        for (int i = 0; i < 3; i++)
        {
            GaussQuadrature alone = Run(gram, starts[(30 * i)..(30 * (i + 1))], 8);
            for (int node = 0; node < 8; node++)
            {
                Assert.Equal(alone.Nodes[node], together[i].Nodes[node], 1e-11 * alone.Nodes[^1]);
                Assert.Equal(alone.Weights[node], together[i].Weights[node], 1e-9);
            }
        }

        Assert.Throws<ArgumentException>(() => Run(gram, new double[30], 3));
    }

    /// <summary>Eigenvalues, descending, and the matrix with random eigenvectors, row-major.</summary>
    internal static (double[] Theta, double[] Gram) MadeGram(int order, ulong seed)
    {
        RandomStream stream = new(seed, "tests/gram");
        double decay = 0.5 + (0.45 * stream.NextUniform());
        double[] theta = [.. Enumerable.Range(0, order).Select(s => Math.Max(1e-14, Math.Pow(decay, s)) * (1 + stream.NextUniform()))];
        Array.Sort(theta, (a, b) => b.CompareTo(a));
        Matrix<double> q = Matrix<double>.Build.Dense(order, order, (_, _) => stream.NextNormal()).QR().Q;
        Matrix<double> gram = q * Matrix<double>.Build.DenseOfDiagonalArray(theta) * q.Transpose();
        gram = 0.5 * (gram + gram.Transpose());
        return (theta, gram.ToRowMajorArray());
    }

    /// <summary>The exact masses of a vector at the matrix' eigenvalues, both by a dense eigendecomposition.</summary>
    internal static ImmutableArray<double> Masses(double[] gram, double[] vector, out double[] eigenvalues)
    {
        int order = vector.Length;
        var oracle = Matrix<double>.Build.DenseOfRowMajor(order, order, gram).Evd(Symmetricity.Symmetric);
        eigenvalues = [.. oracle.EigenValues.Select(value => value.Real)];
        Vector<double> coefficients = oracle.EigenVectors.TransposeThisAndMultiply(Vector<double>.Build.DenseOfArray(vector));
        double energy = coefficients.DotProduct(coefficients);
        return [.. coefficients.Select(c => c * c / energy)];
    }

    private static GaussQuadrature Run(double[] gram, double[] start, int steps) => RunMany(gram, start, 1, steps)[0];

    private static unsafe ImmutableArray<GaussQuadrature> RunMany(double[] gram, double[] starts, int count, int steps)
    {
        int order = starts.Length / count;
        using WorkerTeam team = new(1);
        fixed (double* matrix = gram, start = starts)
        {
            return Lanczos.Run(
                new GramOperator(matrix, order, order, order), start, count, steps, team, new Unwatched<double>(), CancellationToken.None);
        }
    }
}
