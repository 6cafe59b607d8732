using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The largest singular values and left vectors against the SVD of the matrix itself.</summary>
public sealed class BlockKrylovTests
{
    /// <summary>Networks of every kind of layer, with at least 9 rows.</summary>
    public static TheoryData<string> Networks { get; } =
        [.. NetworkCases.All.Where(pair => pair.Value.Examples * pair.Value.Outputs >= 9).Select(pair => pair.Key)];

    /// <summary>Spectra by name: singular values of J.</summary>
    private static readonly Dictionary<string, double[]> Spectra = new()
    {
        ["polynomial decay"] = [.. Enumerable.Range(1, 150).Select(s => 1.0 / s)],
        ["exponential decay"] = [.. Enumerable.Range(0, 150).Select(s => Math.Pow(0.7, s))],
        ["flat"] = [.. Enumerable.Range(0, 150).Select(s => 1 - (0.002 * s))],
        ["all equal"] = [.. Enumerable.Repeat(2.5, 150)],
        ["one value 10 times"] = [.. Enumerable.Repeat(3.0, 10), .. Enumerable.Range(1, 140).Select(s => 1.0 / s)],
        ["pairs"] = [.. Enumerable.Range(0, 150).Select(s => Math.Pow(0.9, s / 2))],
        ["tight cluster"] =
            [5, .. Enumerable.Range(0, 8).Select(s => 1 + (1e-9 * s)).Reverse(), .. Enumerable.Range(2, 141).Select(s => 0.9 / s)],
        ["a cluster across the cut"] =
            [5, 4, 3, .. Enumerable.Repeat(1.0, 20), .. Enumerable.Range(2, 127).Select(s => 0.9 / s)],
        ["rank 5"] = [5, 4, 3, 2, 1],
        ["rank 1"] = [7],
        ["one large value"] = [1e6, .. Enumerable.Range(1, 149).Select(s => 1.0 / s)],
        ["huge"] = [.. Enumerable.Range(1, 150).Select(s => 1e60 / s)],
        ["tiny"] = [.. Enumerable.Range(1, 150).Select(s => 1e-60 / s)],
    };

    public static TheoryData<string> SpectrumNames { get; } = [.. Spectra.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Of_networks_it_gives_the_values_and_the_vectors_of_the_SVD(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = ExplicitJacobianTests.Form(network).detach();
        Compare(jacobian, Top(jacobian, KrylovSettings.For(5, 1)), 5);
        Compare(jacobian, TopOfGram(jacobian, KrylovSettings.For(5, 1)), 5);
    }

    [Theory]
    [MemberData(nameof(SpectrumNames))]
    public void Of_made_up_spectra_it_gives_the_values_and_the_vectors_of_the_SVD(string name)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Made(Spectra[name], 160, 400);
        Compare(jacobian, Top(jacobian, KrylovSettings.For(9, 1)), 9);
        Compare(jacobian, TopOfGram(jacobian, KrylovSettings.For(9, 1)), 9);
        Compare(jacobian.t(), Top(jacobian.t(), KrylovSettings.For(9, 1)), 9);
    }

