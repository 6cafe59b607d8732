using Spectral.Core.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Losses;

/// <summary>The squared error in its three units, by hand: squared distances of 1, 1, 4, 16, 0 and 0.</summary>
public sealed class SquaredErrorTests
{
    [Theory]
    [InlineData("sum", 1)]
    [InlineData("batch_mean", 3)]
    [InlineData("element_mean", 6)]
    public void Half_the_sum_of_squares_is_divided_by_its_unit(string reduction, double unit)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor outputs = tensor([1.0, 2, 3, 4, 0, 1], [3, 2], requires_grad: true);
        Tensor targets = tensor([0.0, 1, 1, 0, 0, 1], [3, 2]);
        Tensor loss = new SquaredError(reduction).Value(outputs, targets);
        Assert.Empty(loss.shape);
        Assert.Equal(11 / unit, loss.item<double>(), 1e-14);
        loss.backward();
        double[] gradient = outputs.grad!.data<double>().ToArray();
        Assert.Equal([1, 1, 2, 4, 0, 0], gradient.Select(value => Math.Round(value * unit, 12)));
    }

    [Fact]
    public void The_smallest_loss_is_zero()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor targets = eye(3, dtype: ScalarType.Float64);
        Assert.Equal(0, new SquaredError("sum").Value(targets.clone(), targets).item<double>());
    }
}
