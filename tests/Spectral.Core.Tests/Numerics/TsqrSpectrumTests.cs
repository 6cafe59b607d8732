using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The streamed QR and its SVD against J's own SVD, and far down against one in 106 bits.</summary>
public sealed unsafe class TsqrSpectrumTests
{
    /// <summary>
    /// nK, p and the width of a block: wide, tall, square, blocks that do not divide, one column at a time.
    /// </summary>
    public static TheoryData<int, int, int> Shapes { get; } = new()
    {
        { 1, 1, 1 },
        { 1, 9, 4 },
        { 5, 2, 1 },
        { 31, 100, 100 },
        { 32, 70, 7 },
        { 33, 40, 64 },
        { 90, 30, 11 },
        { 130, 400, 96 },
        { 300, 310, 155 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Values_and_spaces_are_those_of_the_matrix_itself(int rows, int columns, int width)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = NearDuplicates.Normal(rows, columns, "tsqr") * logspace(0, -5, columns, dtype: ScalarType.Float64);
        (SingularSpectrum spectrum, ImmutableArray<ProjectedVector> projected, AlignedMatrix left) = Decompose(jacobian, width, 1);
        int rank = Math.Min(rows, columns);
        (Tensor u, Tensor s, _) = linalg.svd(jacobian, fullMatrices: false);
        double[] expected = s.data<double>().ToArray();
        Assert.Equal(rank, spectrum.Values.Length);
        for (int i = 0; i < rank; i++)
            Assert.InRange(spectrum.Values[i] - expected[i], -2 * spectrum.TrustFloor, 2 * spectrum.TrustFloor);
        Tensor ours = tensor(new ReadOnlySpan<double>(left.Pointer, rows * rank).ToArray(), [rows, rank]);
        left.Dispose();
        Assert.InRange((ours.t().mm(ours) - eye(rank, dtype: ScalarType.Float64)).abs().max().item<double>(), 0, 1e-13);
        Tensor rest = ours.t().mm(jacobian); // rows of length sigma_s
        Assert.InRange((rest.square().sum(dim: 1).sqrt() - s).abs().max().item<double>(), 0, 1e-13 * expected[0]);
        using AlignedMatrix vectors = Vectors(rows);
        Tensor v = tensor(Enumerable.Range(0, rows).Select(i => vectors[i, 1]).ToArray());
        Assert.Equal((v - u.mv(u.t().mv(v))).norm().item<double>(), projected[1].Outside, 1e-11);
        Assert.Equal(v.norm().item<double>(), projected[1].Norm, 1e-12);
        Tensor coefficients = ours.t().mv(v);
        Assert.InRange((coefficients - tensor(projected[1].Coefficients.ToArray())).abs().max().item<double>(), 0, 1e-13);
        Assert.Equal("tsqr", spectrum.Method);
    }

    [Fact]
    public void Values_are_right_to_one_percent_down_to_1e_13_of_the_largest()
    {
        using IDisposable scope = NewDisposeScope();
        int small = 0;
        foreach (double nearest in new[] { 1e-11, 1e-12, 1e-13, 1e-14 })
        {
            Tensor jacobian = NearDuplicates.Jacobian(16, 6, 8, 3, nearest);
            double[,] matrix = new double[jacobian.shape[0], jacobian.shape[1]];
            Buffer.BlockCopy(jacobian.contiguous().data<double>().ToArray(), 0, matrix, 0, matrix.Length * sizeof(double));
            (double[] expected, _) = DoubleDoubleOracle.Svd(matrix);
            (SingularSpectrum spectrum, _, AlignedMatrix left) = Decompose(jacobian, 13, 2);
            left.Dispose();
            Assert.InRange(spectrum.TrustFloor, 0, 2e-14 * expected[0]);
            for (int s = 0; s < expected.Length; s++)
            {
                Assert.InRange(spectrum.Values[s] - expected[s], -spectrum.TrustFloor, spectrum.TrustFloor);
                if (expected[s] < 1e-13 * expected[0])
                    continue;
                Assert.InRange(spectrum.Values[s] / expected[s], 0.99, 1.01);
                small += expected[s] < 1e-12 * expected[0] ? 1 : 0;
            }
        }

        Assert.True(small >= 5, $"only {small} values lay between 1e-13 and 1e-12");
    }

    [Fact]
    public void Bits_do_not_depend_on_the_number_of_threads()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = NearDuplicates.Jacobian(100, 6, 20, 3, 1e-9);
        string? first = null;
        foreach (int threads in new[] { 1, 2, 4 })
        {
            (SingularSpectrum spectrum, _, AlignedMatrix left) = Decompose(jacobian, 77, threads);
            string bits = string.Join(' ', spectrum.Values.Select(BitConverter.DoubleToInt64Bits)) + left[17, 3];
            left.Dispose();
            Assert.Equal(first ??= bits, bits);
        }
    }

