using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// Orders where 32 bits end, without their memory: LAPACK counts its workspace wrongly from 32,767 rows on, and a
/// matrix of more than 46,340 rows has more than 2^31 elements.
/// </summary>
public sealed unsafe partial class LargeOrderTests
{
    public LargeOrderTests() => zeros(1).Dispose(); // loads libtorch

    /// <summary>Rows around every border.</summary>
    public static TheoryData<int> Orders { get; } = [32_766, 32_767, 33_000, 40_000, 46_340, 46_341, 50_000];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Predictions_and_the_choice_of_a_method_are_those_of_exact_arithmetic(int order)
    {
        Int128 elements = (Int128)order * order;
        SpectrumMethod gram = SpectrumMethod.Of(SpectrumMethod.Gram, order, 100_000, 1000, null);
        Assert.Equal((double)(8 * (Triangle(order) + (1024 * (Int128)order))), gram.Bytes);
        double cube = (double)(elements * order);
        Assert.Equal((double)(elements * 1000) + (4.0 / 3 * cube), gram.Flops, 1e-12 * gram.Flops);
        SpectrumMethod tsqr = SpectrumMethod.Of(SpectrumMethod.Tsqr, order, 1, 1, null);
        Assert.Equal(8 * ((9.0 * (double)elements) + (64.0 * order)), tsqr.Bytes);

        bool fits = order < 32_767;
        Assert.Equal(fits, SpectrumMethod.Limit(SpectrumMethod.Direct, order, 1e6) is null);
        Assert.Null(SpectrumMethod.Limit(SpectrumMethod.Direct, order, 32_766));
        Assert.Equal("23000 rows or less", SpectrumMethod.Limit(SpectrumMethod.Tsqr, order, 10));
        Assert.Null(SpectrumMethod.Limit(SpectrumMethod.Gram, order, 1e9));
        Assert.Null(SpectrumMethod.Limit(SpectrumMethod.Krylov, order, 1e9));
        // Even where direct would need fewer operations.
        Assert.Equal(fits ? "direct" : "gram", SpectrumMethod.Choose(order, order, 1e9, null).Name);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void The_Gram_engine_plans_such_a_matrix_without_making_it(int order)
    {
        using IDisposable scope = NewDisposeScope();
        GramPlan plan = new JacobianOperator(new Unmade(order)).PlanGram();
        Assert.Equal(order, plan.Rows);
        Assert.Equal((double)(8 * Triangle(order)), plan.MatrixBytes);
        Assert.InRange(plan.PeakBytes, plan.MatrixBytes + (8.0 * order * 5), plan.MatrixBytes + 1e8);
        Assert.Equal((double)((Int128)order * (order + 1) * 9), plan.ExplicitFlops);
    }

    /// <summary>Numbers of a lower triangle by panels of 512 rows, each a cache line longer than it must be.</summary>
    private static Int128 Triangle(int order)
    {
        Int128 numbers = 0;
        for (int row = 0; row < order; row++)
            numbers += ((Math.Min(order, ((row / 512) + 1) * 512) + 7) / 8 * 8) + 8;
        return numbers;
    }

    [Fact]
    public void A_method_by_LAPACK_refuses_what_LAPACK_would_miscount()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor large = zeros(1, 1, dtype: ScalarType.Float64).expand(32_767, 32_767); // one number in memory
        Assert.Throws<ArgumentOutOfRangeException>(() => DirectSpectrum.Decompose(large, large));
        using AlignedMatrix vectors = new(23_001, 0);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TsqrSpectrum.Decompose(23_001, [], vectors, new EigenSettings()));
    }

    [Theory]
    [InlineData(50_000, 5_368, true)]
    [InlineData(50_000, 5_369, false)]
    [InlineData(50_000, 50_000, false)]
    [InlineData(16_384, 16_383, true)]
    [InlineData(16_384, 16_384, false)]
    [InlineData(2_147_483_647, 1, false)]
    [InlineData(2_147_483_647, 0, true)]
    public void Left_vectors_are_kept_where_their_file_has_less_than_2_GiB(long rows, int rank, bool fits) =>
        Assert.Equal(fits, ResultFiles.HoldsLeftVectors(rows, rank));

    /// <summary>
    /// Rows so far apart that the last ones begin beyond 2^31 elements, in address space of which only the rows' own
    /// pages are ever touched: what the eigenvalue stage would do at N = 46,341 in 17 GB, it does here in 17 MB.
    /// </summary>
    [Fact]
    public void Eigenvalues_of_a_matrix_whose_rows_end_beyond_2_to_the_31_elements_are_those_of_a_dense_one()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "address space without memory is asked for in Linux' way");
        const int n = 1104;
        const long stride = 2_000_000; // a multiple of 8: rows lie at multiples of 64 bytes in both
        Assert.True((n - 1) * stride > int.MaxValue);
        long length = ((n * stride) + n) * sizeof(double);
        nuint bytes = (nuint)length;
        double* sparse = (double*)Map(null, bytes, ReadWrite, PrivateAnonymousNoReserve, -1, 0);
        Assert.SkipWhen((nint)sparse == -1, "the system gives no such address space");
        try
        {
            using AlignedMatrix dense = SymmetricCases.Lower(SymmetricCases.WithSpectrum(n, i => 1.0 / (1 + i)));
            for (int row = 0; row < n; row++)
                new Span<double>(dense.Row(row), n).CopyTo(new Span<double>(sparse + (row * stride), n));
            using AlignedMatrix vectors = new(n, 3);
            new RandomStream(1, "tests/large").FillNormal(new Span<double>(vectors.Pointer, 3 * n));
            EigenSettings settings = new(2);
            using SymmetricEigen expected = SymmetricEigen.Solve(dense.Pointer, n, n, vectors, settings);
            using SymmetricEigen found = SymmetricEigen.Solve(sparse, n, stride, vectors, settings);
            Assert.Equal(expected.Values, found.Values);
            Assert.Equal(expected.Coefficients.ToArray(), found.Coefficients.ToArray());
            using AlignedMatrix leading = expected.LeadingVectors(5, settings), far = found.LeadingVectors(5, settings);
            Assert.Equal(leading.ToArray(), far.ToArray());
            for (int s = 0; s < n; s++)
                Assert.Equal(1.0 / (1 + s), found.Values[s], 1e-14);
        }
        finally
        {
            _ = Unmap(sparse, bytes);
        }
    }

    private const int ReadWrite = 3, PrivateAnonymousNoReserve = 0x2 | 0x20 | 0x4000;

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);

    /// <summary>n examples of one output and a layer of 9 columns, which nobody is to differentiate.</summary>
    private sealed class Unmade(int examples) : JacobianSource
    {
        public override long Examples => examples;

        public override int Outputs => 1;

        public override ImmutableArray<string> Layers => ["0"];

        public override ImmutableArray<FactorBlock> Shapes { get; } =
        [
            new DenseFactorBlock(
                ones(1, 2, dtype: ScalarType.Float64), ones(1, 1, 3, dtype: ScalarType.Float64), Bias: true),
        ];

        public override ImmutableArray<FactorBlock> Factors(long first, long count, IReadOnlyList<int> layers) =>
            throw new InvalidOperationException("nothing was to be computed");
    }
}
