using System.Collections.Concurrent;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// The three stages against Jacobi's rotations: eigenvalues, energies of groups, leading vectors, bits.
/// </summary>
public sealed unsafe class SymmetricEigenTests
{
    private const double Roundoff = UnitRoundoff.Float64;

    private static readonly ConcurrentDictionary<string, Lazy<(double[] Values, double[,] Vectors)>> Solved = new();

    public SymmetricEigenTests() => zeros(1).Dispose(); // loads libtorch

    /// <summary>Every case with every half-bandwidth.</summary>
    public static MatrixTheoryData<string, int> Cases { get; } = new(SymmetricCases.All.Keys, [32, 64, 96]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Eigenvalues_lie_within_the_error_that_is_allowed_for(string name, int width)
    {
        double[,] matrix = SymmetricCases.All[name]();
        (double[] expected, _) = Oracle(name, matrix);
        double norm = SymmetricCases.Norm(matrix);
        using SymmetricEigen eigen = Solve(matrix, 0, new EigenSettings { Width = width }, out AlignedMatrix memory, out _);
        using (memory)
        {
            Assert.Equal(expected.Length, eigen.Values.Length);
            for (int s = 0; s < expected.Length; s++)
            {
                double bound = GramSpectrum.SquareError(norm) + (SingularSpectrum.RelativeSquareError * Math.Abs(expected[s]));
                Assert.InRange(eigen.Values[s] - expected[s], -bound, bound);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Energies_of_groups_with_a_gap_around_agree_and_the_whole_is_kept(string name, int width)
    {
        double[,] matrix = SymmetricCases.All[name]();
        (double[] expected, double[,] vectors) = Oracle(name, matrix);
        int n = expected.Length, m = 11;
        double norm = SymmetricCases.Norm(matrix);
        using SymmetricEigen eigen =
            Solve(matrix, m, new EigenSettings { Width = width }, out AlignedMatrix memory, out AlignedMatrix given);
        using (memory)
        using (given)
        {
            for (int j = 0; j < m; j++)
            {
                double total = Enumerable.Range(0, n).Sum(i => given[i, j] * given[i, j]);
                double ours = 0, theirs = 0;
                for (int s = 0; s < n; s++)
                {
                    ours += eigen.Coefficients[j, s] * eigen.Coefficients[j, s];
                    double inner = Enumerable.Range(0, n).Sum(i => vectors[i, s] * given[i, j]);
                    theirs += inner * inner;
                    double gap = s + 1 < n ? (expected[s] - expected[s + 1]) / norm : 1;
                    double slack = total * (1e-13 + (64 * Roundoff / gap));
                    if (gap > 1e-6)
                        Assert.InRange(ours - theirs, -slack, slack);
                }

                Assert.InRange(ours / total, 1 - 1e-13, 1 + 1e-13);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leading_vectors_are_orthonormal_and_leave_no_residual(string name, int width)
    {
        double[,] matrix = SymmetricCases.All[name]();
        int n = matrix.GetLength(0), q = Math.Min(n, 40);
        double norm = SymmetricCases.Norm(matrix);
        using SymmetricEigen eigen = Solve(matrix, 0, new EigenSettings { Width = width }, out AlignedMatrix memory, out _);
        using (memory)
        using (AlignedMatrix vectors = eigen.LeadingVectors(q, new EigenSettings(2)))
        {
            Assert.Equal(n, vectors.Rows);
            Assert.Equal(q, vectors.Columns);
            for (int s = 0; s < q; s++)
            {
                for (int t = 0; t <= s; t++)
                    Assert.Equal(s == t ? 1 : 0, Enumerable.Range(0, n).Sum(i => vectors[i, s] * vectors[i, t]), 1e-13);
                double residual = 0;
                for (int i = 0; i < n; i++)
                {
                    double part = Enumerable.Range(0, n).Sum(j => matrix[i, j] * vectors[j, s]) - (eigen.Values[s] * vectors[i, s]);
                    residual = Math.Max(residual, Math.Abs(part));
                }

                Assert.InRange(residual, 0, 500 * Roundoff * norm);
            }
        }
    }

    [Theory]
    [InlineData(130, 64)]
    [InlineData(611, 64)]
    [InlineData(530, 32)]
    public void Bits_do_not_depend_on_the_number_of_threads(int order, int width)
    {
        double[,] matrix = SymmetricCases.WithSpectrum(order, i => 1 / (1.0 + i), "threads");
        string? first = null;
        foreach (int threads in new[] { 1, 2, 4, 3 })
        {
            EigenSettings settings = new(threads) { Width = width };
            using SymmetricEigen eigen = Solve(matrix, 3, settings, out AlignedMatrix memory, out AlignedMatrix given);
            using (memory)
            using (given)
            using (AlignedMatrix vectors = eigen.LeadingVectors(20, settings))
            {
                string bits = Bits([.. eigen.Values]) + Bits(Elements(eigen.Coefficients)) + Bits(Elements(vectors));
                Assert.Equal(first ??= bits, bits);
            }
        }
    }

    [Fact]
    public void Rows_may_lie_further_apart_and_the_vectors_stay_as_they_were()
    {
        double[,] matrix = SymmetricCases.All["more than a block of rows"]();
        using SymmetricEigen plain = Solve(matrix, 2, new EigenSettings(), out AlignedMatrix memory, out AlignedMatrix given);
        using AlignedMatrix wide = SymmetricCases.Lower(matrix, extra: 9), before = given.Copy();
        using SymmetricEigen spaced = SymmetricEigen.Solve(wide.Pointer, 290, 299, given, new EigenSettings());
        double bound = GramSpectrum.SquareError(SymmetricCases.Norm(matrix));
        for (int s = 0; s < 290; s++)
            Assert.InRange(plain.Values[s] - spaced.Values[s], -bound, bound);
        Assert.Equal(Elements(before), Elements(given));
        memory.Dispose();
        given.Dispose();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_matrix_that_is_not_finite_is_refused(double value)
    {
        double[,] matrix = SymmetricCases.All["three widths and a bit"]();
        matrix[70, 12] = value;
        Assert.Throws<ArithmeticException>(() => Solve(matrix, 1, new EigenSettings(2), out _, out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void It_can_be_cancelled_from_its_own_progress(int threads)
    {
        using CancellationTokenSource source = new();
        Heard progress = new(part =>
        {
            if (part > 0.3)
                source.Cancel();
        });
        double[,] matrix = SymmetricCases.WithSpectrum(600, i => 1 / (1.0 + i), "cancel");
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Solve(matrix, 1, new EigenSettings(threads, progress, source.Token), out _, out _));
        Assert.InRange(progress.Parts.Count, 1, 4);
    }

    [Fact]
    public void Progress_rises_to_the_end()
    {
        Heard progress = new(_ => { });
        double[,] matrix = SymmetricCases.WithSpectrum(400, i => 1 / (1.0 + i), "progress");
        Solve(matrix, 1, new EigenSettings(2, progress), out AlignedMatrix memory, out _).Dispose();
        memory.Dispose();
        Assert.True(progress.Parts.Count > 5);
        Assert.Equal(progress.Parts.Order(), progress.Parts);
        Assert.InRange(progress.Parts[^1], 0.9, 1);
    }

    [Fact]
    public void What_is_asked_wrongly_is_refused()
    {
        using AlignedMatrix a = new(3, 3), vectors = new(2, 1), fitting = new(3, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => SymmetricEigen.Solve(a.Pointer, 3, 3, vectors, new EigenSettings()));
        Assert.Throws<ArgumentOutOfRangeException>(() => SymmetricEigen.Solve(a.Pointer, 3, 2, fitting, new EigenSettings()));
        Assert.Throws<ArgumentOutOfRangeException>(() => SymmetricEigen.Solve(a.Pointer, 0, 3, fitting, new EigenSettings()));
        Assert.Throws<ArgumentOutOfRangeException>(() => SymmetricEigen.Solve(a.Pointer, 3, 3, fitting, new EigenSettings(0)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => SymmetricEigen.Solve(a.Pointer, 3, 3, fitting, new EigenSettings { Width = 40 }));
        using SymmetricEigen eigen = SymmetricEigen.Solve(a.Pointer, 3, 3, fitting, new EigenSettings());
        Assert.Throws<ArgumentOutOfRangeException>(() => eigen.LeadingVectors(4, new EigenSettings()));
    }

    [Fact]
    public void The_dense_solver_of_libtorch_agrees_on_a_larger_matrix()
    {
        using IDisposable scope = NewDisposeScope();
        double[,] matrix = SymmetricCases.WithSpectrum(700, i => Math.Pow(1 + i, -1.5), "larger");
        using SymmetricEigen eigen = Solve(matrix, 0, new EigenSettings(2), out AlignedMatrix memory, out _);
        using (memory)
        {
            double[] expected = linalg.eigvalsh(tensor(matrix)).flip(0).data<double>().ToArray();
            double bound = 32 * Roundoff * SymmetricCases.Norm(matrix);
            for (int s = 0; s < expected.Length; s++)
                Assert.InRange(eigen.Values[s] - expected[s], -bound, bound);
        }
    }

    /// <summary>
    /// Jacobi's rotations on the scaled matrix, so that no product leaves the range; a large case is left to libtorch.
    /// </summary>
    private static (double[] Values, double[,] Vectors) Oracle(string name, double[,] matrix) =>
        Solved.GetOrAdd(name, _ => new(() => SolveSlowly(name, matrix))).Value;

    private static (double[] Values, double[,] Vectors) SolveSlowly(string name, double[,] matrix)
    {
        int n = matrix.GetLength(0);
        double norm = SymmetricCases.Norm(matrix), scale = name is "huge" or "tiny" ? norm : 1;
        double[,] scaled = (double[,])matrix.Clone();
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
                scaled[i, j] /= scale;
        }

        if (n <= 130)
        {
            (double[] values, double[,] vectors) = JacobiOracle.Solve(scaled);
            return ([.. values.Select(value => value * scale)], vectors);
        }

        using IDisposable scope = NewDisposeScope();
        (Tensor ascending, Tensor columns) = linalg.eigh(tensor(scaled));
        double[] elements = columns.flip(1).contiguous().data<double>().ToArray();
        double[,] reordered = new double[n, n];
        Buffer.BlockCopy(elements, 0, reordered, 0, n * n * sizeof(double));
        return (ascending.flip(0).data<double>().ToArray(), reordered);
    }

    private static SymmetricEigen Solve(
        double[,] matrix, int m, EigenSettings settings, out AlignedMatrix memory, out AlignedMatrix given)
    {
        int n = matrix.GetLength(0);
        memory = SymmetricCases.Lower(matrix);
        given = new AlignedMatrix(n, m);
        if (m > 0)
            new RandomStream(6, "tests/given").FillNormal(new Span<double>(given.Pointer, n * m));
        return SymmetricEigen.Solve(memory.Pointer, n, n, given, settings);
    }

    private static double[] Elements(AlignedMatrix matrix) =>
        new ReadOnlySpan<double>(matrix.Pointer, (int)(matrix.Rows * matrix.Columns)).ToArray();

    private static string Bits(double[] values) => string.Join(' ', values.Select(BitConverter.DoubleToInt64Bits));

    private sealed class Heard(Action<double> hear) : IProgress<double>
    {
        public List<double> Parts { get; } = [];

        public void Report(double value)
        {
            Parts.Add(value);
            hear(value);
        }
    }
}
