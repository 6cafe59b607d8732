using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
using Spectral.Core.Datasets;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// The infinitely wide kernel against plain loops, its K-fold multiplicity against the Kronecker product, and the mean
/// of real Jacobians' Gram matrices.
/// </summary>
public sealed class WideNetworkKernelTests
{
    [Fact]
    public void Entries_are_inner_products_times_the_mean_of_slopes()
    {
        double[][] x = Rows(5, 3, unit: false);
        x[4] = x[1]; // a repeated example
        using WideNetworkKernel kernel = Wide(x, new Softplus());
        GaussHermite rule = new(160);
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
                Assert.Equal(Direct(rule, x[i], x[j], new Softplus()), kernel.Matrix[i, j], 1e-9);
        }

        Assert.InRange(kernel.Error, 0, 1e-10);
    }

    [Fact]
    public void An_example_of_zeros_has_a_row_of_zeros()
    {
        using WideNetworkKernel kernel = Wide([[0, 0], [3, 4]], new Relu());
        Assert.Equal([0.0, 0], kernel.Matrix.Column(0));
        Assert.Equal([0, 12.5], kernel.Matrix.Column(1));
    }

    [Fact]
    public void The_decomposition_is_that_of_the_Kronecker_product_with_each_value_K_times()
    {
        const int n = 7, k = 3;
        double[][] x = Rows(n, 4, unit: true);
        using WideNetworkKernel kernel = Wide(x, new Tanh());
        Matrix<double> h = Matrix<double>.Build.Dense(n, n, (i, j) => kernel.Matrix[i, j]);
        Matrix<double> sigma = h.KroneckerProduct(Matrix<double>.Build.DenseIdentity(k));
        double[] y = new double[n * k];
        new RandomStream(5, "tests/labels").FillNormal(y);
        (SingularSpectrum spectrum, ProjectedVector labels) = kernel.Decompose(y, new EigenSettings());
        var evd = sigma.Evd(Symmetricity.Symmetric);
        Vector<double> parts = evd.EigenVectors.Transpose() * Vector<double>.Build.Dense(y);
        for (int s = 0; s < n; s++)
        {
            int[] copies = [.. Enumerable.Range(0, k).Select(copy => (n * k) - 1 - (s * k) - copy)]; // ascending order
            Assert.All(copies, copy => Assert.Equal(evd.EigenValues[copy].Real, Math.Pow(spectrum.Values[s], 2), 1e-12));
            Assert.Equal(copies.Sum(copy => parts[copy] * parts[copy]), Math.Pow(labels.Coefficients[s], 2), 1e-10);
        }

        Assert.Equal(Math.Sqrt(y.Sum(value => value * value)), labels.Norm, 1e-13);
        Assert.Equal(labels.Norm, Math.Sqrt(labels.Coefficients.Sum(part => part * part)), 1e-12);
    }

    [Fact]
    public void Lemma_6_11_the_mean_Gram_matrix_of_wide_networks_is_the_kernel()
    {
        // V = +-nu / sqrt(k K) has the variance nu^2 / (k K): E J J^T = (nu^2 / K) H (x) I_K in our order.
        using IDisposable scope = NewDisposeScope();
        const int n = 4, classes = 2, draws = 60;
        const double nu = 1.5;
        double[][] x = Rows(n, 3, unit: true);
        Tensor inputs = tensor(x.SelectMany(row => row).ToArray(), n, 3).clone();
        Matrix<double> mean = Matrix<double>.Build.Dense(n * classes, n * classes);
        for (ulong draw = 0; draw < draws; draw++)
            mean += Gram(Network(1000, new Softplus(), nu), inputs, classes, draw) / draws;
        using WideNetworkKernel kernel = Wide(x, new Softplus());
        for (int row = 0; row < n * classes; row++)
        {
            for (int column = 0; column < n * classes; column++)
            {
                double expected = row % classes == column % classes
                    ? nu * nu / classes * kernel.Matrix[row / classes, column / classes]
                    : 0;
                // An entry is a mean of 60,000 products of size at most nu^2 / K: 5 standard deviations.
                Assert.Equal(expected, mean[row, column], 5 * nu * nu / classes / Math.Sqrt(1000 * draws));
            }
        }
    }

    [Fact]
    public void Lemma_6_13_one_draw_comes_near_to_the_kernel_like_one_over_the_root_of_the_width()
    {
        using IDisposable scope = NewDisposeScope();
        const int n = 6, classes = 2;
        double[][] x = Rows(n, 4, unit: true);
        Tensor inputs = tensor(x.SelectMany(row => row).ToArray(), n, 4).clone();
        Matrix<double> xs = Matrix<double>.Build.DenseOfRowArrays(x);
        using WideNetworkKernel kernel = Wide(x, new Tanh());
        Matrix<double> wide = Matrix<double>.Build.Dense(n, n, (i, j) => kernel.Matrix[i, j])
            .KroneckerProduct(Matrix<double>.Build.DenseIdentity(classes)) / classes;
        double[] apart = [.. new[] { 100, 1600, 25600 }.Select(width =>
        {
            double distance = Enumerable.Range(0, 4).Average(
                draw => (Gram(Network(width, new Tanh(), 1), inputs, classes, (ulong)draw) - wide).L2Norm());
            double bound = 30 * Math.Pow(xs.L2Norm(), 2) * Math.Sqrt(Math.Log(n) / width); // nu = B = 1
            Assert.InRange(distance, 0, bound);
            return distance * Math.Sqrt(width);
        })];
        // 16 times the width, a quarter of the distance.
        Assert.All(apart, scaled => Assert.InRange(scaled / apart[0], 0.5, 2));
    }

    [Fact]
    public void Clusters_without_spread_leave_K_times_as_many_eigenvalues_as_there_are_clusters()
    {
        // Definition 3.4 with sigma = 0: K = 2 classes of C = 3 clusters, KC = 6 points, rank K^2 C = 12.
        using IDisposable scope = NewDisposeScope();
        GaussianMixture mixture = new(2, 3, 5, 0, 0.5, true, 30, 1, 0, new Preprocessing("none", true));
        SplitArrays train = mixture.Load(DataFolders.None, 4).Train;
        double[] x = [.. train.Inputs.Select(value => (double)value)];
        using WideNetworkKernel kernel = Wide([.. x.Chunk(5)], new Softplus());
        double[] y = [.. train.Targets.Values.Select(value => (double)value)];
        (SingularSpectrum spectrum, ProjectedVector labels) = kernel.Decompose(y, new EigenSettings());
        Assert.InRange(spectrum.Values[5], 0.1, 10);
        Assert.InRange(spectrum.Values[6], 0, 1e-6);
        // The labels are functions of the cluster and lie in the information space.
        Assert.InRange(labels.Nuisance(SpaceSplit.At(spectrum, 6, 0.01)), 0, 1e-7 * labels.Norm);

        double[] values = [.. Jacobian(Network(200, new Softplus(), 1), tensor(x, 30, 5).clone(), 2, 1).Svd(false).S];
        Assert.InRange(values[11], 0.01, 10);
        Assert.InRange(values[12], 0, 1e-12);
    }

    private static WideNetworkKernel Wide(double[][] x, Activation activation) => WideNetworkKernel.Of(
        x.SelectMany(row => row).ToArray(), x.Length, activation.Slopes, CancellationToken.None);

    /// <summary>H_ij by two-dimensional quadrature over w in the plane of both examples.</summary>
    private static double Direct(GaussHermite rule, double[] x, double[] z, Activation activation)
    {
        double product = x.Zip(z, (a, b) => a * b).Sum(), length = Math.Sqrt(x.Sum(a => a * a));
        double along = product / length, across = Math.Sqrt(Math.Max(0, z.Sum(b => b * b) - (along * along)));
        return product * rule.Mean(one => activation.Derivative(length * one) * rule.Mean(
            other => activation.Derivative((along * one) + (across * other))));
    }

    private static OneHiddenLayer Network(int width, Activation activation, double nu) =>
        new(width, activation, nu, "first", new UnscaledNormal(1));

    private static double[][] Rows(int n, int d, bool unit)
    {
        double[] values = new double[n * d];
        new RandomStream(2, "tests/rows").FillNormal(values);
        return
        [
            .. values.Chunk(d).Select(
                row => unit ? row.Select(value => value / Math.Sqrt(row.Sum(v => v * v))).ToArray() : row),
        ];
    }

    /// <summary>J [nK, k d] by W, explicit.</summary>
    private static Matrix<double> Jacobian(OneHiddenLayer network, Tensor inputs, int classes, ulong seed)
    {
        NetworkLayout layout = NetworkLayout.Of(network, new Shape((int)inputs.shape[1]), classes);
        ImmutableArray<Tensor> weights = InitialWeights.Draw(layout, seed, ScalarType.Float64, CPU);
        NetworkJacobian source = new(layout, weights, inputs, [new ColumnRange(0, network.Hidden * inputs.shape[1])]);
        Tensor rows = new JacobianOperator(source).RowsOf(0, source.Rows);
        return Matrix<double>.Build.DenseOfRowMajor(
            (int)rows.shape[0], (int)rows.shape[1], rows.data<double>().ToArray());
    }

    private static Matrix<double> Gram(OneHiddenLayer network, Tensor inputs, int classes, ulong seed)
    {
        Matrix<double> jacobian = Jacobian(network, inputs, classes, seed);
        return jacobian * jacobian.Transpose();
    }
}
