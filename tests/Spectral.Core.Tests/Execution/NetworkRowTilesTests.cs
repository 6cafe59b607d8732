using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Tests.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Execution;

/// <summary>A Jacobian's rows on demand are the Jacobian's rows.</summary>
public sealed class NetworkRowTilesTests
{
    /// <summary>All networks of the table.</summary>
    public static TheoryData<string> Networks { get; } = NetworkCases.Names;

    [Theory]
    [MemberData(nameof(Networks))]
    public void All_chunks_together_equal_the_row_by_row_oracle(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        // Repeated, so that there is a chunk that is not full behind one that is.
        Tensor inputs = cat([network.Inputs(), network.Inputs(), network.Inputs()]).narrow(0, 0, 2 * network.Examples);
        Tensor oracle = RowOracle.Jacobian(network.Layout, inputs, network.Weights());
        Tensor rows = Form(network, inputs, network.Columns);
        Assert.Equal(oracle.shape, rows.shape);
        double distance = (rows - oracle).abs().max().item<double>(), size = oracle.abs().max().item<double>();
        Assert.True(distance <= 1e-13 * size, $"{distance:E2} apart at a size of {size:E2}");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Chosen_columns_are_those_of_the_whole_to_rounding(string name)
    {
        NetworkCase network = NetworkCases.All[name];
        using IDisposable scope = NewDisposeScope();
        Tensor whole = Form(network, network.Inputs(), network.Columns);
        ImmutableArray<ColumnRange> every = [.. network.Columns.Where((_, i) => i % 2 == 0)];
        Tensor part = Form(network, network.Inputs(), every);
        Tensor expected = cat([.. every.Select(range => whole.narrow(1, range.First, range.Count))], dim: 1);
        Assert.True((part - expected).abs().max().item<double>() <= 1e-13 * whole.abs().max().item<double>());
    }

    [Fact]
    public void A_chunk_has_the_same_bits_every_time_and_on_every_thread()
    {
        NetworkCase network = NetworkCases.All["resnet of depth 8"];
        using IDisposable scope = NewDisposeScope();
        Tensor inputs = cat([.. Enumerable.Repeat(network.Inputs(), 9)]);
        Tensor one = Form(network, inputs, network.Columns, threads: 1);
        Assert.True(one.equal(Form(network, inputs, network.Columns, threads: 1)).all().item<bool>());
        Assert.True(one.equal(Form(network, inputs, network.Columns, threads: 2)).all().item<bool>());
        Assert.True(one.equal(Form(network, inputs, network.Columns, threads: 4)).all().item<bool>());
    }

    [Fact]
    public void No_examples_and_numbers_that_are_none_are_refused()
    {
        NetworkCase network = NetworkCases.All["tanh"];
        using IDisposable scope = NewDisposeScope();
        Tensor inputs = network.Inputs();
        Assert.Throws<ArgumentException>(() => Tiles(network, inputs.narrow(0, 0, 0), network.Columns));
        Assert.Throws<ArgumentException>(() => Tiles(network, inputs.to(ScalarType.Float32), network.Columns));
        inputs[2, 1] = double.NaN;
        Assert.Contains(
            "NaN", Assert.Throws<NotFiniteException>(() => Tiles(network, inputs, network.Columns)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_top_of_a_network_s_spectrum_is_that_of_its_Jacobian()
    {
        NetworkCase network = NetworkCases.All["resnet of depth 8"];
        using IDisposable scope = NewDisposeScope();
        Tensor inputs = cat([network.Inputs(), 0.5 * network.Inputs(), network.Inputs().sin()]);
        using WorkerTeam team = new(2);
        using RowTileOperator matrix = new(Tiles(network, inputs, network.Columns));
        TopSpectrum top = BlockKrylov.Compute(
            matrix, KrylovSettings.For(6, 1), team, new Unwatched<KrylovProgress>(), CancellationToken.None);
        double[] exact = linalg.svdvals(RowOracle.Jacobian(network.Layout, inputs, network.Weights())).data<double>().ToArray();
        for (int s = 0; s < 6; s++)
            Assert.InRange(top.Values[s] - exact[s], -top.ValueBound(s), top.ValueBound(s));
    }

    private static NetworkRowTiles Tiles(NetworkCase network, Tensor inputs, ImmutableArray<ColumnRange> columns) =>
        new(network.Layout, [.. network.Weights().Select(weight => weight.detach())], inputs, network.Outputs, columns);

    private static unsafe Tensor Form(
        NetworkCase network, Tensor inputs, ImmutableArray<ColumnRange> columns, int threads = 2)
    {
        NetworkRowTiles tiles = Tiles(network, inputs, columns);
        using AlignedMatrix rows = new(tiles.Rows, tiles.Columns);
        using WorkerTeam team = new(threads);
        team.Run((tiles.Rows + tiles.ChunkRows - 1) / tiles.ChunkRows, chunk =>
            tiles.Form(chunk, rows.Row((long)chunk * tiles.ChunkRows), rows.Columns));
        return tensor(rows.ToArray(0, tiles.Rows), [tiles.Rows, tiles.Columns]);
    }
}
