using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Xunit;

namespace Spectral.Core.Tests.Execution;

/// <summary>Which method <c>auto</c> becomes, and by which costs.</summary>
public sealed class AutoMethodTests
{
    [Fact]
    public void The_direct_method_costs_the_same_for_a_matrix_and_its_transpose_up_to_LAPACKs_order()
    {
        Assert.Equal(SpectrumMethod.Choose(100, 30, 30, null), SpectrumMethod.Choose(30, 100, 100, null));
        SpectrumMethod method = SpectrumMethod.Choose(100, 30, 30, null);
        Assert.Equal(("direct", 774_000.0, 108_000.0), (method.Name, method.Flops, method.Bytes));
        Assert.Contains(method.Name, SpectrumMethod.Names);
    }

    [Theory]
    [InlineData(900, 4355, 4355, null, "direct")]
    [InlineData(900, 4355, 4355, 10, "krylov")]
    [InlineData(1000, 407_050, 520, null, "gram")]
    [InlineData(29_997, 267_603, 267_603, null, "gram")]
    [InlineData(29_997, 267_603, 267_603, 50, "krylov")]
    [InlineData(900, 267_891, 267_891, 50, "gram")]
    [InlineData(30, 275, 275, 30, "direct")]
    [InlineData(1_000_000, 100, 100, null, "direct")]
    [InlineData(40_000, 32_767, 32_767, null, "gram")]
    public void Auto_takes_the_cheaper_way_and_the_exact_one_where_it_takes_seconds(
        long rows, long columns, double pair, int? top, string name)
    {
        SpectrumMethod method = SpectrumMethod.Choose(rows, columns, pair, top);
        Assert.Equal(name, method.Name);
        Assert.NotEqual(SpectrumMethod.Of(name, rows, columns, pair, top).Reason, method.Reason);
        Assert.Equal(SpectrumMethod.Of(name, rows, columns, pair, top).Flops, method.Flops);
    }

    [Fact]
    public void A_dense_layer_costs_a_pair_of_rows_its_outputs_and_a_share_of_its_inputs()
    {
        // 64-6-3 with biases: 6 + 64/9 + 6 and 3 + 6/9 + 3.
        NetworkLayout layout = NetworkLayout.Of(SmallRun.Plan);
        Assert.Equal(18 + (70 / 9.0), layout.PairCost(SmallRun.Plan), 1e-12);
    }
}
