using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Plans;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Execution;

/// <summary>Networks laid out: names as PyTorch's nn.Sequential has them, counts, and what does not fit.</summary>
public sealed class NetworkLayoutTests
{
    private static readonly PyTorchUniform Start = new();

    [Theory]
    [InlineData(new int[0], "1.weight [3, 64], 1.bias [3]", 195, 384)]
    [InlineData(new[] { 6 }, "1.weight [6, 64], 1.bias [6], 3.weight [3, 6], 3.bias [3]", 411, 810)]
    [InlineData(
        new[] { 6, 5 },
        "1.weight [6, 64], 1.bias [6], 3.weight [5, 6], 3.bias [5], 5.weight [3, 5], 5.bias [3]", 443, 869)]
    public void A_multilayer_perceptron_has_PyTorchs_names(int[] hidden, string parameters, long count, double flops)
    {
        NetworkLayout layout = NetworkLayout.Of(
            new MultilayerPerceptron([.. hidden], new Tanh(), Start), new Shape(1, 8, 8), 3);
        Assert.Equal(parameters, Names(layout));
        Assert.Equal(count, layout.Parameters.Sum(parameter => parameter.Slot.Shape.Count));
        Assert.Equal(flops, layout.ForwardFlops);
    }

    [Fact]
    public void Layers_without_parameters_are_counted_in_the_names()
    {
        NetworkLayout layout = NetworkLayout.Of(
            new LayerSequence(
                [new Relu(), new Flatten(), new Tanh(), new Dense(4, false, Start), new Dense(2, true, Start)]),
            new Shape(2, 3),
            2);
        Assert.Equal("3.weight [4, 6], 4.weight [2, 4], 4.bias [2]", Names(layout));
        Assert.Equal(24 + 8 + 2, layout.Parameters.Sum(parameter => parameter.Slot.Shape.Count));
        Assert.Equal(6 + 0 + 6 + 48 + 16, layout.ForwardFlops);
    }

    [Fact]
    public void A_network_of_no_parameters_is_one()
    {
        NetworkLayout layout = NetworkLayout.Of(new LayerSequence([new Relu()]), new Shape(3), 3);
        Assert.Equal(3.0, layout.ForwardFlops);
        Assert.Empty(layout.Parameters);
    }

    [Fact]
    public void What_does_not_fit_is_a_callers_bug_that_names_the_layer_and_the_shape()
    {
        Dense dense = new(4, true, Start);
        Assert.Contains("layer 0 does not take [1, 8, 8]", Refusal([dense]));
        Assert.Contains("layer 1 does not take [1, 8, 8]", Refusal([new Relu(), dense]));
        Assert.Contains("the network gives [4], not [3]", Refusal([new Flatten(), dense]));
        Assert.Contains("the network gives [1, 8, 8], not [3]", Refusal([new Tanh()]));

        static string Refusal(ImmutableArray<Layer> layers) => Assert.Throws<ArgumentException>(
            () => NetworkLayout.Of(new LayerSequence(layers), new Shape(1, 8, 8), 3)).Message;
    }

    [Fact]
    public void The_forward_pass_gives_each_layer_its_own_weights()
    {
        // f = 10 relu(2 x - 1) + (3, 4), by hand.
        using IDisposable scope = NewDisposeScope();
        NetworkLayout layout = NetworkLayout.Of(new MultilayerPerceptron([1], new Relu(), Start), new Shape(1, 1), 2);
        Tensor outputs = layout.Forward(
            tensor([0.0, 1, 2], [3, 1, 1]),
            [tensor([2.0], [1, 1]), tensor([-1.0]), tensor([10.0, 10], [2, 1]), tensor([3.0, 4])],
            ForwardPass.Evaluation);
        Assert.Equal([3, 2], outputs.shape);
        Assert.Equal([3, 4, 13, 14, 33, 34], outputs.data<double>().ToArray());
    }

    [Fact]
    public void A_perceptron_takes_only_an_elementwise_activation()
    {
        Assert.Empty(Problems(new Relu()));
        Assert.Empty(Problems(new Softplus()));
        Assert.Single(Problems(new Flatten()));
        foreach (Dense dense in (Dense[])[new(2, true, Start), new(2, false, Start), new(3, true, Start)])
        {
            FieldProblem problem = Assert.Single(Problems(dense));
            Assert.Equal("activation", problem.Field);
            Assert.Equal("a layer with parameters or another output shape", problem.Found);
            Assert.Equal("an elementwise layer such as relu or tanh", problem.Expected);
        }

        static ImmutableArray<FieldProblem> Problems(Layer activation) =>
            MultilayerPerceptron.Definition.Check(new MultilayerPerceptron([4], activation, Start));
    }

    private static string Names(NetworkLayout layout) =>
        string.Join(", ", layout.Parameters.Select(parameter => $"{parameter.Name} {parameter.Slot.Shape}"));
}
