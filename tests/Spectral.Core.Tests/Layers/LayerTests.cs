using System.Collections.Immutable;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Layers;

/// <summary>What each layer does to shapes and numbers, by hand.</summary>
public sealed class LayerTests
{
    private static readonly ImmutableArray<(Layer Layer, string Name)> Activations =
        [(new Relu(), "relu"), (new Tanh(), "tanh"), (new Softplus(), "softplus")];

    [Fact]
    public void A_dense_layer_takes_feature_vectors_alone()
    {
        Dense dense = new(5, true, new PyTorchUniform());
        Assert.Equal(ShapeMatch.To(new Shape(5)), dense.OutputShape(new Shape(64)));
        foreach (Shape shape in (Shape[])[new(1, 8, 8), new(8, 8), new()])
        {
            ShapeMatch match = dense.OutputShape(shape);
            Assert.Null(match.Output);
            Assert.Equal("a feature vector [features]; a flatten layer makes one", match.Expected);
        }
    }

    [Fact]
    public void A_flatten_layer_takes_everything_and_an_activation_keeps_it()
    {
        foreach (Shape shape in (Shape[])[new(7), new(2, 3, 4), new()])
        {
            Assert.Equal(ShapeMatch.To(new Shape((int)shape.Count)), new Flatten().OutputShape(shape));
            Assert.All(Activations, pair => Assert.Equal(ShapeMatch.To(shape), pair.Layer.OutputShape(shape)));
        }
    }

    [Fact]
    public void Only_a_dense_layer_has_parameters()
    {
        Normal start = new(2);
        ImmutableArray<ParameterSlot> slots = new Dense(5, true, start).Parameters(new Shape(7));
        Assert.Equal(
            [new("weight", new Shape(5, 7), start, 7, 5), new("bias", new Shape(5), start, 7, 5)], slots);
        Assert.Equal([slots[0]], new Dense(5, false, start).Parameters(new Shape(7)));
        Assert.Empty(new Flatten().Parameters(new Shape(7)));
        Assert.All(Activations, pair => Assert.Empty(pair.Layer.Parameters(new Shape(7))));
    }

    [Fact]
    public void Flops_count_a_multiplication_and_an_addition_as_two()
    {
        Assert.Equal(2 * 64 * 10, new Dense(10, true, new PyTorchUniform()).ForwardFlops(new Shape(64)));
        Assert.Equal(2 * 64 * 10, new Dense(10, false, new PyTorchUniform()).ForwardFlops(new Shape(64)));
        Assert.Equal(2e12, new Dense(1_000_000, false, new PyTorchUniform()).ForwardFlops(new Shape(1_000_000)));
        Assert.Equal(0, new Flatten().ForwardFlops(new Shape(3, 4)));
        Assert.All(Activations, pair => Assert.Equal(12, pair.Layer.ForwardFlops(new Shape(3, 4))));
    }

    [Fact]
    public void A_dense_layer_is_W_a_plus_b()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor input = tensor([1.0, -1, 2, 0.5], [2, 2]), weight = tensor([1.0, 2, 3, 4, 5, 6], [3, 2]);
        Tensor bias = tensor([0.5, 0, -0.5]);
        Tensor with = new Dense(3, true, new PyTorchUniform()).Forward(input, [weight, bias], ForwardPass.Evaluation);
        Assert.Equal([2, 3], with.shape);
        Assert.Equal([-0.5, -1, -1.5, 3.5, 8, 12.5], with.data<double>().ToArray());
        Tensor without = new Dense(3, false, new PyTorchUniform()).Forward(input, [weight], ForwardPass.Evaluation);
        Assert.Equal([-1, -1, -1, 3, 8, 13], without.data<double>().ToArray());
    }

    [Fact]
    public void A_dense_layer_records_each_use_on_the_tape_and_no_other_layer_does()
    {
        using IDisposable scope = NewDisposeScope();
        Tape tape = new();
        ForwardPass pass = ForwardPass.Taped(tape);
        Tensor input = ones(4, 2, dtype: ScalarType.Float64), weight = ones(3, 2, dtype: ScalarType.Float64);
        Tensor output = new Dense(3, false, new PyTorchUniform()).Forward(input, [weight], pass);
        Tensor last = Activations.Aggregate(output, (tensor, pair) => pair.Layer.Forward(tensor, [], pass));
        new Flatten().Forward(last, [], pass);
        TapeEntry entry = Assert.Single(tape.Entries);
        Assert.Same(output, entry.Output);
        FactorBlock block = entry.Block(ones(4, 5, 3, dtype: ScalarType.Float64));
        Assert.Equal(6, block.Columns);
        Assert.Equal([20, 6], block.Explicit().shape);
    }

    [Fact]
    public void A_flatten_layer_reads_every_example_row_by_row()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor input = arange(24, dtype: ScalarType.Float64).reshape(2, 3, 2, 2);
        Tensor output = new Flatten().Forward(input, [], ForwardPass.Evaluation);
        Assert.Equal([2, 12], output.shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (double)i), output.data<double>().ToArray());
        Tensor turned = new Flatten().Forward(input.transpose(2, 3), [], ForwardPass.Evaluation).contiguous();
        Assert.Equal([0, 2, 1, 3, 4, 6, 5, 7], turned.data<double>().ToArray()[..8]);
    }

    [Theory]
    [InlineData("relu", new[] { 0.0, 0, 0, 0.5, 12 })]
    [InlineData(
        "tanh", new[] { -0.9950547536867305, -0.46211715726000975, 0, 0.46211715726000975, 0.9999999999244973 })]
    [InlineData(
        "softplus",
        new[] { 0.04858735157374206, 0.4740769841801067, 0.6931471805599453, 0.9740769841801067, 12.000006144193478 })]
    public void An_activation_has_its_values(string name, double[] expected)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor input = tensor([-3, -0.5, 0, 0.5, 12], [5, 1]);
        double[] found = Of(name).Forward(input, [], ForwardPass.Evaluation).data<double>().ToArray();
        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second - pair.First, -2e-15, 2e-15));
    }

    [Theory]
    [InlineData("relu", new[] { 0.0, 0, 0, 1, 1 })]
    [InlineData(
        "tanh", new[] { 0.009866037165440192, 0.7864477329659274, 1, 0.7864477329659274, 1.5100537646790483e-10 })]
    [InlineData(
        "softplus", new[] { 0.04742587317756678, 0.3775406687981454, 0.5, 0.6224593312018546, 0.9999938558253978 })]
    public void An_activation_has_its_derivatives(string name, double[] expected)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor input = tensor([-3, -0.5, 0, 0.5, 12], [5, 1], requires_grad: true);
        Of(name).Forward(input, [], ForwardPass.Evaluation).sum().backward();
        double[] found = input.grad!.data<double>().ToArray();
        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second - pair.First, -2e-15, 2e-15));
    }

    private static Layer Of(string name) => Activations.Single(pair => pair.Name == name).Layer;
}
