using System.Runtime.InteropServices;
using Spectral.Core.Numerics;
using Xunit;
using static Spectral.Core.Tests.Numerics.GramCases;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// G = J J^T from the layers' structure is that of the row oracle's J, to the same bits however it is divided.
/// </summary>
public sealed class GramMatrixTests
{
    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void It_equals_the_row_oracles(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = GramCases.Operator(network);
        using GramMatrix gram = jacobian.Gram(null, Stop);
        AssertGram(network, gram);
        Assert.InRange(jacobian.Discrepancy(gram, seed: 1), 0, 1e-12);
    }

    [Theory]
    [MemberData(nameof(GramCases.Convolutions), MemberType = typeof(GramCases))]
    public void It_equals_the_row_oracles_by_every_method_for_convolutions(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = GramCases.Operator(network);
        foreach (ConvGramMethod method in (ConvGramMethod[])[ConvGramMethod.Direct, ConvGramMethod.Patch, ConvGramMethod.Mixed])
        {
            using GramMatrix gram = jacobian.Gram(new GramOptions { Convolutions = method }, Stop);
            AssertGram(network, gram);
        }
    }

    [Theory]
    [InlineData("several chunks")]
    [InlineData("whole blocks exactly")]
    [InlineData("convolutions, several chunks")]
    [InlineData("resnet of depth 8, group")]
    public void It_equals_the_row_oracles_without_BLAS(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        using GramMatrix gram = GramCases.Operator(network).Gram(new GramOptions { UseBlas = false }, Stop);
        AssertGram(network, gram);
    }

    [Theory]
    [InlineData("several chunks", ConvGramMethod.Cheapest)]
    [InlineData("several chunks, one output", ConvGramMethod.Cheapest)]
    [InlineData("convolutions, several chunks", ConvGramMethod.Cheapest)]
    [InlineData("convolutions, several chunks", ConvGramMethod.Direct)]
    [InlineData("convolutions, several chunks", ConvGramMethod.Patch)]
    [InlineData("convolutions, several chunks", ConvGramMethod.Mixed)]
    public void Its_bits_depend_neither_on_threads_nor_on_tiles_nor_on_passes(string name, ConvGramMethod method)
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = GramCases.Operator(GramCases.All[name]);
        GramOptions reference = new() { Convolutions = method };
        string bits = Bits(jacobian, reference);
        foreach (int threads in (int[])[1, 2, 4])
        {
            foreach (int? tile in (int?[])[null, 1, 24, 100, 1000])
                Assert.Equal(bits, Bits(jacobian, reference with { Threads = threads, TileExamples = tile }));
            Assert.Equal(bits, Bits(jacobian, reference with { Threads = threads, FactorBytes = 1 }));
            Assert.Equal(bits, Bits(jacobian, reference with { Threads = threads, FactorBytes = 400_000 }));
        }
    }

    [Fact]
    public void It_is_symmetric_to_the_bit_and_its_trace_is_that_of_the_rows_norms()
    {
        NetworkCase network = GramCases.All["several chunks"];
        using IDisposable scope = NewDisposeScope();
        using GramMatrix gram = GramCases.Operator(network).Gram(null, Stop);
        Tensor copy = gram.ToTensor();
        Assert.True(copy.equal(copy.t()).all().item<bool>());
        Assert.Equal(copy[5, 17].item<double>(), gram[17, 5]);
        double norm = GramCases.Oracle(network).square().sum().item<double>();
        Assert.InRange(Math.Abs(gram.Trace() - norm), 0, 1e-12 * norm);
        Assert.Throws<ArgumentOutOfRangeException>(() => gram[gram.Order, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => gram[0, -1]);
    }

    [Fact]
    public void Layers_matrices_add_up_to_the_whole()
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = GramCases.Operator(GramCases.All["convolutional network, group"]);
        using GramMatrix whole = jacobian.Gram(null, Stop);
        Tensor sum = zeros(whole.Order, whole.Order, dtype: ScalarType.Float64);
        long column = 0;
        Tensor oracle = GramCases.Oracle(GramCases.All["convolutional network, group"]);
        for (int layer = 0; layer < jacobian.Source.Layers.Length; layer++)
        {
            using GramMatrix part = jacobian.Gram(new GramOptions { Layers = [layer] }, Stop);
            Tensor own = oracle.narrow(1, column, jacobian.LayerColumns[layer]);
            Assert.InRange(GramCases.Distance(part.ToTensor(), own.mm(own.t())), 0, 1e-12);
            sum.add_(part.ToTensor());
            column += jacobian.LayerColumns[layer];
        }

        Assert.Equal(oracle.shape[1], column);
        Assert.InRange(GramCases.Distance(sum, whole.ToTensor()), 0, 1e-14);
    }

    [Fact]
    public void A_wrong_matrix_shows_in_the_discrepancy()
    {
        using IDisposable scope = NewDisposeScope();
        JacobianOperator jacobian = GramCases.Operator(GramCases.All["tanh"]);
        using GramMatrix part = jacobian.Gram(new GramOptions { Layers = [0] }, Stop);
        Assert.InRange(jacobian.Discrepancy(part, seed: 1), 1e-3, double.PositiveInfinity);
        using GramMatrix other = GramCases.Operator(GramCases.All["one example"]).Gram(null, Stop);
        Assert.Throws<ArgumentException>(() => jacobian.Discrepancy(other, seed: 1));
    }

    private static void AssertGram(NetworkCase network, GramMatrix gram)
    {
        Tensor oracle = GramCases.Oracle(network);
        Assert.InRange(GramCases.Distance(gram.ToTensor(), oracle.mm(oracle.t())), 0, 1e-12);
    }

    private static string Bits(JacobianOperator jacobian, GramOptions options)
    {
        using GramMatrix gram = jacobian.Gram(options, Stop);
        return GramBits.Of(gram);
    }
}

/// <summary>A digest of a Gram matrix.</summary>
internal static class GramBits
{
    /// <summary>The SHA-256 of all entries.</summary>
    public static string Of(GramMatrix gram)
    {
        using IDisposable scope = NewDisposeScope();
        double[] entries = gram.ToTensor().data<double>().ToArray();
        return Spectral.Core.Formats.ContentHash.Sha256(MemoryMarshal.AsBytes<double>(entries));
    }
}
