using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// Spectrum and projections against an SVD of the oracle's Jacobian with a full left basis, whose last columns are a
/// basis of the nuisance space of their own.
/// </summary>
public sealed class DirectSpectrumTests
{
    [Theory]
    [MemberData(nameof(NetworkCases.Names), MemberType = typeof(NetworkCases))]
    public void Singular_values_agree_to_1e_10_of_the_largest(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        (SingularSpectrum spectrum, _, Tensor left) = Decompose(network, out _);
        (Tensor basis, Tensor sigma, _) = Oracle(network);
        double[] expected = sigma.data<double>().ToArray();
        Assert.Equal(expected.Length, spectrum.Values.Length);
        Assert.Equal([basis.shape[0], expected.Length], left.shape);
        for (int s = 0; s < expected.Length; s++)
        {
            Assert.InRange(spectrum.Values[s] - expected[s], -1e-10 * expected[0], 1e-10 * expected[0]);
            Assert.InRange(spectrum.Values[s] - expected[s], -spectrum.TrustFloor, spectrum.TrustFloor);
        }
    }

    [Theory]
    [MemberData(nameof(NetworkCases.Names), MemberType = typeof(NetworkCases))]
    public void Energies_of_both_spaces_agree_to_1e_9_at_every_cut_in_a_gap(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        (SingularSpectrum spectrum, ImmutableArray<ProjectedVector> projected, _) = Decompose(network, out Tensor vectors);
        (Tensor basis, _, _) = Oracle(network); // [nK, nK]
        int cuts = 0;
        for (int rank = 0; rank <= spectrum.Values.Length; rank++)
        {
            SpaceSplit split = SpaceSplit.At(spectrum, rank, alpha: 1);
            if (split.AngleBound > 1e-10)
                continue;
            cuts++;
            for (int v = 0; v < projected.Length; v++)
            {
                Tensor vector = vectors.select(1, v); // [nK]
                double total = vector.square().sum().item<double>();
                double information = Energy(basis.narrow(1, 0, rank), vector);
                double nuisance = Energy(basis.narrow(1, rank, basis.shape[1] - rank), vector);
                Assert.InRange(Square(projected[v].Information(split)) - information, -1e-9 * total, 1e-9 * total);
                Assert.InRange(Square(projected[v].Nuisance(split)) - nuisance, -1e-9 * total, 1e-9 * total);
                Assert.InRange(projected[v].Norm - Math.Sqrt(total), -1e-12 * total, 1e-12 * total);
            }
        }

        Assert.True(cuts >= 2, "no cut was compared");
    }

    [Fact]
    public void Repeated_examples_leave_values_below_the_trust_floor()
    {
        NetworkCase network = NetworkCases.All["repeated examples"];
        using IDisposable scope = NewDisposeScope();
        (SingularSpectrum spectrum, _, _) = Decompose(network, out _);
        Assert.Equal(24, spectrum.Values.Length);
        Assert.Equal(12, spectrum.TrustedCount);
    }

    [Fact]
    public void Small_singular_values_keep_their_absolute_accuracy()
    {
        // J = U diag(s) V^T with s from 1 to 1e-12: a Gram matrix would lose all below 1e-8.
        using IDisposable scope = NewDisposeScope();
        double[] expected = [.. Enumerable.Range(0, 25).Select(s => Math.Pow(10, -s / 2.0))];
        Tensor u = Orthogonal(25, 25, "u"), v = Orthogonal(60, 25, "v");
        Tensor jacobian = u.mm(diag(tensor(expected))).mm(v.t());
        (SingularSpectrum spectrum, _, _) = DirectSpectrum.Decompose(jacobian, ones(25, 1, dtype: ScalarType.Float64));
        for (int s = 0; s < expected.Length; s++)
            Assert.InRange(spectrum.Values[s] - expected[s], -1e-14, 1e-14);
    }

    [Fact]
    public void Left_vectors_have_their_largest_entry_positive()
    {
        NetworkCase network = NetworkCases.All["tanh"];
        using IDisposable scope = NewDisposeScope();
        (_, _, Tensor left) = Decompose(network, out _);
        Tensor largest = left.gather(0, left.abs().argmax(0).unsqueeze(0));
        Assert.True(largest.gt(0).all().item<bool>());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_Jacobian_that_is_not_finite_is_refused(double value)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = ones(4, 3, dtype: ScalarType.Float64);
        jacobian[1, 2] = value;
        Assert.Throws<NotFiniteException>(() => DirectSpectrum.Decompose(jacobian, ones(4, 1, dtype: ScalarType.Float64)));
    }

    private static (SingularSpectrum Spectrum, ImmutableArray<ProjectedVector> Vectors, Tensor Left) Decompose(
        NetworkCase network, out Tensor vectors)
    {
        double[] values = new double[network.Examples * network.Outputs * 4];
        new RandomStream(3, "tests/vectors").FillNormal(values);
        vectors = tensor(values).view(-1, 4); // [nK, 4]
        vectors.select(1, 3).zero_();
        return DirectSpectrum.Decompose(ExplicitJacobianTests.Form(network).detach(), vectors);
    }

    private static (Tensor U, Tensor S, Tensor Vh) Oracle(NetworkCase network) => linalg.svd(
        RowOracle.Jacobian(network.Layout, network.Inputs(), network.Weights()).detach(), fullMatrices: true);

    private static double Energy(Tensor basis, Tensor vector) => basis.t().mv(vector).square().sum().item<double>();

    private static double Square(double value) => value * value;

    private static Tensor Orthogonal(int rows, int columns, string name)
    {
        double[] values = new double[rows * columns];
        new RandomStream(4, "tests/" + name).FillNormal(values);
        (Tensor q, _) = linalg.qr(tensor(values, [rows, columns]));
        return q;
    }
}
