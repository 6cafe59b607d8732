using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Parameters that a network uses twice: the uses' columns are summed before any product.</summary>
public sealed class TiedParametersTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_tied_network_has_the_oracles_Jacobian(bool convolutional)
    {
        using IDisposable scope = NewDisposeScope();
        TiedSource source = new(37, convolutional);
        JacobianOperator jacobian = new(source);
        Tensor oracle = source.Oracle(), gram = oracle.mm(oracle.t());
        Assert.Equal(oracle.shape[1], jacobian.Columns);
        Assert.InRange(Distance(jacobian.RowsOf(0, jacobian.Rows), oracle), 0, 1e-12);

        Tensor v = JacobianOperatorTests.Draws(jacobian.Columns, 2, "v"), u = JacobianOperatorTests.Draws(jacobian.Rows, 2, "u");
        Assert.InRange(Distance(jacobian.Times(v, Stop), oracle.mm(v)), 0, 1e-12);
        Assert.InRange(Distance(jacobian.TransposeTimes(u, Stop), oracle.t().mm(u)), 0, 1e-12);
        using GramMatrix found = jacobian.Gram(null, Stop);
        Assert.InRange(Distance(found.ToTensor(), gram), 0, 1e-12);
        Assert.InRange(jacobian.Discrepancy(found, 1), 0, 1e-12);
    }

    [Fact]
    public void Adding_the_uses_matrices_separately_would_be_wrong()
    {
        using IDisposable scope = NewDisposeScope();
        TiedSource source = new(5, convolutional: false);
        Tensor oracle = source.Oracle();
        TiedFactorBlock tied = Assert.IsType<TiedFactorBlock>(source.Factors(0, 5, [0])[0]);
        Tensor separately = tied.Uses
            .Select(use => use.Explicit())
            .Aggregate(zeros(15, 15, dtype: ScalarType.Float64), (sum, rows) => sum + rows.mm(rows.t()));
        Tensor together = tied.Explicit();
        long columns = tied.Columns;
        Assert.InRange(Distance(together, oracle.narrow(1, 0, columns)), 0, 1e-12);
        Assert.InRange(Distance(separately, together.mm(together.t())), 1e-2, double.PositiveInfinity);
    }

    [Fact]
    public void A_part_of_tied_parameters_is_the_sum_of_the_uses_parts()
    {
        using IDisposable scope = NewDisposeScope();
        TiedSource source = new(5, convolutional: false);
        FactorBlock tied = source.Factors(0, 5, [0])[0];
        Tensor whole = tied.Explicit();
        ColumnRange bias = new(16, 4), some = new(3, 9);
        Assert.InRange(Distance(tied.Select([bias]).Explicit(), whole.narrow(1, 16, 4)), 0, 1e-14);
        Assert.InRange(Distance(tied.Select([some]).Explicit(), whole.narrow(1, 3, 9)), 0, 1e-14);
        Assert.Throws<ArgumentOutOfRangeException>(() => tied.Select([new ColumnRange(16, 5)]));
    }

    [Fact]
    public void Uses_of_other_numbers_of_columns_do_not_share_parameters()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor input = ones(2, 3), narrow = ones(2, 1, 4), wide = ones(2, 1, 5);
        Assert.Throws<ArgumentException>(() => TiedFactorBlock.Of(
            [new DenseFactorBlock(input, narrow, true), new DenseFactorBlock(input, wide, true)]));
    }

    [Fact]
    public void A_use_without_a_factor_block_is_refused()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor weight = ones(2, 3).requires_grad_(true);
        Tensor outputs = ones(4, 3).mm(weight.t());
        Tape tape = new();
        tape.Record(outputs, _ => null!);
        Assert.Contains("no factor block", Assert.Throws<InvalidOperationException>(() => TapedFactors.Of(outputs, tape)).Message);
    }

    /// <summary>
    /// tanh(W tanh(W x + b) + b) with the same W and b twice, as vectors or as images, and a dense head: made through
    /// the tape, as no network of the Catalog ties anything.
    /// </summary>
    private sealed class TiedSource : JacobianSource
    {
        private readonly bool _convolutional;
        private readonly Tensor _inputs;
        private readonly Tensor[] _weights;

        public TiedSource(long examples, bool convolutional)
        {
            _convolutional = convolutional;
            Examples = examples;
            long[] input = convolutional ? [examples, 4, 5, 5] : [examples, 4];
            _inputs = Drawn("inputs", input);
            _weights =
            [
                Drawn("weight", convolutional ? [4, 4, 3, 3] : [4, 4]), Drawn("bias", 4),
                Drawn("head", 3, convolutional ? 100 : 4), Drawn("offset", 3),
            ];
            Shapes = Factors(0, 1, [0, 1]);
        }

        public override long Examples { get; }

        public override int Outputs => 3;

        public override ImmutableArray<string> Layers => ["tied", "head"];

        public override ImmutableArray<FactorBlock> Shapes { get; }

        public override ImmutableArray<FactorBlock> Factors(long first, long count, IReadOnlyList<int> layers)
        {
            Tape tape = new();
            Tensor outputs = Forward(_inputs.narrow(0, first, count), _weights, tape);
            return TapedFactors.Of(outputs, tape, layers);
        }

        /// <summary>A row after the other, by autograd with respect to the parameters.</summary>
        public Tensor Oracle()
        {
            List<Tensor> rows = [];
            for (long example = 0; example < Examples; example++)
            {
                Tensor output = Forward(_inputs.narrow(0, example, 1), _weights, new Tape());
                for (int c = 0; c < Outputs; c++)
                {
                    IList<Tensor> gradients = autograd.grad([output[0, c]], _weights, null, retain_graph: true, allow_unused: true);
                    rows.Add(cat([.. gradients.Select(gradient => gradient.flatten())]));
                }
            }

            return stack(rows);
        }

        private Tensor Forward(Tensor input, Tensor[] weights, Tape tape)
        {
            Tensor activation = input;
            for (int use = 0; use < 2; use++)
            {
                Tensor seen = activation;
                Tensor output = _convolutional
                    ? nn.functional.conv2d(seen, weights[0], weights[1], [1, 1], [1, 1])
                    : nn.functional.linear(seen, weights[0], weights[1]);
                tape.Record(
                    output,
                    cotangents => _convolutional
                        ? new ConvFactorBlock(seen.detach(), cotangents, new ConvWindow(3, 1, 1, 1, 1), true)
                        : new DenseFactorBlock(seen.detach(), cotangents, true),
                    shared: weights[0]);
                activation = output.tanh();
            }

            Tensor features = activation.flatten(1);
            Tensor outputs = nn.functional.linear(features, weights[2], weights[3]);
            tape.Record(outputs, cotangents => new DenseFactorBlock(features.detach(), cotangents, true));
            return outputs;
        }

        private static Tensor Drawn(string name, params long[] shape) =>
            JacobianOperatorTests.Draws(shape.Aggregate(1L, (count, extent) => count * extent), 1, name)
                .mul(0.5).view(shape).clone().requires_grad_(name != "inputs");
    }
}
