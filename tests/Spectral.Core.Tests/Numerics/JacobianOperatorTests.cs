using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Products with J and rows of J are those of the matrix that the row oracle forms.</summary>
public sealed class JacobianOperatorTests
{
    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void Products_and_rows_equal_the_oracle(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor oracle = GramCases.Oracle(network);
        JacobianOperator jacobian = GramCases.Operator(network);
        Assert.Equal((oracle.shape[0], oracle.shape[1]), (jacobian.Rows, jacobian.Columns));

        Tensor v = Draws(jacobian.Columns, 3, "v"), u = Draws(jacobian.Rows, 4, "u");
        Assert.InRange(GramCases.Distance(jacobian.Times(v, Stop), oracle.mm(v)), 0, 1e-12);
        Assert.InRange(GramCases.Distance(jacobian.TransposeTimes(u, Stop), oracle.t().mm(u)), 0, 1e-12);
        Assert.InRange(GramCases.Distance(jacobian.RowsOf(0, jacobian.Rows), oracle), 0, 1e-12);
        long middle = jacobian.Rows / 2;
        Assert.InRange(GramCases.Distance(jacobian.RowsOf(middle, 1), oracle.narrow(0, middle, 1)), 0, 1e-12);
    }

    [Theory]
    [InlineData("softplus on images")]
    [InlineData("convolution, all at once")]
    [InlineData("layer normalisation of images")]
    [InlineData("skip block in a skip block")]
    [InlineData("several chunks")]
    public void Chosen_columns_are_those_of_the_whole(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor oracle = GramCases.Oracle(network);
        foreach (ImmutableArray<ColumnRange> columns in Choices(network))
        {
            Tensor part = cat([.. columns.Select(range => oracle.narrow(1, range.First, range.Count))], dim: 1);
            JacobianOperator jacobian = GramCases.Operator(network, columns);
            Tensor v = Draws(part.shape[1], 2, "v"), u = Draws(part.shape[0], 2, "u");
            Assert.Equal(part.shape[1], jacobian.Columns);
            Assert.InRange(GramCases.Distance(jacobian.Times(v, Stop), part.mm(v)), 0, 1e-12);
            Assert.InRange(GramCases.Distance(jacobian.TransposeTimes(u, Stop), part.t().mm(u)), 0, 1e-12);
            Assert.InRange(GramCases.Distance(jacobian.RowsOf(0, jacobian.Rows), part), 0, 1e-12);
            using GramMatrix gram = jacobian.Gram(null, Stop);
            Assert.InRange(GramCases.Distance(gram.ToTensor(), part.mm(part.t())), 0, 1e-12);
        }
    }

    [Fact]
    public void Products_have_the_same_bits_on_any_number_of_threads()
    {
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = GramCases.Source(GramCases.All["several chunks"]);
        JacobianOperator one = new(source);
        Tensor v = Draws(one.Columns, 3, "v"), u = Draws(one.Rows, 4, "u");
        Tensor forward = one.Times(v, Stop), backward = one.TransposeTimes(u, Stop);
        foreach (int threads in (int[])[2, 4])
        {
            JacobianOperator several = new(source, threads);
            Assert.True(several.Times(v, Stop).equal(forward).all().item<bool>());
            Assert.True(several.TransposeTimes(u, Stop).equal(backward).all().item<bool>());
        }
    }

    [Fact]
    public void Vectors_of_another_shape_or_type_are_refused()
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = GramCases.Operator(GramCases.All["tanh"]);
        Assert.Throws<ArgumentException>(() => jacobian.Times(zeros(jacobian.Columns + 1, 1, dtype: ScalarType.Float64), Stop));
        Assert.Throws<ArgumentException>(() => jacobian.TransposeTimes(zeros(jacobian.Rows, dtype: ScalarType.Float64), Stop));
        Assert.Throws<ArgumentException>(() => jacobian.Times(zeros(jacobian.Columns, 1, dtype: ScalarType.Float32), Stop));
        Assert.Throws<ArgumentOutOfRangeException>(() => jacobian.RowsOf(jacobian.Rows, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => jacobian.RowsOf(-1, 1));
    }

    /// <summary>Each parameter alone; all but the first; the second half of each; parts that meet no border.</summary>
    private static IEnumerable<ImmutableArray<ColumnRange>> Choices(NetworkCase network)
    {
        foreach (ColumnRange range in network.Columns)
            yield return [range];
        yield return network.Columns[1..];
        yield return [.. network.Columns.Select(range => new ColumnRange(range.First + (range.Count / 2), range.Count - (range.Count / 2)))];
        yield return [new ColumnRange(1, 2), new ColumnRange(4, network.ParameterCount - 5)];
    }

    /// <summary>Normal draws, [rows, columns].</summary>
    internal static Tensor Draws(long rows, long columns, string name)
    {
        double[] values = new double[rows * columns];
        new RandomStream(3, "tests/" + name).FillNormal(values);
        return tensor(values, [rows, columns]).clone();
    }
}
