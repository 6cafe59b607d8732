using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Norms of the difference of two Jacobians against the SVD of their explicit difference.</summary>
public sealed class RowNormsTests
{
    [Theory]
    [InlineData("tanh")]
    [InlineData("linear, more rows than parameters")]
    [InlineData("skip block")]
    [InlineData("convolutional network")]
    [InlineData("one output")]
    public void They_are_the_largest_singular_value_and_the_root_of_all_squares(string name)
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase made = NetworkCases.All[name];
        ImmutableArray<Tensor> weights = [.. made.Weights().Select(weight => weight.detach())];
        ImmutableArray<Tensor> others = [.. weights.Select(weight => weight + (0.3 * (7 * weight).cos()))];
        Tensor inputs = made.Inputs();
        Tensor difference = RowOracle.Jacobian(made.Layout, inputs, weights)
            - RowOracle.Jacobian(made.Layout, inputs, others); // [nK, p]
        RowNorms found = Of(new RowDifference(Rows(made, weights, inputs), Rows(made, others, inputs)), 0);
        Agree(linalg.svdvals(difference).max().item<double>(), found.Spectral, 1e-9);
        Agree(difference.norm().item<double>(), found.Frobenius, 1e-12);
    }

    [Fact]
    public void A_Jacobian_does_not_differ_from_itself()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase made = NetworkCases.All["tanh"];
        RowTiles one = Rows(made, made.Weights(), made.Inputs());
        double whole = Of(one, 0).Frobenius.Value;
        RowNorms none = Of(new RowDifference(one, one), whole);
        Assert.Equal((0, 0), (none.Spectral.Value, none.Frobenius.Value));
        // What rounding of the two could have made stays possible.
        Assert.InRange(none.Spectral.Upper, 1e-16 * whole, 1e-13 * whole);
    }

    [Fact]
    public void Cancelled_it_ends()
    {
        using IDisposable scope = NewDisposeScope();
        using WorkerTeam team = new(1);
        NetworkCase made = NetworkCases.All["tanh"];
        RowTiles rows = Rows(made, made.Weights(), made.Inputs());
        Assert.ThrowsAny<OperationCanceledException>(
            () => RowNorms.Of(rows, 0, 3, team, new CancellationToken(canceled: true)));
    }

    private static RowNorms Of(RowTiles rows, double around)
    {
        using WorkerTeam team = new(1);
        return RowNorms.Of(rows, around, 3, team, CancellationToken.None);
    }

    private static NetworkRowTiles Rows(NetworkCase made, ImmutableArray<Tensor> weights, Tensor inputs) =>
        new(made.Layout, [.. weights.Select(weight => weight.detach())], inputs, made.Outputs, made.Columns);

    private static void Agree(double expected, Enclosure found, double tolerance)
    {
        Assert.Equal(expected, found.Value, tolerance * expected);
        Assert.InRange(expected, found.Lower - (1e-14 * expected), found.Upper + (1e-14 * expected));
        // A linear model's Jacobian does not change at all: rounding.
        Assert.InRange(found.Upper - found.Lower, 0, 1e-4 * Math.Max(expected, 1e-30));
    }
}
