using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using ScalarType = TorchSharp.torch.ScalarType;

namespace Spectral.Core.Tests.Networks;

/// <summary>What networks are made of: counts, names, roles, and the settings that they refuse.</summary>
public sealed class NetworkTests
{
    [Theory]
    [InlineData(20, "none", 3, 3, 267_891)] // the paper's
    [InlineData(20, "batch", 3, 10, 269_722)] // He et al. 2015, table 6: 0.27M
    [InlineData(20, "none", 1, 3, 267_603)]
    [InlineData(20, "group", 3, 10, 269_722)]
    [InlineData(32, "batch", 3, 10, 464_154)]
    [InlineData(56, "batch", 3, 10, 853_018)]
    public void A_resnet_has_the_known_number_of_parameters(int depth, string normalization, int channels, int outputs, long expected)
    {
        NetworkLayout layout = NetworkLayout.Of(Residual(depth, normalization), new Shape(channels, 32, 32), outputs);
        Assert.Equal(expected, layout.Parameters
            .Where(parameter => parameter.Slot.Role == ParameterRole.Weight)
            .Sum(parameter => parameter.Slot.Shape.Count));
    }

    [Fact]
    public void A_resnet_has_the_names_of_PyTorch_code()
    {
        NetworkLayout layout = NetworkLayout.Of(Residual(8, "batch"), new Shape(3, 8, 8), 4);
        string[] names = [.. layout.Parameters.Select(parameter => parameter.Name)];
        Assert.Equal(
            ["conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "layer1.0.conv1.weight"], names[..6]);
        Assert.Equal(["layer3.0.bn2.running_var", "linear.weight", "linear.bias"], names[^3..]);
        Assert.Equal(5 + (3 * 10) + 2, names.Length);
    }

    [Fact]
    public void A_resnet_scales_its_first_outputs()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor input = ones([2, 3, 8, 8], ScalarType.Float64);
        Tensor whole = Apply(Residual(8, "none"), input), small = Apply(Residual(8, "none") with { OutputScale = 0.01 }, input);
        Assert.True((whole * 0.01 - small).abs().max().item<double>() <= 1e-14 * whole.abs().max().item<double>());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    [InlineData("group")]
    public void Signals_neither_vanish_nor_explode_in_a_deep_resnet(string normalization)
    {
        using IDisposable scope = NewDisposeScope();
        using IDisposable graphless = no_grad();
        ParityCase network = new(Residual(56, normalization), new Shape(3, 16, 16), 4, 3);
        double size = network.Layout.Forward(
            network.Inputs(ScalarType.Float64), network.Weights(ScalarType.Float64), ForwardPass.Evaluation).abs().max().item<double>();
        Assert.InRange(size, 1e-2, 1e2);
    }

    [Fact]
    public void One_hidden_layer_is_the_papers_formula()
    {
        using IDisposable scope = NewDisposeScope();
        OneHiddenLayer network = new(50, new Softplus(), 3, "first", new UnscaledNormal(1));
        NetworkLayout layout = NetworkLayout.Of(network, new Shape(6), 4);
        ImmutableArray<Tensor> weights = InitialWeights.Draw(layout, 1, ScalarType.Float64, CPU);
        Assert.Equal(["hidden.weight", "output.weight"], layout.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([50, 6], weights[0].shape);
        Assert.Equal([4, 50], weights[1].shape);
        double size = 3 / Math.Sqrt(50 * 4);
        Assert.All(weights[1].data<double>().ToArray(), value => Assert.Equal(size, Math.Abs(value), 15));
        Assert.InRange(weights[1].sign().mean().item<double>(), -0.25, 0.25);

        Tensor input = linspace(-1, 1, 18, ScalarType.Float64).view(3, 6);
        Tensor expected = (1 + input.matmul(weights[0].t()).exp()).log().matmul(weights[1].t()); // V phi(W x)
        Tensor found = layout.Forward(input, weights, ForwardPass.Evaluation);
        Assert.True((expected - found).abs().max().item<double>() < 1e-14);
    }

    [Theory]
    [InlineData("first", new[] { true, false })]
    [InlineData("both", new[] { true, true })]
    public void One_hidden_layer_trains_what_it_is_told(string train, bool[] expected)
    {
        NetworkLayout layout = NetworkLayout.Of(
            new OneHiddenLayer(5, new Tanh(), 1, train, new UnscaledNormal(1)), new Shape(6), 2);
        Assert.Equal(expected, layout.Trained(ParameterSelection.All));
        Assert.Equal([true, true], layout.Trained(new ParameterSelection(["*.weight"])));
    }

    [Fact]
    public void A_conv_net_has_a_bias_only_without_normalisation()
    {
        ConvNet network = new([4, 8], 2, "max", [10], "none", 2, new Relu(), new PyTorchUniform());
        Assert.Equal(
            ["0", "2", "5", "7"],
            Names(network).Where(name => name.StartsWith("features", StringComparison.Ordinal))
                .Select(name => name.Split('.')[1]).Distinct());
        Assert.Equal(["classifier.0.weight", "classifier.0.bias", "classifier.2.weight", "classifier.2.bias"], Names(network)[^4..]);
        Assert.Contains("features.0.bias", Names(network));
        string[] normalized = Names(network with { Normalization = "batch" });
        Assert.DoesNotContain("features.0.bias", normalized);
        Assert.Contains("features.1.running_mean", normalized);
    }

    [Fact]
    public void A_skip_block_prefixes_the_names_of_its_body()
    {
        SkipBlock inner = new([new NamedLayer("body.0", new Dense(4, false, new Zeros()))]);
        LayerSequence network = new(
            [new SkipBlock([new NamedLayer("body.0", new Dense(4, true, new Zeros())), new NamedLayer("body.1", inner)])]);
        NetworkLayout layout = NetworkLayout.Of(network, new Shape(4), 4);
        Assert.Equal(
            ["0.body.0.weight", "0.body.0.bias", "0.body.1.body.0.weight"], layout.Parameters.Select(parameter => parameter.Name));
        Assert.Equal((2 * 2 * 16) + 4 + 4, layout.ForwardFlops);
    }

    [Fact]
    public void Settings_that_do_not_go_together_are_told()
    {
        FieldProblem depth = Assert.Single(ResNet.Definition.Check(Residual(10, "none")));
        Assert.Equal(("depth", "10", "6m + 2: 8 or 14"), (depth.Field, depth.Found, depth.Expected));
        Assert.Empty(ResNet.Definition.Check(Residual(14, "none")));
        FieldProblem groups = Assert.Single(ResNet.Definition.Check(Residual(8, "group") with { Groups = 5 }));
        Assert.Equal(("groups", "5 groups for a width of 16"), (groups.Field, groups.Found));
        Assert.Equal("activation", Assert.Single(
            OneHiddenLayer.Definition.Check(new OneHiddenLayer(3, new Flatten(), 1, "first", new Zeros()))).Field);
        ConvNet widths = new([4, 6], 1, "none", [], "group", 4, new Relu(), new Zeros());
        Assert.Equal("groups", Assert.Single(ConvNet.Definition.Check(widths)).Field);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("batch")]
    [InlineData("group")]
    public void A_forward_pass_leaves_its_output_and_no_other_tensor(string normalization)
    {
        using IDisposable scope = NewDisposeScope();
        NetworkLayout layout = NetworkLayout.Of(Residual(8, normalization), new Shape(3, 8, 8), 3);
        ImmutableArray<Tensor> weights = InitialWeights.Draw(layout, 1, ScalarType.Float32, CPU);
        Tensor input = ones(4, 3, 8, 8), expected = input.clone();
        foreach (ForwardPass pass in new[] { ForwardPass.Evaluation, ForwardPass.Training(new RandomStream(1, "unused")) })
        {
            long before = Live();
            Tensor output = layout.Forward(input, weights, pass);
            Assert.Equal(1, Live() - before);
            Assert.Equal([4, 3], output.shape);
        }

        Assert.True(input.equal(expected).all().item<bool>());

        static long Live() => DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
    }

    private static ResNet Residual(int depth, string normalization) =>
        new(depth, 16, normalization, 8, new Relu(), new PyTorchUniform(), 1);

    private static string[] Names(Network network) =>
        [.. NetworkLayout.Of(network, new Shape(3, 8, 8), 3).Parameters.Select(parameter => parameter.Name)];

    private static Tensor Apply(Network network, Tensor input)
    {
        NetworkLayout layout = NetworkLayout.Of(network, new Shape(3, 8, 8), 3);
        return layout.Forward(input, InitialWeights.Draw(layout, 1, ScalarType.Float64, CPU), ForwardPass.Evaluation);
    }
}
