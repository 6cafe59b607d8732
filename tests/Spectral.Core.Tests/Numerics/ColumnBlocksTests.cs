using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Blocks of columns, one behind the other, are the Jacobian.</summary>
public sealed class ColumnBlocksTests
{
    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void All_blocks_are_the_explicit_Jacobian(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = new(network.Layout, [.. network.Weights()], network.Inputs(), network.Columns);
        Unheard progress = new();
        Tensor[] blocks =
        [
            .. ColumnBlocks.Of(source, threads: 2, progress, CancellationToken.None)
                .Select(block => block.clone().DetachFromDisposeScope()),
        ];
        Tensor all = cat(blocks, dim: 1), expected = ExplicitJacobianTests.Form(network);
        Assert.Equal(expected.shape, all.shape);
        double size = expected.abs().max().item<double>();
        Assert.InRange((all - expected).abs().max().item<double>(), 0, 1e-13 * size);
        Assert.Equal(1, progress.Last);
        foreach (Tensor block in blocks)
            block.Dispose();
    }

    [Theory]
    [MemberData(nameof(GramCases.Names), MemberType = typeof(GramCases))]
    public void Ranges_of_any_width_are_all_columns_in_order(string name)
    {
        NetworkCase network = GramCases.All[name];
        using IDisposable scope = NewDisposeScope();
        NetworkJacobian source = new(network.Layout, [.. network.Weights()], network.Inputs(), network.Columns);
        foreach (FactorBlock block in source.Shapes)
        {
            Tensor whole = block.Explicit();
            double size = whole.abs().max().item<double>();
            foreach (long width in (long[])[1, 7, 1000])
            {
                long next = 0;
                foreach (ColumnRange range in block.Ranges(width))
                {
                    Assert.Equal(next, range.First);
                    next = range.End;
                    Tensor part = block.Select([range]).Explicit(), same = whole.narrow(1, range.First, range.Count);
                    Assert.Equal(same.shape, part.shape);
                    Assert.InRange((part - same).abs().max().item<double>(), 0, 1e-13 * size);
                }

                Assert.Equal(block.Columns, next);
            }
        }
    }

    private sealed class Unheard : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value) => Last = value;
    }
}