    [Theory]
    [InlineData("polynomial decay")]
    [InlineData("flat")]
    [InlineData("pairs")]
    [InlineData("a cluster across the cut")]
    public void A_basis_that_is_restarted_many_times_gets_there_too(string name)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Made(Spectra[name], 160, 400);
        KrylovSettings narrow = new(6, 7, 20, 400, 1e-8, 1);
        TopSpectrum top = Top(jacobian, narrow);
        Assert.True(top.Passes > 4, "nothing was restarted");
        Compare(jacobian, top, 6);
        Compare(jacobian, TopOfGram(jacobian, narrow), 6);
    }

    [Fact]
    public void More_values_than_the_rank_give_the_rank()
    {
        using IDisposable scope = NewDisposeScope();
        TopSpectrum top = Top(Made(Spectra["rank 5"], 160, 400), KrylovSettings.For(40, 1));
        Assert.Equal(5, top.Values.Length);
        Assert.True(top.IsConverged);
        Assert.InRange(top.EnergyBeyond, 0, 1e-12);
        Assert.InRange(top.AngleBound(5), 0, 1e-9);
        Assert.Equal(1, TopOf(zeros(6, 4, dtype: ScalarType.Float64)).AngleBound(0) + 1);
        Assert.Empty(TopOf(zeros(6, 4, dtype: ScalarType.Float64)).Values);

        static TopSpectrum TopOf(Tensor matrix) => Top(matrix, KrylovSettings.For(3, 1));
    }

    [Fact]
    public void A_count_above_both_sides_gives_the_whole_spectrum()
    {
        using IDisposable scope = NewDisposeScope();
        double[] values = new double[12 * 7];
        new RandomStream(8, "tests/small").FillNormal(values);
        Tensor jacobian = tensor(values, [12, 7]);
        TopSpectrum top = Top(jacobian, KrylovSettings.For(30, 1));
        Assert.Equal(7, top.Values.Length);
        Compare(jacobian, top, 7);
        Assert.Equal(12, TopOfGram(jacobian.mm(jacobian.t()) + eye(12), KrylovSettings.For(30, 1)).Values.Length);
    }

    [Fact]
    public void The_same_bits_come_from_1_2_and_4_threads()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Made(Spectra["polynomial decay"], 700, 9000);
        TopSpectrum one = Top(jacobian, KrylovSettings.For(6, 1), threads: 1);
        TopSpectrum gram = TopOfGram(jacobian, KrylovSettings.For(6, 1), threads: 1);
        foreach (int threads in (int[])[2, 4])
        {
            Same(one, Top(jacobian, KrylovSettings.For(6, 1), threads));
            Same(gram, TopOfGram(jacobian, KrylovSettings.For(6, 1), threads));
        }

        static void Same(TopSpectrum expected, TopSpectrum actual)
        {
            Assert.Equal(expected.Values, actual.Values);
            Assert.Equal(expected.Residuals, actual.Residuals);
            Assert.Equal(expected.LeftVectors, actual.LeftVectors);
            Assert.Equal(expected.FrobeniusSquared, actual.FrobeniusSquared);
        }
    }

    [Fact]
    public void Too_few_passes_leave_residuals_that_say_so()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Made(Spectra["flat"], 160, 400);
        TopSpectrum top = Top(jacobian, new KrylovSettings(6, 7, 60, 3, 1e-8, 1));
        Assert.False(top.IsConverged);
        Assert.Equal(3, top.Passes);
        Assert.True(top.Residuals[5] > 1e-8 * top.Values[5] * top.Values[5]);
        Compare(jacobian, top, 6, isConverged: false);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_is_refused_with_its_place(double value)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = ones(40, 9, dtype: ScalarType.Float64);
        jacobian[17, 3] = value;
        NotFiniteException failure = Assert.Throws<NotFiniteException>(() => Top(jacobian, KrylovSettings.For(3, 1)));
        Assert.Contains("rows 16 to 23", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<NotFiniteException>(() => TopOfGram(jacobian, KrylovSettings.For(3, 1)));
        Assert.Contains("row", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Made(Spectra["flat"], 160, 400);
        using CancellationTokenSource source = new();
        using WorkerTeam team = new(2);
        using RowTileOperator matrix = new(MatrixTiles.Of(jacobian, 8));
        List<KrylovProgress> seen = [];
        Assert.Throws<OperationCanceledException>(() => BlockKrylov.Compute(
            matrix, new KrylovSettings(6, 7, 60, 50, 1e-12, 1), team, new Watch(seen, source), source.Token));
        Assert.Equal((2, 1.0), (seen[^1].Pass, seen[^1].Part));
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Made(Spectra["rank 5"], 160, 400);
        foreach (KrylovSettings bad in (KrylovSettings[])
            [new(0, 4, 20, 9, 1e-6, 1), new(3, 3, 20, 9, 1e-6, 1), new(9, 10, 18, 9, 1e-6, 1), new(3, 4, 20, 0, 1e-6, 1), new(3, 4, 20, 9, 0, 1)])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Top(jacobian, bad));
        }
    }

    /// <summary>J = U diag(s) V^T with random orthonormal U and V.</summary>
    internal static Tensor Made(double[] sigma, int rows, int columns)
    {
        (Tensor u, _) = linalg.qr(Drawn("u", rows, sigma.Length));
        (Tensor v, _) = linalg.qr(Drawn("v", columns, sigma.Length));
        return (u * tensor(sigma)).mm(v.t());
    }

    internal static Tensor Drawn(string name, int rows, int columns)
    {
        double[] values = new double[rows * columns];
        new RandomStream(21, "tests/" + name).FillNormal(values);
        return tensor(values, [rows, columns]).clone();
    }

    private static TopSpectrum Top(Tensor jacobian, KrylovSettings settings, int threads = 2)
    {
        using WorkerTeam team = new(threads);
        using RowTileOperator matrix = new(MatrixTiles.Of(jacobian, 8));
        return BlockKrylov.Compute(matrix, settings, team, new Unwatched<KrylovProgress>(), CancellationToken.None);
    }

    private static unsafe TopSpectrum TopOfGram(Tensor jacobian, KrylovSettings settings, int threads = 2)
    {
        using WorkerTeam team = new(threads);
        int rows = (int)jacobian.shape[0];
        double[] gram = jacobian.mm(jacobian.t()).data<double>().ToArray();
        fixed (double* pointer = gram)
        {
            GramOperator matrix = new(pointer, rows, rows, Math.Max(rows, jacobian.shape[1]));
            return BlockKrylov.Compute(matrix, settings, team, new Unwatched<KrylovProgress>(), CancellationToken.None);
        }
    }

    /// <summary>Values and every bound that the result states, against torch's SVD of J.</summary>
    private static void Compare(Tensor jacobian, TopSpectrum top, int wanted, bool isConverged = true)
    {
        (Tensor u, Tensor s, _) = linalg.svd(jacobian, fullMatrices: false);
        double[] exact = s.data<double>().ToArray();
        int expected = Math.Min(wanted, exact.Count(sigma => sigma > 0 && sigma >= 1.0000001 * top.TrustFloor));
        Assert.Equal(expected, top.Values.Length);
        Assert.Equal(isConverged, top.IsConverged);
        Tensor left = tensor(top.LeftVectors.ToArray(), [top.Rows, expected]);
        Tensor gram = jacobian.mm(jacobian.t());
        double theta = exact[0] * exact[0], floor = top.TrustFloor * top.TrustFloor;
        for (int i = 0; i < expected; i++)
        {
            double bound = top.ValueBound(i);
            Assert.InRange(exact.Min(sigma => Math.Abs(top.Values[i] - sigma)), 0, bound);
            if (isConverged)
                Assert.InRange(top.Values[i] - exact[i], -bound, bound);
            Tensor vector = left.select(1, i);
            double residual = (gram.mv(vector) - (top.Values[i] * top.Values[i] * vector)).norm().item<double>();
            Assert.InRange(residual, 0, top.Residuals[i] + (1e-14 * theta));
            if (isConverged)
                Assert.True(top.Residuals[i] <= Math.Max(1e-6 * top.Values[i] * top.Values[i], floor), $"residual {top.Residuals[i]:E2} of {i}");
        }

        Tensor lean = left.t().mm(left) - eye(expected, dtype: ScalarType.Float64);
        Assert.True(expected == 0 || lean.abs().max().item<double>() < 1e-12);
        double frobenius = jacobian.square().sum().item<double>();
        Assert.InRange(top.FrobeniusSquared, frobenius * (1 - 1e-12), frobenius * (1 + 1e-12));
        int compared = 0;
        for (int rank = 1; rank <= expected; rank++)
        {
            double angle = top.AngleBound(rank);
            if (angle == 1)
                continue;
            Tensor mine = left.narrow(1, 0, rank), theirs = u.narrow(1, 0, rank);
            Assert.InRange((mine - theirs.mm(theirs.t().mm(mine))).norm().item<double>(), 0, angle + 1e-12);
            compared++;
        }

        Assert.True(!isConverged || compared > 0 || exact[0] - exact[expected] < 1e-9 * exact[0], "no angle was compared");
    }

    private sealed class Watch(List<KrylovProgress> seen, CancellationTokenSource source) : IProgress<KrylovProgress>
    {
        public void Report(KrylovProgress value)
        {
            seen.Add(value);
            if (value.Pass == 2)
                source.Cancel();
        }
    }
}
