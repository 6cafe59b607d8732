using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>||A - B|| of two Jacobians against the SVD of their explicit difference.</summary>
public sealed class JacobianDifferenceTests
{
    [Theory]
    [InlineData("tanh")]
    [InlineData("linear, more rows than parameters")]
    [InlineData("skip block")]
    [InlineData("convolutional network")]
    [InlineData("one output")]
    public void Its_norm_is_the_largest_singular_value_of_the_difference(string name)
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase made = NetworkCases.All[name];
        ImmutableArray<Tensor> weights = [.. made.Weights().Select(weight => weight.detach())];
        ImmutableArray<Tensor> others = [.. weights.Select(weight => weight + (0.3 * (7 * weight).cos()))];
        Tensor inputs = made.Inputs();
        Tensor difference = RowOracle.Jacobian(made.Layout, inputs, weights)
            - RowOracle.Jacobian(made.Layout, inputs, others); // [nK, p]
        double expected = linalg.svdvals(difference).max().item<double>();
        JacobianOperator one = new(new NetworkJacobian(made.Layout, weights, inputs, made.Columns));
        JacobianOperator other = new(new NetworkJacobian(made.Layout, others, inputs, made.Columns));
        Enclosure found = new JacobianDifference(one, other).Norm(3, 1, CancellationToken.None);
        Assert.Equal(expected, found.Value, 1e-9 * expected);
        Assert.InRange(expected, found.Lower - (1e-14 * expected), found.Upper + (1e-14 * expected));
        // A linear model's Jacobian does not change at all: rounding.
        Assert.InRange(found.Upper - found.Lower, 0, 1e-4 * Math.Max(expected, 1e-30));
    }

    [Fact]
    public void A_Jacobian_does_not_differ_from_itself()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase made = NetworkCases.All["tanh"];
        JacobianOperator one = new(new NetworkJacobian(made.Layout, made.Weights(), made.Inputs(), made.Columns));
        Assert.Equal(0, new JacobianDifference(one, one).Norm(3, 1, CancellationToken.None).Value);
    }

    [Fact]
    public void Cancelled_it_ends()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase made = NetworkCases.All["tanh"];
        JacobianOperator one = new(new NetworkJacobian(made.Layout, made.Weights(), made.Inputs(), made.Columns));
        Assert.ThrowsAny<OperationCanceledException>(
            () => new JacobianDifference(one, one).Norm(3, 1, new CancellationToken(canceled: true)));
    }
}
