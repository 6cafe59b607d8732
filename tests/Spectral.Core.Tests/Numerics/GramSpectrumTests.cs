using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Singular values and spaces from the Gram matrix against a decomposition of J itself in 106 bits.</summary>
public sealed unsafe class GramSpectrumTests
{
    private static readonly Lazy<(double[,] Matrix, double[] Values, double[,] Left)> Paired = new(() => Oracle(20, 6, 9, 3, 1e-14));

    [Fact]
    public void Values_are_right_to_one_percent_down_to_1e_7_of_the_largest()
    {
        using IDisposable scope = NewDisposeScope();
        int near = 0, beneath = 0;
        foreach (double nearest in new[] { 1e-6, 1e-7, 1e-8, 1e-14 })
        {
            (double[,] matrix, double[] expected, _) = Oracle(16, 6, 8, 3, nearest);
            using GramSpectrum gram = Decompose(tensor(matrix), new EigenSettings(), out AlignedMatrix memory, 1);
            memory.Dispose();
            SingularSpectrum spectrum = gram.Spectrum;
            Assert.InRange(spectrum.TrustFloor, 1e-9 * expected[0], 1e-7 * expected[0]);
            for (int s = 0; s < expected.Length; s++)
            {
                Assert.InRange(spectrum.Values[s] - expected[s], -spectrum.ErrorOf(s), spectrum.ErrorOf(s));
                if (expected[s] >= 1e-7 * expected[0])
                    Assert.InRange(spectrum.Values[s] / expected[s], 0.99, 1.01);
                else if (expected[s] < 1e-9 * expected[0])
                    Assert.True(spectrum.Values[s] < spectrum.TrustFloor, $"value {s} is noise above the floor");
                near += expected[s] >= 1e-7 * expected[0] && expected[s] < 1e-6 * expected[0] ? 1 : 0;
                beneath += expected[s] < 1e-13 * expected[0] ? 1 : 0;
            }

            Assert.Equal("gram", spectrum.Method);
        }

        Assert.True(near >= 5, $"only {near} values lay between 1e-7 and 1e-6");
        Assert.True(beneath >= 2, $"only {beneath} values lay under 1e-13");
    }

