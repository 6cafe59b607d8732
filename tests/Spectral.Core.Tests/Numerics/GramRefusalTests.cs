using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>What cannot be computed is refused with a sentence that says what is wrong.</summary>
public sealed class GramRefusalTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weights_that_are_not_finite_are_named(double value)
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = All["relu, two hidden layers"];
        ImmutableArray<Tensor> weights = [.. network.Weights().Select(weight => weight.detach().clone())];
        weights[2][1, 2] = value;
        NotFiniteException refusal = Assert.Throws<NotFiniteException>(
            () => new NetworkJacobian(network.Layout, weights, network.Inputs(), network.Columns));
        Assert.Contains(network.Layout.Parameters[2].Name + " has NaN or infinite", refusal.Message);
    }

    [Fact]
    public void An_input_that_is_not_finite_is_named()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = All["convolution"];
        Tensor inputs = network.Inputs();
        inputs[3, 1, 2, 2] = double.NegativeInfinity;
        NotFiniteException refusal = Assert.Throws<NotFiniteException>(
            () => new NetworkJacobian(network.Layout, network.Weights(), inputs, network.Columns));
        Assert.Contains("input of example 3 has NaN or infinite", refusal.Message);
    }

    [Fact]
    public void A_network_that_overflows_is_refused_where_it_does()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = All["relu, two hidden layers"];
        ImmutableArray<Tensor> weights = [.. network.Weights().Select(weight => weight.detach() * 1e160)];
        NetworkJacobian source = new(network.Layout, weights, network.Inputs(), network.Columns);
        Assert.Contains("not finite for some of the examples 0 to 8", Assert.Throws<NotFiniteException>(
            () => new JacobianOperator(source).Gram(null, Stop)).Message);
    }

    [Fact]
    public void A_matrix_that_overflows_is_refused()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = All["tanh"];
        ImmutableArray<Tensor> weights = [.. network.Weights().Select(weight => weight.detach() * (weight.shape[0] == 3 ? 1e200 : 1))];
        NetworkJacobian source = new(network.Layout, weights, network.Inputs(), network.Columns);
        Assert.Contains("example 0, output 0 is not a finite number", Assert.Throws<NotFiniteException>(
            () => new JacobianOperator(source).Gram(null, Stop)).Message);
    }

    [Fact]
    public void Nothing_to_differentiate_is_refused()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = All["tanh"];
        Assert.Throws<ArgumentException>(() => new NetworkJacobian(
            network.Layout, network.Weights(), network.Inputs().narrow(0, 0, 0), network.Columns));
        Assert.Throws<ArgumentException>(() => Source(network, []));
        Assert.Throws<ArgumentException>(() => new NetworkJacobian(
            network.Layout, network.Weights(), network.Inputs().to(ScalarType.Float32), network.Columns));
        Assert.Throws<ArgumentException>(() => Operator(network).Gram(new GramOptions { Layers = [] }, Stop));
    }

    [Fact]
    public void A_layer_whose_parameters_are_not_on_the_tape_is_named()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkCase network = new(
            new LayerSequence([new Dense(3, true, new Normal(1)), new Unrecorded(), new Dense(2, true, new Normal(1))]),
            new Shape(4), 5, 2);
        Assert.Contains("a parameter before or at 2.weight has no factor block", Assert.Throws<InvalidOperationException>(
            () => Source(network)).Message);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = Operator(All["tanh"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => jacobian.Gram(new GramOptions { Threads = 0 }, Stop));
        Assert.Throws<ArgumentOutOfRangeException>(() => jacobian.Gram(new GramOptions { TileExamples = 0 }, Stop));
        Assert.Throws<ArgumentOutOfRangeException>(() => jacobian.Gram(new GramOptions { FactorBytes = 0 }, Stop));
    }

    [Fact]
    public void A_matrix_that_no_memory_holds_is_refused_before_anything_is_computed()
    {
        using IDisposable scope = NewDisposeScope();
        Assert.Throws<InsufficientMemoryException>(() => new JacobianOperator(new HugeSource()).Gram(null, Stop));
        Assert.InRange(new JacobianOperator(new HugeSource()).PlanGram().MatrixBytes, 4.0 * 3e6 * 3e6, 4.01 * 3e6 * 3e6);
    }

    [Fact]
    public void A_disposed_matrix_is_not_read()
    {
        using IDisposable scope = NewDisposeScope();
        GramMatrix gram = Operator(All["tanh"]).Gram(null, Stop);
        gram.Dispose();
        gram.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gram[0, 0]);
    }

    /// <summary>A source whose matrix would take 72 TB.</summary>
    private sealed class HugeSource : JacobianSource
    {
        public override long Examples => 3_000_000;

        public override int Outputs => 1;

        public override ImmutableArray<string> Layers => ["0"];

        public override ImmutableArray<FactorBlock> Shapes { get; } =
            [new DenseFactorBlock(ones(1, 2, dtype: ScalarType.Float64), ones(1, 1, 3, dtype: ScalarType.Float64), true)];

        public override ImmutableArray<FactorBlock> Factors(long first, long count, IReadOnlyList<int> layers) =>
            throw new InvalidOperationException("nothing was to be computed");
    }

    /// <summary>A layer with a parameter that forgets the tape.</summary>
    private sealed record Unrecorded : Layer
    {
        public override ShapeMatch OutputShape(Shape input) => ShapeMatch.To(input);

        public override double ForwardFlops(Shape input) => input.Count;

        public override ImmutableArray<ParameterSlot> Parameters(Shape input) =>
            [new ParameterSlot("scale", input, new Normal(1), 1, 1)];

        public override Tensor Forward(Tensor input, ImmutableArray<Tensor> parameters, ForwardPass pass) =>
            input * parameters[0];
    }
}
