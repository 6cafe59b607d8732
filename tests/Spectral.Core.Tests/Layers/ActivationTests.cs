using System.Collections.Immutable;
using Spectral.Core.Layers;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Layers;

/// <summary>Each activation's formula in generic numbers against its layer, and its bounds against a grid.</summary>
public sealed class ActivationTests
{
    private static readonly Dictionary<string, Activation> Activations = new()
    {
        ["relu"] = new Relu(),
        ["leaky relu"] = new LeakyRelu(0.2),
        ["identity"] = new LeakyRelu(1),
        ["steep leaky relu"] = new LeakyRelu(3),
        ["sigmoid"] = new Sigmoid(),
        ["tanh"] = new Tanh(),
        ["softplus"] = new Softplus(),
        ["silu"] = new Silu(),
        ["gelu"] = new Gelu(),
    };

    /// <summary>The activations' names.</summary>
    public static TheoryData<string> Names { get; } = [.. Activations.Keys];

    /// <summary>Those with a bounded second derivative.</summary>
    public static TheoryData<string> Smooth { get; } = ["identity", "sigmoid", "tanh", "softplus", "silu", "gelu"];

    [Fact]
    public void No_activation_of_the_Catalog_is_missing_here()
    {
        string[] known = [.. Activations.Values.Select(activation => activation.GetType().Name).Distinct().Order()];
        Assert.Equal(
            Catalog.Components.Family(typeof(Layer)).Members
                .Where(member => member.Component.IsSubclassOf(typeof(Activation)))
                .Select(member => member.Component.Name).Order(),
            known);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_formula_and_its_derivatives_are_those_of_the_tensor_and_of_autograd(string name)
    {
        Activation activation = Activations[name];
        double[] places = [-710, -45, -20.5, -3, -1, -1e-9, 1e-9, 0.5, 2.4, 6, 41, 710];
        using IDisposable scope = NewDisposeScope();
        Tensor x = tensor(places, requires_grad: true);
        Tensor value = activation.Forward(x, [], ForwardPass.Evaluation);
        Tensor first = autograd.grad(
            [value.sum()], [x], null, retain_graph: true, create_graph: true, allow_unused: true)[0];
        Tensor? second = first.requires_grad ? autograd.grad([first.sum()], [x], null, allow_unused: true)[0] : null;
        // Where phi' does not depend on x at all, autograd has no second derivative.
        second = second is null || second.IsInvalid ? zeros_like(x) : second;
        for (int i = 0; i < places.Length; i++)
        {
            double place = places[i], scale = Math.Max(1, Math.Abs(place)), expected = value[i].item<double>();
            Assert.Equal(expected, activation.Phi(new Real(place)).Value, 4e-16 * scale);
            Assert.Equal(expected, activation.Phi(Dual.Variable(place)).Value, 4e-16 * scale);
            Assert.Equal(first[i].item<double>(), activation.Derivative(place), 1e-15);
            Assert.Equal(second[i].item<double>(), Differentiation.Diff2(activation.Phi, place), 2e-15);
        }
    }

    [Theory]
    [MemberData(nameof(Smooth))]
    public void Bounds_hold_on_a_fine_grid_and_are_reached(string name)
    {
        Activation activation = Activations[name];
        double first = 0, second = 0;
        for (int i = -40_000; i <= 40_000; i++)
        {
            Dual at = activation.Phi(Dual.Variable(i / 1000.0));
            (first, second) = (Math.Max(first, Math.Abs(at.First)), Math.Max(second, Math.Abs(at.Second)));
        }

        Assert.InRange(activation.Bounds.First - first, -1e-15, 1e-6);
        Assert.InRange(activation.Bounds.Second - second, -1e-15, 1e-6);
        Assert.Equal(activation.Bounds.AtZero, Math.Abs(activation.Phi(new Real(0)).Value), 1e-16);
        Assert.Equal(
            new[] { activation.Bounds.First, activation.Bounds.Second, activation.Bounds.AtZero }.Max(),
            activation.Bounds.Largest);
    }

    [Fact]
    public void An_activation_with_a_kink_has_no_bound()
    {
        ImmutableArray<Activation> kinked = [new Relu(), new LeakyRelu(0), new LeakyRelu(2)];
        Assert.All(kinked, activation => Assert.Equal(double.PositiveInfinity, activation.Bounds.Largest));
        Assert.Equal([1, 1, 2], kinked.Select(activation => activation.Bounds.First));
    }
}