    [Theory]
    [InlineData(12, 3, 3, 4, 1e-3)]
    [InlineData(30, 5, 4, 3, 1e-9)]
    [InlineData(90, 8, 12, 2, 1e-12)]
    [InlineData(60, 4, 7, 10, 0.1)]
    public void No_value_is_off_by_more_than_it_says(int n, int features, int hidden, int classes, double nearest)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = NearDuplicates.Jacobian(n, features, hidden, classes, nearest);
        using GramSpectrum gram = Decompose(jacobian, new EigenSettings(2), out AlignedMatrix memory, 1);
        memory.Dispose();
        double[] expected = linalg.svdvals(jacobian).data<double>().ToArray();
        Assert.Equal(expected.Length, gram.Spectrum.Values.Length);
        for (int s = 0; s < expected.Length; s++)
            Assert.InRange(gram.Spectrum.Values[s] - expected[s], -gram.Spectrum.ErrorOf(s), gram.Spectrum.ErrorOf(s));
        Assert.Equal(jacobian.shape[0], gram.Spectrum.Rows);
        Assert.Equal(jacobian.shape[1], gram.Spectrum.Columns);
    }

    [Theory]
    [InlineData(60, 1)]
    [InlineData(300, 3)]
    [InlineData(900, 1)]
    [InlineData(900, 3)]
    public void Noise_of_equal_entries_stays_below_the_floor(int rows, int rank)
    {
        // (1 1^T) (x) I: rank 1 or 3, and the rounding errors of its equal entries are equal too.
        using IDisposable scope = NewDisposeScope();
        Tensor gram = kron(ones(rows / rank, rows / rank, dtype: ScalarType.Float64), eye(rank, dtype: ScalarType.Float64));
        using AlignedMatrix memory = Native(gram), vectors = new(rows, 0);
        using GramSpectrum spectrum = GramSpectrum.Decompose(memory.Pointer, rows, rows, rows, vectors, new EigenSettings(2));
        Assert.Equal(rank, spectrum.Spectrum.TrustedCount);
        Assert.InRange(spectrum.Spectrum.NegativeCount, 1, rows - 1);
        Assert.InRange(spectrum.Spectrum.MostNegative, -spectrum.Spectrum.SquareError, -double.Epsilon);
    }

    [Fact]
    public void Projections_agree_at_every_cut_and_the_angle_bound_holds()
    {
        using IDisposable scope = NewDisposeScope();
        (double[,] matrix, double[] expected, double[,] left) = Paired.Value;
        int n = expected.Length, cuts = 0;
        using GramSpectrum gram = Decompose(tensor(matrix), new EigenSettings(), out AlignedMatrix memory, 4);
        using AlignedMatrix vectors = Vectors(n, 4);
        (AlignedMatrix computed, ImmutableArray<ProjectedVector> aligned) = gram.LeadingVectors(n, new EigenSettings());
        for (int rank = 1; rank < n; rank++)
        {
            SpaceSplit split = SpaceSplit.At(gram.Spectrum, rank, 1);
            if (split.CutsCluster)
                continue;
            cuts++;
            Assert.InRange(Sine(left, computed, rank), 0, split.AngleBound + (n * UnitRoundoff.Float64));
            for (int j = 0; j < 4; j++)
            {
                double norm = gram.Vectors[j].Norm;
                double information = Math.Sqrt(Enumerable.Range(0, rank)
                    .Sum(s => Square(Enumerable.Range(0, n).Sum(i => left[i, s] * vectors[i, j]))));
                double slack = (split.AngleBound + 1e-13) * norm;
                Assert.InRange(gram.Vectors[j].Information(split) - information, -slack, slack);
                Assert.InRange(aligned[j].Information(split) - information, -slack, slack);
            }
        }

        Assert.True(cuts > 20, $"only {cuts} cuts were compared");
        computed.Dispose();
        memory.Dispose();
    }

    [Fact]
    public void Signs_of_left_vectors_and_of_coordinates_agree()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = NearDuplicates.Normal(40, 90, "signs");
        using GramSpectrum gram = Decompose(jacobian, new EigenSettings(), out AlignedMatrix memory, 2);
        using AlignedMatrix vectors = Vectors(40, 2);
        (AlignedMatrix left, ImmutableArray<ProjectedVector> aligned) = gram.LeadingVectors(6, new EigenSettings());
        for (int s = 0; s < 6; s++)
        {
            double[] column = [.. Enumerable.Range(0, 40).Select(i => left[i, s])];
            Assert.Equal(column.Max(Math.Abs), column.Max());
            Assert.Equal(column.Select((x, i) => x * vectors[i, 1]).Sum(), aligned[1].Coefficients[s], 1e-13);
            Assert.Equal(Math.Abs(gram.Vectors[1].Coefficients[s]), Math.Abs(aligned[1].Coefficients[s]), 1e-11);
        }

        left.Dispose();
        memory.Dispose();
    }

    [Fact]
    public void With_fewer_parameters_than_rows_the_rest_is_outside_the_range()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = NearDuplicates.Normal(50, 8, "tall");
        using GramSpectrum gram = Decompose(jacobian, new EigenSettings(), out AlignedMatrix memory, 2);
        memory.Dispose();
        Assert.Equal(8, gram.Spectrum.Values.Length);
        using AlignedMatrix vectors = Vectors(50, 2);
        (Tensor q, _) = linalg.qr(jacobian);
        for (int j = 0; j < 2; j++)
        {
            Tensor v = tensor(Enumerable.Range(0, 50).Select(i => vectors[i, j]).ToArray());
            Assert.Equal((v - q.mv(q.t().mv(v))).norm().item<double>(), gram.Vectors[j].Outside, 1e-10);
            Assert.Equal(8, gram.Vectors[j].Coefficients.Length);
        }
    }

    [Fact]
    public void The_angle_bound_uses_the_gap_of_the_squares()
    {
        SingularSpectrum spectrum = new([1, 1e-3, 1e-4], 1e-6, 5, 3, "gram") { SquareError = 1e-12 };
        Assert.Equal(1e-12 / (1e-6 - 1e-8), SpaceSplit.At(spectrum, 2, 1).AngleBound, 1e-8);
        Assert.Equal(1e-12 / (1e-8 - 1e-12), SpaceSplit.At(spectrum, 3, 1).AngleBound, 1e-6);
        SingularSpectrum close = new([1, 1e-6 + 1e-7, 1e-6], 1e-6, 5, 3, "gram") { SquareError = 1e-12 };
        Assert.True(SpaceSplit.At(close, 2, 1).CutsCluster);
    }

    [Fact]
    public void A_values_error_is_the_floor_at_the_floor_and_less_above_it()
    {
        SingularSpectrum spectrum = new([1, 1e-3, 1e-6, 1e-9], 1e-6, 5, 4, "gram") { SquareError = 1e-12 };
        double[] errors = [.. Enumerable.Range(0, 4).Select(spectrum.ErrorOf)];
        Assert.Equal(0.5e-12, errors[0], 1e-14);
        Assert.Equal(0.5e-9, errors[1], 1e-14);
        Assert.Equal(1e-6, errors[2], 1e-14);
        Assert.Equal(1e-6, errors[3]);
        SingularSpectrum direct = new([1, 1e-3], 1e-6, 5, 4, "direct");
        Assert.Equal(1e-6, direct.ErrorOf(0));
        Assert.Equal(0, direct.SquareError);
    }

    private static (double[,] Matrix, double[] Values, double[,] Left) Oracle(int n, int features, int hidden, int classes, double nearest)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = NearDuplicates.Jacobian(n, features, hidden, classes, nearest);
        double[,] matrix = new double[jacobian.shape[0], jacobian.shape[1]];
        Buffer.BlockCopy(jacobian.contiguous().data<double>().ToArray(), 0, matrix, 0, matrix.Length * sizeof(double));
        (double[] values, double[,] left) = DoubleDoubleOracle.Svd(matrix);
        return (matrix, values, left);
    }

    private static GramSpectrum Decompose(Tensor jacobian, EigenSettings settings, out AlignedMatrix memory, int m)
    {
        int rows = (int)jacobian.shape[0];
        memory = Native(jacobian.mm(jacobian.t()));
        using AlignedMatrix vectors = Vectors(rows, m);
        return GramSpectrum.Decompose(memory.Pointer, rows, rows, jacobian.shape[1], vectors, settings);
    }

    private static AlignedMatrix Native(Tensor matrix)
    {
        AlignedMatrix native = new(matrix.shape[0], matrix.shape[1]);
        double[] elements = matrix.contiguous().data<double>().ToArray();
        elements.CopyTo(new Span<double>(native.Pointer, elements.Length));
        return native;
    }

    private static AlignedMatrix Vectors(int rows, int m)
    {
        AlignedMatrix vectors = new(rows, m);
        new RandomStream(9, "tests/projected").FillNormal(new Span<double>(vectors.Pointer, rows * m));
        return vectors;
    }

    /// <summary>||(I - P) Q|| of the first vectors of both.</summary>
    private static double Sine(double[,] exact, AlignedMatrix computed, int rank)
    {
        int n = exact.GetLength(0);
        Tensor p = tensor(exact).narrow(1, 0, rank);
        double[] elements = new ReadOnlySpan<double>(computed.Pointer, n * n).ToArray();
        Tensor q = tensor(elements, [n, n]).narrow(1, 0, rank);
        return linalg.svdvals(q - p.mm(p.t().mm(q))).max().item<double>();
    }

    private static double Square(double value) => value * value;
}
