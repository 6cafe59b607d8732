using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>The Jacobian from K batched backward passes is the Jacobian.</summary>
public sealed class ExplicitJacobianTests
{
    [Theory]
    [MemberData(nameof(NetworkCases.Names), MemberType = typeof(NetworkCases))]
    public void It_equals_the_row_by_row_oracle(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Form(network), oracle = RowOracle.Jacobian(network.Layout, network.Inputs(), network.Weights());
        Assert.Equal(oracle.shape, jacobian.shape);
        Assert.Equal([network.Examples * network.Outputs, network.ParameterCount], jacobian.shape);
        double distance = (jacobian - oracle).abs().max().item<double>(), size = oracle.abs().max().item<double>();
        Assert.True(distance <= 1e-14 * size, $"{distance:E2} apart at a size of {size:E2}");
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("softplus on images")]
    [InlineData("activation first and last")]
    [InlineData("convolution, all at once")]
    [InlineData("batch normalisation of images")]
    [InlineData("group normalisation of images")]
    [InlineData("layer normalisation of features")]
    [InlineData("skip block")]
    public void The_oracle_equals_central_differences(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor oracle = RowOracle.Jacobian(network.Layout, network.Inputs(), network.Weights());
        Tensor differences = RowOracle.ByDifferences(network.Layout, network.Inputs(), network.Weights(), 1e-5);
        Assert.True((oracle - differences).abs().max().item<double>() < 1e-8 * (1 + oracle.abs().max().item<double>()));
    }

    [Theory]
    [MemberData(nameof(NetworkCases.Names), MemberType = typeof(NetworkCases))]
    public void Chosen_columns_are_those_of_the_whole(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor whole = Form(network);
        foreach (ColumnRange range in network.Columns)
        {
            Tape tape = new();
            Tensor outputs = network.Layout.Forward(network.Inputs(), network.Weights(), ForwardPass.Taped(tape));
            Tensor part = ExplicitJacobian.Form(outputs, tape, [range]);
            Assert.True(part.equal(whole.narrow(1, range.First, range.Count)).all().item<bool>());
        }
    }

    [Fact]
    public void Rows_are_sample_major_and_columns_in_the_order_of_the_parameters()
    {
        NetworkCase network = NetworkCases.All["linear, more rows than parameters"];
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Form(network), inputs = network.Inputs();
        // f_c = w_c x + b_c: the row (i, c) holds x_i in the columns of w_c and 1 in that of b_c, and nothing else.
        for (int i = 0; i < network.Examples; i++)
        {
            for (int c = 0; c < network.Outputs; c++)
            {
                double[] row = jacobian[(i * network.Outputs) + c].data<double>().ToArray();
                double[] expected = new double[8];
                inputs[i].data<double>().ToArray().CopyTo(expected, 3 * c);
                expected[6 + c] = 1;
                Assert.Equal(expected, row);
            }
        }
    }

    /// <summary>J of a case.</summary>
    internal static Tensor Form(NetworkCase network)
    {
        Tape tape = new();
        Tensor outputs = network.Layout.Forward(network.Inputs(), network.Weights(), ForwardPass.Taped(tape));
        return ExplicitJacobian.Form(outputs, tape, network.Columns);
    }
}
