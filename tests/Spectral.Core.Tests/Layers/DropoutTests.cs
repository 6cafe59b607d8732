using Spectral.Core.Layers;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Layers;

/// <summary>Dropout draws from the pass' own stream and keeps the mean.</summary>
public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void It_zeroes_a_fraction_and_scales_the_rest(double rate)
    {
        using IDisposable scope = NewDisposeScope();
        float[] output = Apply(rate, 3, 20_000).data<float>().ToArray();
        int zeros = output.Count(value => value == 0);
        double deviation = Math.Sqrt(rate * (1 - rate) * output.Length);
        Assert.InRange(zeros, (rate * output.Length) - (4 * deviation), (rate * output.Length) + (4 * deviation));
        Assert.All(output, value => Assert.True(value == 0 || value == (float)(1 / (1 - rate))));
    }

    [Fact]
    public void The_same_stream_gives_the_same_mask_and_another_another()
    {
        using IDisposable scope = NewDisposeScope();
        Assert.True(Apply(0.5, 3, 500).equal(Apply(0.5, 3, 500)).all().item<bool>());
        Assert.False(Apply(0.5, 3, 500).equal(Apply(0.5, 4, 500)).all().item<bool>());
    }

    [Fact]
    public void Layers_of_one_pass_draw_different_masks()
    {
        using IDisposable scope = NewDisposeScope();
        ForwardPass pass = ForwardPass.Training(new RandomStream(1, "dropout"));
        Tensor first = new Dropout(0.5).Forward(ones(10, 50), [], pass), second = new Dropout(0.5).Forward(ones(10, 50), [], pass);
        Assert.False(first.equal(second).all().item<bool>());
    }

    [Fact]
    public void Evaluation_and_rate_0_do_nothing()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor input = ones(4, 5);
        Assert.Same(input, new Dropout(0.5).Forward(input, [], ForwardPass.Evaluation));
        Assert.Same(input, new Dropout(0).Forward(input, [], ForwardPass.Training(new RandomStream(1, "dropout"))));
    }

    private static Tensor Apply(double rate, ulong step, long count) =>
        new Dropout(rate).Forward(ones(2, count / 2), [], ForwardPass.Training(new RandomStream(1, "dropout", step)));
}
