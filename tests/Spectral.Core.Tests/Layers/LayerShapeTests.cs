using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Plans;
using Xunit;
using static TorchSharp.torch;
using ScalarType = TorchSharp.torch.ScalarType;

namespace Spectral.Core.Tests.Layers;

/// <summary>Shape rules say what libtorch does, and what would have fitted.</summary>
public sealed class LayerShapeTests
{
    private static readonly ImmutableArray<Layer> Known =
    [
        new Dense(3, true, new Zeros()),
        Conv(1, 1, 0, 1, 1), Conv(3, 1, 1, 1, 1), Conv(3, 2, 1, 1, 1), Conv(2, 3, 0, 1, 1), Conv(3, 1, 2, 2, 1),
        Conv(3, 2, 3, 2, 2), Conv(5, 1, 0, 1, 1), Conv(3, 1, 0, 3, 4),
        new BatchNorm(0.1, 1e-5), new GroupNorm(2, 1e-5), new GroupNorm(4, 1e-5), new LayerNorm(1e-5),
        new MaxPool(2, 0, 0), new MaxPool(3, 2, 1), new MaxPool(4, 1, 2), new MaxPool(3, 5, 0),
        new AveragePool(2, 0, 0), new AveragePool(3, 2, 1), new AveragePool(3, 1, 0),
        new GlobalAveragePool(), new Flatten(), new Dropout(0.3),
        new Relu(), new LeakyRelu(0.1), new Gelu(), new Silu(), new Softplus(), new Tanh(), new Sigmoid(),
        new SkipBlock([new NamedLayer("body.0", new Tanh())]),
        new SubsampledShortcut(9, 2),
    ];

    private static readonly ImmutableArray<Shape> Shapes =
    [
        new(1), new(4), new(5), new(4, 1, 1), new(4, 2, 2), new(4, 5, 3), new(4, 7, 7), new(3, 8, 6), new(8, 4, 9), new(4, 6), new(),
    ];

    [Fact]
    public void The_output_shape_is_that_of_libtorch()
    {
        int compared = 0;
        foreach (Layer layer in Known)
        {
            foreach (Shape shape in Shapes)
            {
                using IDisposable scope = NewDisposeScope();
                ShapeMatch match = layer.OutputShape(shape);
                Assert.True(match.Output is null ^ match.Expected is null);
                if (match.Output is null)
                    continue;
                ImmutableArray<Tensor> parameters =
                    [.. layer.Parameters(shape).Select(slot => ones(slot.Shape.ToLongs(), ScalarType.Float64))];
                Tensor output = layer.Forward(
                    zeros([2, .. shape.ToLongs()], ScalarType.Float64), parameters, ForwardPass.Evaluation);
                Assert.Equal([2, .. match.Output.ToLongs()], output.shape);
                Assert.True(layer.ForwardFlops(shape) >= 0);
                compared++;
            }
        }

        Assert.True(compared > 150, $"only {compared} pairs fitted");
    }

    [Theory]
    [InlineData("[5]", "an image [channels, height, width]")]
    [InlineData("[3, 8, 8]", "an image whose channels 2 groups divide evenly")]
    [InlineData("[4, 1, 9]", "an image of at least 3 by 3, so that its window fits")]
    public void A_convolution_says_what_would_fit(string shape, string expected) =>
        Assert.Equal(expected, Conv(3, 1, 0, 1, 2).OutputShape(Parse(shape)).Expected);

    [Fact]
    public void Other_layers_say_what_would_fit()
    {
        Assert.Equal("a feature vector [features]; a flatten layer makes one", Expected(new Dense(2, true, new Zeros()), 3, 4, 4));
        Assert.Equal("a feature vector [features] or an image [channels, height, width]", Expected(new BatchNorm(0.1, 1e-5), 3, 4));
        Assert.Equal("channels that 2 groups divide evenly", Expected(new GroupNorm(2, 1e-5), 3, 4, 4));
        Assert.Equal("more than one value in a group, which else is always 0", Expected(new GroupNorm(4, 1e-5), 4));
        Assert.Equal("more than one value, which else is always 0", Expected(new LayerNorm(1e-5), 1));
        Assert.Equal("an image of at least 3 by 3, so that its window fits", Expected(new MaxPool(3, 0, 0), 3, 2, 4));
        Assert.Equal("an image [channels, height, width]", Expected(new GlobalAveragePool(), 3));
        SkipBlock narrowing = new([new NamedLayer("body.0", new Flatten()), new NamedLayer("body.1", Conv(3, 1, 0, 1, 1))]);
        Assert.Equal("an image [channels, height, width] at its body.1, which gets [12]", Expected(narrowing, 3, 2, 2));
        SkipBlock wider = new([new NamedLayer("body.0", new Dense(5, true, new Zeros()))]);
        Assert.Equal("an input to which it can add its body's output [5]", Expected(wider, 4));
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_told()
    {
        Assert.Equal("groups", Assert.Single(Conv2d.Definition.Check(Conv(3, 1, 0, 1, 3))).Field);
        Assert.Empty(Conv2d.Definition.Check(Conv(3, 1, 0, 1, 4)));
        FieldProblem padding = Assert.Single(MaxPool.Definition.Check(new MaxPool(2, 0, 2)));
        Assert.Equal(("padding", "at most half of the window"), (padding.Field, padding.Expected));
        Assert.Empty(AveragePool.Definition.Check(new AveragePool(2, 0, 1)));
    }

    [Fact]
    public void The_largest_settings_have_shapes_and_fans_without_overflow()
    {
        Conv2d conv = new(1 << 20, 1024, 1, 1024, int.MaxValue, 1, true, new Zeros());
        Assert.NotNull(conv.OutputShape(new Shape(3, 8, 8)).Expected);
        Conv2d wide = conv with { Dilation = 1 };
        Shape output = wide.OutputShape(new Shape(1 << 20, 8, 8)).Output!;
        Assert.Equal(new Shape(1 << 20, 1033, 1033), output);
        Assert.All(wide.Parameters(new Shape(1 << 20, 8, 8)), slot => Assert.Equal(int.MaxValue, slot.FanIn));
        Assert.True(double.IsFinite(wide.ForwardFlops(new Shape(1 << 20, 8, 8))));
        Assert.Equal("fewer than 2^31 elements", new Flatten().OutputShape(output).Expected);
    }

    [Fact]
    public void Flops_of_a_convolution_count_its_multiplications_and_additions()
    {
        // 16 outputs at 4 x 4 places, each from 8 / 2 channels of 3 x 3 taps.
        Conv2d conv = new(16, 3, 2, 1, 1, 2, true, new Zeros());
        Assert.Equal(2.0 * 16 * 16 * 4 * 9, conv.ForwardFlops(new Shape(8, 8, 8)));
    }

    private static Conv2d Conv(int kernelSize, int stride, int padding, int dilation, int groups) =>
        new(8, kernelSize, stride, padding, dilation, groups, true, new Zeros());

    private static string? Expected(Layer layer, params int[] shape) => layer.OutputShape(new Shape([.. shape])).Expected;

    private static Shape Parse(string text) => new([.. text.Trim('[', ']').Split(", ").Select(int.Parse)]);
}
