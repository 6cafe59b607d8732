using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;
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

/// <summary>The Jacobian of the paper's network against its formulas, and lemma 6.10's bounds of it.</summary>
public sealed class ShallowNetworkTests
{
    private const int N = 5, D = 3, Hidden = 8, Classes = 2;
    private const double Nu = 1.3;

    private static readonly ImmutableArray<Activation> Activations = [new Softplus(), new Tanh(), new Gelu()];

    [Fact]
    public void The_Jacobian_by_the_hidden_layer_is_the_Khatri_Rao_product()
    {
        // Equation 6.27: row (i, l), columns of unit s: V_ls phi'(x_i^T w_s) x_i.
        foreach (Activation activation in Activations)
        {
            Case made = Draw(activation, 1);
            for (int row = 0; row < N * Classes; row++)
            {
                int i = row / Classes, l = row % Classes;
                for (int s = 0; s < Hidden; s++)
                {
                    double slope = activation.Derivative(made.Inputs.Row(i) * made.W.Row(s));
                    for (int j = 0; j < D; j++)
                        Assert.Equal(made.V[l, s] * slope * made.Inputs[i, j], made.Jacobian[row, (s * D) + j], 1e-15);
                }
            }
        }
    }

    [Fact]
    public void Lemma_6_10_bounds_the_Jacobian_its_change_and_its_rows()
    {
        foreach (Activation activation in Activations)
        {
            for (ulong seed = 1; seed <= 20; seed++)
            {
                Case one = Draw(activation, seed), other = Draw(activation, seed + 100, one);
                ShallowNetwork bounds = new(
                    Hidden,
                    Classes,
                    Nu,
                    Math.Max(activation.Bounds.First, activation.Bounds.Second),
                    one.Inputs.L2Norm());
                Assert.InRange(one.Jacobian.L2Norm(), 0, bounds.JacobianNorm);
                double moved = (one.W - other.W).FrobeniusNorm();
                Assert.InRange((one.Jacobian - other.Jacobian).L2Norm(), 0, bounds.JacobianLipschitz * moved);
                Vector<double> u = one.Jacobian.Column(0).Normalize(2);
                Vector<double> pulled = one.Jacobian.Transpose() * u;
                double longest = pulled.Chunk(D).Max(row => Math.Sqrt(row.Sum(value => value * value)));
                Assert.InRange(longest, 0, bounds.RowNorm);
            }
        }
    }

    [Fact]
    public void The_bound_of_the_norm_is_reached_where_all_slopes_and_signs_agree()
    {
        // phi' of softplus tends to 1, and with V of one sign J is V (x) X: ||J|| = ||V|| ||X||, ||V|| = nu for signs.
        ShallowNetwork bounds = new(4, 1, 2, 1, 3);
        Assert.Equal(6, bounds.JacobianNorm);
        Assert.Equal(3, bounds.JacobianLipschitz);
        Assert.Equal(1 / 36.0, bounds.LargestStep);
        Assert.Equal(2 * 0.5 / Math.Sqrt(4), new ShallowNetwork(9, 4, 2, 1, 3).OfKernelScale(0.5));
    }

    private static Case Draw(Activation activation, ulong seed, Case? like = null)
    {
        using IDisposable scope = NewDisposeScope();
        NetworkLayout layout = NetworkLayout.Of(
            new OneHiddenLayer(Hidden, activation, Nu, "first", new UnscaledNormal(1)), new Shape(D), Classes);
        ImmutableArray<Tensor> weights = InitialWeights.Draw(layout, seed, ScalarType.Float64, CPU);
        if (like is not null)
            weights = [weights[0], tensor(like.V.ToRowMajorArray(), Classes, Hidden).clone()];
        double[] inputs = new double[N * D];
        new RandomStream(like is null ? seed : seed - 100, "tests/inputs").FillNormal(inputs);
        inputs = [.. inputs.Chunk(D).SelectMany(row => row.Select(value => value / Math.Sqrt(row.Sum(v => v * v))))];
        Tensor x = tensor(inputs, N, D).clone();
        Tensor jacobian = RowOracle.Jacobian(layout, x, weights).detach().narrow(1, 0, Hidden * D).contiguous();
        return new Case(Of(x), Of(weights[0]), Of(weights[1]), Of(jacobian));
    }

    private static Matrix<double> Of(Tensor matrix) => Matrix<double>.Build.DenseOfRowMajor(
        (int)matrix.shape[0], (int)matrix.shape[1], matrix.detach().contiguous().data<double>().ToArray());

    private sealed record Case(Matrix<double> Inputs, Matrix<double> W, Matrix<double> V, Matrix<double> Jacobian);
}
