using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Numerics;

/// <summary>Networks with made inputs and weights, as a table of cases for everything that a Jacobian is held against.</summary>
internal static class NetworkCases
{
    private static readonly Initialization Start = new Normal(1.5);

    /// <summary>Name, network, input shape, n and K. Some have more rows than parameters, some fewer; some repeat examples.</summary>
    public static IReadOnlyDictionary<string, NetworkCase> All { get; } = new Dictionary<string, NetworkCase>
    {
        ["linear, more rows than parameters"] = new(new MultilayerPerceptron([], new Tanh(), Start), new Shape(3), 12, 2),
        ["linear, fewer rows than parameters"] = new(new MultilayerPerceptron([], new Tanh(), Start), new Shape(9), 4, 3),
        ["tanh"] = new(new MultilayerPerceptron([6], new Tanh(), Start), new Shape(5), 7, 3),
        ["relu, two hidden layers"] = new(new MultilayerPerceptron([7, 5], new Relu(), Start), new Shape(4), 9, 3),
        ["softplus on images"] = new(new MultilayerPerceptron([4], new Softplus(), Start), new Shape(1, 3, 3), 6, 2),
        ["deep and narrow"] = new(new MultilayerPerceptron([3, 3, 3, 3], new Tanh(), Start), new Shape(4), 8, 2),
        ["one example"] = new(new MultilayerPerceptron([5], new Tanh(), Start), new Shape(4), 1, 3),
        ["one output"] = new(new MultilayerPerceptron([5], new Tanh(), Start), new Shape(4), 6, 1),
        ["no biases"] = new(
            new LayerSequence([new Dense(6, false, Start), new Tanh(), new Dense(3, false, Start)]), new Shape(4), 7, 3),
        ["activation first and last"] = new(
            new LayerSequence([new Tanh(), new Dense(4, true, Start), new Softplus(), new Dense(2, true, Start), new Tanh()]),
            new Shape(5),
            6,
            2),
        ["a layer cut off by relu"] = new(
            new LayerSequence([new Dense(4, true, new Normal(0)), new Relu(), new Dense(2, true, Start)]), new Shape(3), 5, 2),
        ["repeated examples"] = new(new MultilayerPerceptron([6], new Tanh(), Start), new Shape(5), 8, 3, Repeats: true),
    };

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names { get; } = [.. All.Keys];
}

/// <summary>One case.</summary>
/// <param name="Network">The network.</param>
/// <param name="Input">The shape of one example.</param>
/// <param name="Examples">n.</param>
/// <param name="Outputs">K.</param>
/// <param name="Repeats">Whether the second half of the examples repeats the first, so that J loses rank.</param>
internal sealed record NetworkCase(Network Network, Shape Input, int Examples, int Outputs, bool Repeats = false)
{
    /// <summary>The network laid out.</summary>
    public NetworkLayout Layout => NetworkLayout.Of(Network, Input, Outputs);

    /// <summary>Normal inputs [n, ...] in binary64.</summary>
    public Tensor Inputs()
    {
        double[] values = new double[Examples * Input.Count];
        new RandomStream(11, "tests/inputs").FillNormal(values);
        // A copy of libtorch's own: MKL's last bits depend on the alignment of memory that came from elsewhere.
        Tensor inputs = tensor(values, [Examples, .. Input.ToLongs()]).clone();
        return Repeats ? cat([inputs.narrow(0, 0, Examples / 2), inputs.narrow(0, 0, Examples - (Examples / 2))]) : inputs;
    }

    /// <summary>Weights in binary64, with gradients.</summary>
    public ImmutableArray<Tensor> Weights() =>
        [.. InitialWeights.Draw(Layout, 5, ScalarType.Float64, CPU).Select(weight => weight.requires_grad_(true))];

    /// <summary>p.</summary>
    public long ParameterCount => Layout.Parameters.Sum(parameter => parameter.Slot.Shape.Count);
}
