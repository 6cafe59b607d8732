using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>
/// The table of networks, with those added that only matter where G is computed in blocks: more examples than a block
/// or
/// a chunk holds, many outputs, layers of every shape for which another method is the cheapest.
/// </summary>
internal static class GramCases
{
    private static readonly Initialization Start = new Normal(1.0);

    /// <summary>Name and network.</summary>
    public static IReadOnlyDictionary<string, NetworkCase> All { get; } = new Dictionary<string, NetworkCase>(NetworkCases.All)
    {
        ["several chunks"] = new(new MultilayerPerceptron([9, 8], new Tanh(), Start), new Shape(7), 203, 3),
        ["several chunks, one output"] = new(new MultilayerPerceptron([6], new Tanh(), Start), new Shape(4), 517, 1),
        ["whole blocks exactly"] = new(new MultilayerPerceptron([6], new Tanh(), Start), new Shape(4), 48, 10),
        ["one example more than a block"] = new(new MultilayerPerceptron([6], new Tanh(), Start), new Shape(4), 25, 10),
        ["a hundred outputs"] = new(new MultilayerPerceptron([6], new Tanh(), Start), new Shape(4), 9, 100),
        ["more outputs than a block has rows"] = new(new MultilayerPerceptron([6], new Tanh(), Start), new Shape(4), 3, 251),
        ["convolutions, several chunks"] = Image(
            [Conv(3), new Tanh(), new MaxPool(2, 0, 0), Conv(8), new Tanh(), Conv(9), new Tanh(), new Flatten(), Head(10)],
            new Shape(2, 4, 4), 53, 10),
        ["a window with one place"] = Image(
            [new Conv2d(6, 3, 1, 0, 1, 1, true, Start), new Tanh(), new Flatten(), Head(4)], new Shape(2, 3, 3), 70, 4),
        ["wide windows, few places"] = Image(
            [new Conv2d(8, 2, 2, 0, 1, 1, true, Start), new Tanh(), new Flatten(), Head(4)], new Shape(12, 4, 4), 70, 4),
        ["grouped wide windows, few places"] = Image(
            [new Conv2d(8, 2, 2, 0, 1, 2, false, Start), new Tanh(), new Flatten(), Head(4)], new Shape(12, 4, 4), 70, 4),
    };

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names { get; } = [.. All.Keys];

    /// <summary>The names of the networks with a convolution.</summary>
    public static TheoryData<string> Convolutions { get; } =
    [
        .. All.Where(network => network.Value.Network.Layers(network.Value.Input, network.Value.Outputs)
            .Any(named => named.Layer is Conv2d or SkipBlock)).Select(network => network.Key),
    ];

    /// <summary>Ends when the test is ended.</summary>
    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A case as a source of all columns.</summary>
    public static NetworkJacobian Source(NetworkCase network, ImmutableArray<ColumnRange>? columns = null) =>
        new(network.Layout, network.Weights(), network.Inputs(), columns ?? network.Columns);

    /// <summary>A case as an operator.</summary>
    public static JacobianOperator Operator(NetworkCase network, ImmutableArray<ColumnRange>? columns = null) =>
        new(Source(network, columns));

    /// <summary>J by the rows' oracle.</summary>
    public static Tensor Oracle(NetworkCase network) =>
        RowOracle.Jacobian(network.Layout, network.Inputs(), network.Weights());

    /// <summary>The largest difference of two tensors relative to the second one's largest entry.</summary>
    public static double Distance(Tensor found, Tensor expected)
    {
        Assert.Equal(expected.shape, found.shape);
        double size = expected.abs().max().item<double>(), apart = (found - expected).abs().max().item<double>();
        return apart == 0 ? 0 : apart / size;
    }

    private static Conv2d Conv(int outputs) => Conv2d.ThreeByThree(outputs, stride: 1, bias: true, Start);

    private static Dense Head(int outputs) => new(outputs, true, Start);

    private static NetworkCase Image(ImmutableArray<Layer> layers, Shape input, int examples, int outputs) =>
        new(new LayerSequence(layers), input, examples, outputs);
}
