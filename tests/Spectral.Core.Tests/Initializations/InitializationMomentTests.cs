using Spectral.Core.Initializations;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Xunit;

namespace Spectral.Core.Tests.Initializations;

/// <summary>Initial values have the moments and bounds that their names promise.</summary>
public sealed class InitializationMomentTests
{
    private const int Count = 40_000, FanIn = 72, FanOut = 144;

    /// <summary>Name, start, variance, and the bound of a uniform one (0 for a normal one).</summary>
    public static TheoryData<string, Initialization, double, double> Starts { get; } = new()
    {
        { "pytorch", new PyTorchUniform(), 1 / 3.0 / FanIn, Math.Sqrt(1.0 / FanIn) },
        { "he_normal", new HeNormal(1), 2.0 / FanIn, 0 },
        { "he_normal, gain", new HeNormal(0.5), 0.5 / FanIn, 0 },
        { "he_uniform", new HeUniform(1), 2.0 / FanIn, Math.Sqrt(6.0 / FanIn) },
        { "xavier_normal", new XavierNormal(1), 2.0 / (FanIn + FanOut), 0 },
        { "xavier_uniform", new XavierUniform(1), 2.0 / (FanIn + FanOut), Math.Sqrt(6.0 / (FanIn + FanOut)) },
        { "xavier_uniform, gain", new XavierUniform(2), 8.0 / (FanIn + FanOut), 2 * Math.Sqrt(6.0 / (FanIn + FanOut)) },
        { "lecun_normal", new LecunNormal(1), 1.0 / FanIn, 0 },
        { "normal", new Normal(2), 4.0 / FanIn, 0 },
        { "unscaled_normal", new UnscaledNormal(3), 9, 0 },
        { "signs", new Signs(2), 4.0 / (FanIn * FanOut), 2 / Math.Sqrt(FanIn * FanOut) },
        { "scaled", new Scaled(0.1, new HeNormal(1)), 0.02 / FanIn, 0 },
    };

    [Theory]
    [MemberData(nameof(Starts))]
    public void Mean_variance_and_bound_are_as_named(string name, Initialization start, double variance, double bound)
    {
        double[] values = start.Draw(new RandomStream(4, name), Count, FanIn, FanOut);
        Assert.Equal(Count, values.Length);
        Assert.InRange(values.Average(), -5 * Math.Sqrt(variance / Count), 5 * Math.Sqrt(variance / Count));
        Assert.InRange(values.Average(value => value * value) / variance, 1 - (5 * Math.Sqrt(2.0 / Count)), 1 + (5 * Math.Sqrt(2.0 / Count)));
        if (bound == 0)
            return;
        double largest = values.Max(Math.Abs);
        Assert.InRange(largest, 0.999 * bound, bound * (1 + 1e-15));
    }

    [Fact]
    public void Constants_draw_nothing()
    {
        RandomStream stream = new(4, "constants");
        Assert.Equal([0.0, 0, 0], new Zeros().Draw(stream, 3, 1, 1));
        Assert.Equal([1.0, 1, 1], new Ones().Draw(stream, 3, 1, 1));
        Assert.Equal(new RandomStream(4, "constants").NextUInt64(), stream.NextUInt64());
    }

    [Fact]
    public void Biases_start_at_0_except_after_pytorch_and_the_plain_normals()
    {
        Initialization[] zero =
        [
            new HeNormal(1), new HeUniform(1), new XavierNormal(1), new XavierUniform(1), new LecunNormal(1), new Signs(1),
            new Ones(), new Zeros(),
        ];
        Assert.All(zero, start => Assert.IsType<Zeros>(start.OfBiases()));
        Initialization[] same = [new PyTorchUniform(), new Normal(1), new UnscaledNormal(1)];
        Assert.All(same, start => Assert.Same(start, start.OfBiases()));
        Assert.Equal(new Scaled(0.1, new Zeros()), new Scaled(0.1, new HeNormal(1)).OfBiases());
    }
}
