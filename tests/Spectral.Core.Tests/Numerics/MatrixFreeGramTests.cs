using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>J (J^T U) without J J^T, by rows and by factors, against the dense matrix of the rows' oracle.</summary>
public sealed class MatrixFreeGramTests
{
    /// <summary>Networks of every kind of factor block.</summary>
    public static TheoryData<string> Networks { get; } =
    [
        "linear, more rows than parameters", "tanh", "relu, two hidden layers", "one example", "one output",
        "no biases", "convolution, stride", "convolution, groups", "batch normalisation of images",
        "group normalisation of features", "max pooling", "skip block with a shortcut that subsamples", "one hidden layer, first layer",
        "convolutional network, batch", "resnet of depth 8, group", "several chunks", "convolutions, several chunks",
        "a hundred outputs",
    ];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Both_roads_give_the_dense_product_kept_or_not(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = GramCases.Oracle(network).detach();
        Tensor block = Normal((int)jacobian.shape[0], 3), expected = jacobian.mm(jacobian.t()).mm(block); // [nK, 3]
        foreach (double bytes in (double[])[0, 1e9])
        {
            using RowTileGram rows = new(Tiles(network), bytes);
            using FactorGram factors = new(GramCases.Source(network), 1, bytes);
            Assert.Equal((bytes > 0, bytes > 0), (rows.IsKept, factors.IsKept));
            for (int time = 0; time < 2; time++)
            {
                Assert.InRange(GramCases.Distance(Apply(rows, block, 2), expected), 0, 1e-12);
                Assert.InRange(GramCases.Distance(Apply(factors, block, 2), expected), 0, 1e-12);
            }

            double trace = jacobian.square().sum().item<double>();
            Assert.Equal(trace, rows.Trace, 1e-12 * trace);
            Assert.True(double.IsNaN(factors.Trace));
        }
    }

    [Theory]
    [InlineData("several chunks")]
    [InlineData("convolutions, several chunks")]
    public void No_bit_depends_on_the_threads(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        foreach (double bytes in (double[])[0, 1e9])
        {
            using RowTileGram rows = new(Tiles(network), bytes);
            using FactorGram factors = new(GramCases.Source(network), 1, bytes);
            foreach (SymmetricOperator matrix in (SymmetricOperator[])[rows, factors])
            {
                Tensor block = Normal(matrix.Order, 5), once = Apply(matrix, block, 1);
                foreach (int threads in (int[])[2, 3])
                {
                    bool same = once.equal(Apply(matrix, block, threads)).all().item<bool>();
                    Assert.True(same, $"{matrix.GetType().Name} with {bytes} bytes on {threads} threads");
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    public void Many_tiles_add_up(double bytes)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Normal(1301, 43), block = Normal(1301, 4);
        using RowTileGram rows = new(MatrixTiles.Of(jacobian, 7), bytes);
        Tensor expected = jacobian.mm(jacobian.t().mm(block));
        Assert.InRange(GramCases.Distance(Apply(rows, block, 2), expected), 0, 1e-12);
        Assert.InRange(GramCases.Distance(Apply(rows, block, 2), expected), 0, 1e-12);
    }

    [Fact]
    public void Rows_that_are_not_finite_are_refused_and_so_are_two_different_Jacobians()
    {
        using IDisposable scope = NewDisposeScope();
        Tensor jacobian = Normal(1301, 5), block = Normal(1301, 1);
        jacobian[1200, 2] = double.PositiveInfinity;
        using RowTileGram rows = new(MatrixTiles.Of(jacobian, 7), 0);
        string message = Assert.Throws<ArgumentException>(() => Apply(rows, block, 2)).Message;
        Assert.Contains("rows 1022 to 1300", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            MatrixFreeGram.For(GramCases.Source(GramCases.All["tanh"]), Tiles(GramCases.All["convolution"]), 2, 9));
    }

    [Theory]
    [InlineData("several chunks", typeof(FactorGram))] // each weight sees an example once
    [InlineData("resnet of depth 8", typeof(RowTileGram))] // few parameters, many places
    public void The_road_is_that_of_fewer_operations(string name, Type road)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        using MatrixFreeGram gram = MatrixFreeGram.For(GramCases.Source(network), Tiles(network), 8, 60);
        Assert.IsType(road, gram.Operator);
        Assert.Equal(network.Examples * network.Outputs, gram.Operator.Order);
        Assert.Equal(Math.Max(gram.Operator.Order, network.ParameterCount), gram.Operator.LongestSide);
        Assert.Contains("flops from rows", gram.Reason, StringComparison.Ordinal);
    }

    private static NetworkRowTiles Tiles(NetworkCase network) =>
        new(
            network.Layout,
            [.. network.Weights().Select(weight => weight.detach())],
            network.Inputs(),
            network.Outputs,
            network.Columns);

    private static Tensor Normal(int rows, int columns)
    {
        double[] values = new double[rows * columns];
        new RandomStream(3, "tests/matrix-free").FillNormal(values);
        return tensor(values, rows, columns).clone();
    }

    private static unsafe Tensor Apply(SymmetricOperator matrix, Tensor block, int threads)
    {
        using WorkerTeam team = new(threads);
        int count = (int)block.shape[1];
        using AlignedMatrix vectors = AlignedMatrix.Of(block.t()), images = new(count, matrix.Order);
        matrix.Apply(
            vectors.Pointer, count, images.Pointer, null, team, new Unwatched<double>(), CancellationToken.None);
        return tensor(images.ToArray(), count, matrix.Order).t().contiguous();
    }
}
