using Spectral.Core.Numerics;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The plan says what will be done and what it costs, by the formulas of the cost model.</summary>
public sealed class GramPlanTests
{
    [Fact]
    public void A_dense_network_costs_inputs_once_a_pair_of_examples()
    {
        using IDisposable scope = NewDisposeScope();
        GramPlan plan = Operator(All["several chunks"]).PlanGram(); // 7-9-8-3, n = 203, K = 3
        Assert.Equal(609, plan.Rows);
        Assert.Equal((7 * 9) + 9 + (9 * 8) + 8 + (8 * 3) + 3, plan.Columns);
        Assert.All(plan.Layers, layer => Assert.Equal("hadamard", layer.Method));
        double pairs = 609.0 * 609, inputs = (7 + 9 + 8) / 9.0;
        Assert.Equal(pairs * (inputs + 9 + 8 + 3), plan.Flops, 1e-3);
        Assert.Equal(8.0 * ((512 * 520) + (97 * 624)), plan.MatrixBytes);
        Assert.Equal(609.0 * 610 * plan.Columns, plan.ExplicitFlops);
        Assert.Equal(8.0 * 203 * (7 + (3 * 9)), plan.Layers[0].Bytes);
        Assert.Equal(1, plan.Passes);
        Assert.Contains("fit", plan.Reason);
    }

    [Theory]
    [InlineData("convolution", "direct")] // 30 places of 18 inputs
    [InlineData("wide windows, few places", "patch")] // 4 places of 48 inputs
    [InlineData("a window with one place", "hadamard")]
    public void A_convolution_is_computed_by_what_is_cheapest(string name, string method)
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = Operator(All[name]);
        GramLayerPlan cheapest = jacobian.PlanGram().Layers[0];
        Assert.Equal(method, cheapest.Method);
        Assert.NotEmpty(cheapest.Reason);
        double[] others =
        [
            .. new[] { ConvGramMethod.Direct, ConvGramMethod.Patch, ConvGramMethod.Mixed }
                .Select(way => jacobian.PlanGram(new GramOptions { Convolutions = way }).Layers[0].Flops),
        ];
        Assert.InRange(cheapest.Flops, 0, others.Min() * (1 + 1e-12));
    }

    [Fact]
    public void Methods_for_convolutions_cost_what_the_model_says()
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = Operator(All["wide windows, few places"]); // n = 70, K = 4, C = 8, F = 48, S = 4
        double pairs = 280.0 * 280, n = 70, k = 4, c = 8, f = 48, s = 4;
        Assert.Equal((pairs * c * (f + 1)) + (2 * n * k * s * c * (f + 1)), Flops(ConvGramMethod.Direct), 1e-3);
        Assert.Equal(pairs * ((s * c) + (s * s * c / k) + (s * s * f / k / k)), Flops(ConvGramMethod.Patch), 1e-3);
        Assert.Equal(
            (pairs * ((s * c) + (c * f * s / k) + c)) + (2 * n * k * s * c * f) + (n * k * s * c), Flops(ConvGramMethod.Mixed), 1e-3);

        double Flops(ConvGramMethod method) => jacobian.PlanGram(new GramOptions { Convolutions = method }).Layers[0].Flops;
    }

    [Fact]
    public void Little_memory_for_factors_makes_more_passes_and_a_lower_peak()
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = Operator(All["convolutions, several chunks"]);
        GramPlan one = jacobian.PlanGram(), several = jacobian.PlanGram(new GramOptions { FactorBytes = 1 });
        Assert.Equal((1, one.Layers.Length), (one.Passes, several.Passes));
        Assert.True(several.PeakBytes < one.PeakBytes);
        Assert.Equal(one.Flops, several.Flops);
        Assert.Contains("do not fit", several.Reason);
    }

    [Fact]
    public void Layers_go_by_their_names()
    {
        using IDisposable scope = NewDisposeScope();
        GramPlan plan = Operator(All["resnet of depth 8, batch"]).PlanGram();
        Assert.Contains("layer1.0.conv1", plan.Layers.Select(layer => layer.Layer));
        Assert.Equal(All["resnet of depth 8, batch"].ParameterCount, plan.Layers.Sum(layer => layer.Columns));
    }
}
