using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Spectral.Core.Tests.Execution;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Initializations;

/// <summary>
/// Initial weights follow their distributions and are the same for ever. The golden values were computed by an
/// independent program (Python's hashlib and statistics.NormalDist).
/// </summary>
public sealed class InitializationTests
{
    private const int Count = 20_000;

    [Fact]
    public void The_uniform_start_is_golden() =>
        AssertClose(
            [-0.020739840661325754, -0.11396424662398832, -0.05919980696930341, 0.11425106121632858],
            new PyTorchUniform().Draw(new RandomStream(1, "init/1.weight"), 4, fanIn: 64, fanOut: 6));

    [Fact]
    public void The_normal_start_is_golden() =>
        AssertClose(
            [-0.0785512873368305, -0.6391908932817418, -0.23756573784663595, 0.643849678463505],
            new Normal(1.5).Draw(new RandomStream(1, "init/1.weight"), 4, fanIn: 16, fanOut: 6));

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(640)]
    public void The_uniform_start_fills_its_interval_evenly(int fanIn)
    {
        double bound = 1 / Math.Sqrt(fanIn);
        double[] values = new PyTorchUniform().Draw(new RandomStream(2, "tests/init"), Count, fanIn, 5);
        Assert.All(values, value => Assert.InRange(value, -bound, bound));
        Assert.InRange(values.Max(), 0.999 * bound, bound);
        Assert.InRange(values.Min(), -bound, -0.999 * bound);
        // Five standard deviations of the mean, the second and the fourth moment.
        AssertMoments(values, bound / Math.Sqrt(3), fourth: 1.8, slack: (5.0, 2.3, 6.5));
    }

    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(1.0, 25)]
    [InlineData(1.4142135623730951, 25)]
    [InlineData(0.001, 400)]
    public void The_normal_start_has_its_deviation(double gain, int fanIn) =>
        AssertMoments(
            new Normal(gain).Draw(new RandomStream(2, "tests/init"), Count, fanIn, 5),
            gain / Math.Sqrt(fanIn), fourth: 3, slack: (5.0, 3.6, 50));

    [Fact]
    public void A_gain_of_nothing_draws_nothing() =>
        Assert.All(new Normal(0).Draw(new RandomStream(1, "tests/init"), 5, 4, 4), value => Assert.Equal(0, value));

    [Fact]
    public void Every_parameter_is_drawn_from_the_stream_of_its_name_biases_too()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkLayout layout = NetworkLayout.Of(SmallRun.Plan.Network, new Shape(1, 8, 8), 3);
        ImmutableArray<Tensor> weights = InitialWeights.Draw(layout, 1, ScalarType.Float64, CPU);
        Assert.Equal(
            ["[6, 64]", "[6]", "[3, 6]", "[3]"], weights.Select(weight => $"[{string.Join(", ", weight.shape)}]"));
        AssertClose(
            [-0.020739840661325754, -0.11396424662398832, -0.05919980696930341, 0.11425106121632858],
            weights[0].data<double>().ToArray()[..4]);
        AssertClose([0.11764655702561896, 0.04473786148248329], weights[1].data<double>().ToArray()[..2]);
        string[] names = ["1.weight", "1.bias", "3.weight", "3.bias"];
        for (int i = 0; i < names.Length; i++)
        {
            double[] drawn = new PyTorchUniform().Draw(
                new RandomStream(1, "init/" + names[i]), (int)weights[i].numel(), i < 2 ? 64 : 6, 0);
            Assert.Equal(drawn, weights[i].data<double>().ToArray());
        }
    }

    [Fact]
    public void Binary32_weights_are_the_binary64_ones_rounded_and_another_seed_draws_others()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkLayout layout = NetworkLayout.Of(SmallRun.Plan.Network, new Shape(1, 8, 8), 3);
        double[] wide = InitialWeights.Draw(layout, 1, ScalarType.Float64, CPU)[0].data<double>().ToArray();
        float[] single = InitialWeights.Draw(layout, 1, ScalarType.Float32, CPU)[0].data<float>().ToArray();
        Assert.Equal(wide.Select(value => (float)value), single);
        double[] other = InitialWeights.Draw(layout, 2, ScalarType.Float64, CPU)[0].data<double>().ToArray();
        Assert.Empty(wide.Intersect(other));
    }

    private static void AssertMoments(
        double[] values, double deviation, double fourth, (double Mean, double Second, double Fourth) slack)
    {
        double[] scaled = [.. values.Select(value => value / deviation)];
        double root = Math.Sqrt(Count);
        Assert.InRange(scaled.Average(), -slack.Mean / root, slack.Mean / root);
        Assert.InRange(Math.Sqrt(scaled.Average(x => x * x)) - 1, -slack.Second / root, slack.Second / root);
        Assert.InRange(scaled.Average(x => x * x * x * x) - fourth, -slack.Fourth / root, slack.Fourth / root);
    }

    private static void AssertClose(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.InRange(found[i] - expected[i], -1e-15, 1e-15);
    }
}