    [Fact]
    public void Repeated_rows_and_columns_of_zeros_stay_below_the_floor()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor half = NearDuplicates.Normal(20, 60, "repeated");
        half.narrow(1, 10, 30).zero_();
        (SingularSpectrum spectrum, _, AlignedMatrix left) = Decompose(cat([half, half], 0), 25, 1);
        left.Dispose();
        Assert.Equal(20, spectrum.TrustedCount);
        (SingularSpectrum nothing, _, AlignedMatrix none) = Decompose(zeros(6, 9, dtype: ScalarType.Float64), 4, 1);
        none.Dispose();
        Assert.Equal(0, nothing.TrustedCount);
    }

    [Theory]
    [InlineData(75, 1, 150)]
    [InlineData(400, 1, 400)]
    [InlineData(399, 3, 150)]
    public void Noise_of_equal_entries_stays_below_the_floor(int rows, int rank, int width)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = kron(ones(rows / rank, 200, dtype: ScalarType.Float64), eye(rank, dtype: ScalarType.Float64));
        (SingularSpectrum spectrum, _, AlignedMatrix left) = Decompose(jacobian, width, 2);
        left.Dispose();
        Assert.Equal(rank, spectrum.TrustedCount);
        double expected = Math.Sqrt(rows / rank * 200.0);
        for (int s = 0; s < rank; s++)
            Assert.InRange(spectrum.Values[s] - expected, -spectrum.TrustFloor, spectrum.TrustFloor);
    }

    [Fact]
    public void What_is_no_block_of_columns_is_refused()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor spoilt = ones(4, 3, dtype: ScalarType.Float64);
        spoilt[1, 2] = double.NaN;
        Assert.Throws<NotFiniteException>(() => Decompose(spoilt, 2, 1));
        Assert.Throws<ArgumentException>(() => Decompose(ones(4, 3, dtype: ScalarType.Float32), 2, 1));
        using AlignedMatrix vectors = new(5, 0);
        Assert.Throws<ArgumentException>(() =>
            TsqrSpectrum.Decompose(5, [ones(4, 3, dtype: ScalarType.Float64)], vectors, new EigenSettings()));
        Assert.Throws<ArgumentOutOfRangeException>(() => TsqrSpectrum.Decompose(30_000, [], vectors, new EigenSettings()));
    }

    private static (SingularSpectrum Spectrum, ImmutableArray<ProjectedVector> Vectors, AlignedMatrix LeftVectors) Decompose(
        Tensor jacobian, int width, int threads)
    {
        long columns = jacobian.shape[1];
        using AlignedMatrix vectors = Vectors((int)jacobian.shape[0]);
        return TsqrSpectrum.Decompose(jacobian.shape[0], Blocks(), vectors, new EigenSettings(threads));

        IEnumerable<Tensor> Blocks()
        {
            for (long first = 0; first < columns; first += width)
                yield return jacobian.narrow(1, first, Math.Min(width, columns - first));
        }
    }

    private static AlignedMatrix Vectors(int rows)
    {
        AlignedMatrix vectors = new(rows, 2);
        new RandomStream(10, "tests/projected").FillNormal(new Span<double>(vectors.Pointer, rows * 2));
        return vectors;
    }
}
