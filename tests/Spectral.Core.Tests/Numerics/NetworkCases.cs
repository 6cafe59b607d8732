using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
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
        ["convolution"] = Image([Conv(4), new Tanh(), new Flatten(), Head(3)], 3),
        ["convolution, one example"] = Image([Conv(4), new Tanh(), new Flatten(), Head(3)], 3, examples: 1),
        ["convolution, one output"] = Image([Conv(4), new Tanh(), new Flatten(), Head(1)], 1),
        ["convolution, without bias"] = Image([Conv(4) with { Bias = false }, new Tanh(), new Flatten(), Head(2)], 2),
        ["convolution, 1x1"] = Image([Conv(3) with { KernelSize = 1, Padding = 0 }, new Tanh(), new Flatten(), Head(2)], 2),
        ["convolution, stride"] = Image([Conv(4) with { Stride = 2 }, new Tanh(), new Flatten(), Head(2)], 2),
        ["convolution, stride that leaves pixels over"] = Image(
            [Conv(3) with { KernelSize = 2, Stride = 3, Padding = 0 }, new Tanh(), new Flatten(), Head(2)], 2),
        ["convolution, dilation"] = Image([Conv(3) with { Dilation = 2, Padding = 2 }, new Tanh(), new Flatten(), Head(2)], 2),
        ["convolution, groups"] = Image([Conv(6) with { Groups = 2 }, new Tanh(), new Flatten(), Head(2)], 2, channels: 4),
        ["convolution, depthwise"] = Image(
            [Conv(4) with { Groups = 4, Stride = 2, Bias = false }, new Tanh(), new Flatten(), Head(2)], 2, channels: 4),
        ["convolution, all at once"] = Image(
            [
                Conv(6) with { Groups = 2, Stride = 2, Dilation = 2, Padding = 3 }, new Softplus(),
                Conv(4) with { Groups = 2 }, new Tanh(), new Flatten(), Head(3),
            ],
            3,
            channels: 4),
        ["batch normalisation of features"] = Vector([Head(6), new BatchNorm(0.1, 1e-5), new Tanh(), Head(3)], 3),
        ["batch normalisation of images"] = Image(
            [Conv(4) with { Bias = false }, new BatchNorm(0.1, 1e-5), new Tanh(), new Flatten(), Head(2)], 2),
        ["batch normalisation first and last"] = Vector([new BatchNorm(0.1, 1e-3), Head(3), new BatchNorm(0.1, 1e-3)], 3),
        ["group normalisation of features"] = Vector([Head(6), new GroupNorm(2, 1e-5), new Tanh(), Head(3)], 3),
        ["group normalisation of images"] = Image([Conv(4), new GroupNorm(2, 1e-5), new Tanh(), new Flatten(), Head(2)], 2),
        ["layer normalisation of features"] = Vector([Head(6), new LayerNorm(1e-5), new Tanh(), Head(3)], 3),
        ["layer normalisation of images"] = Image([Conv(2), new LayerNorm(1e-5), new Tanh(), new Flatten(), Head(2)], 2),
        ["leaky relu"] = Vector([Head(6), new LeakyRelu(0.2), Head(3)], 3),
        ["gelu"] = Vector([Head(6), new Gelu(), Head(3)], 3),
        ["silu"] = Vector([Head(6), new Silu(), Head(3)], 3),
        ["sigmoid"] = Vector([Head(6), new Sigmoid(), Head(3)], 3),
        ["dropout is not there in evaluation"] = Vector([Head(6), new Dropout(0.5), new Tanh(), Head(3)], 3),
        ["max pooling"] = Image([Conv(3), new Tanh(), new MaxPool(2, 0, 0), new Flatten(), Head(2)], 2),
        ["max pooling, overlapping"] = Image([Conv(3), new Tanh(), new MaxPool(3, 2, 1), new Flatten(), Head(2)], 2),
        ["average pooling"] = Image([Conv(3), new Tanh(), new AveragePool(2, 0, 0), new Flatten(), Head(2)], 2),
        ["average pooling, overlapping"] = Image([Conv(3), new Tanh(), new AveragePool(3, 2, 1), new Flatten(), Head(2)], 2),
        ["global average pooling"] = Image([Conv(5), new Tanh(), new GlobalAveragePool(), Head(2)], 2),
        ["skip block"] = Vector([Head(4), Skip(new Tanh(), Head(4), new Tanh(), Head(4)), new Tanh(), Head(2)], 2),
        ["skip block in a skip block"] = Image(
            [
                Conv(3), Skip(new GroupNorm(1, 1e-5), new Tanh(), Skip(Conv(3), new Tanh()), Conv(3)),
                new GlobalAveragePool(), Head(2),
            ],
            2),
        ["skip block with a shortcut that subsamples"] = Image(
            [
                Conv(2),
                new SkipBlock([new NamedLayer("conv", Conv(5) with { Stride = 2 })], new SubsampledShortcut(5, 2)),
                new Tanh(), new GlobalAveragePool(), Head(2),
            ],
            2),
        ["one hidden layer, first layer"] = new(
            new OneHiddenLayer(7, new Softplus(), 1, "first", new UnscaledNormal(1)), new Shape(4), 8, 3),
        ["one hidden layer, both layers"] = new(
            new OneHiddenLayer(7, new Softplus(), 1, "both", new UnscaledNormal(1)), new Shape(4), 8, 3),
        ["linear"] = new(new Linear(true, Start), new Shape(2, 3), 5, 2),
        ["convolutional network"] = new(Nets.Convolutional("none"), new Shape(2, 6, 6), 5, 3),
        ["convolutional network, batch"] = new(Nets.Convolutional("batch"), new Shape(2, 6, 6), 5, 3),
        ["convolutional network, group"] = new(Nets.Convolutional("group"), new Shape(2, 6, 6), 5, 3),
        ["resnet of depth 8"] = new(Nets.Residual("none"), new Shape(3, 7, 7), 4, 3),
        ["resnet of depth 8, batch"] = new(Nets.Residual("batch"), new Shape(1, 8, 8), 3, 2),
        ["resnet of depth 8, group"] = new(Nets.Residual("group"), new Shape(3, 8, 8), 3, 2),
    };

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names { get; } = [.. All.Keys];

    private static Conv2d Conv(int outputs) => Conv2d.ThreeByThree(outputs, stride: 1, bias: true, Start);

    private static Dense Head(int outputs) => new(outputs, true, Start);

    private static SkipBlock Skip(params Layer[] body) =>
        new([.. body.Select((layer, index) => new NamedLayer(FormattableString.Invariant($"body.{index}"), layer))]);

    private static NetworkCase Vector(ImmutableArray<Layer> layers, int outputs) =>
        new(new LayerSequence(layers), new Shape(5), 7, outputs);

    private static NetworkCase Image(ImmutableArray<Layer> layers, int outputs, int channels = 2, int examples = 5) =>
        new(new LayerSequence(layers), new Shape(channels, 6, 5), examples, outputs);

    /// <summary>The named networks, small and smooth.</summary>
    private static class Nets
    {
        public static ConvNet Convolutional(string normalization) =>
            new([4, 6], 2, "max", [5], normalization, 2, new Tanh(), Start);

        public static ResNet Residual(string normalization) => new(8, 4, normalization, 2, new Tanh(), Start, 0.5);
    }
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
    [
        .. Drawn().Zip(Layout.Parameters, (weight, parameter) =>
            weight.requires_grad_(parameter.Slot.Role != ParameterRole.Buffer)),
    ];

    /// <summary>p, all weights and fixed parameters.</summary>
    public long ParameterCount => Columns.Sum(range => range.Count);

    /// <summary>The columns of each parameter that can have any, in order.</summary>
    public ImmutableArray<ColumnRange> Columns
    {
        get
        {
            ImmutableArray<ColumnRange>.Builder ranges = ImmutableArray.CreateBuilder<ColumnRange>();
            foreach (NamedParameter parameter in Layout.Parameters.Where(found => found.Slot.Role != ParameterRole.Buffer))
                ranges.Add(new ColumnRange(ranges.Count == 0 ? 0 : ranges[^1].End, parameter.Slot.Shape.Count));
            return ranges.ToImmutable();
        }
    }

    /// <summary>Drawn weights; scales, offsets and running statistics away from the 1 and 0 at which they start.</summary>
    private IEnumerable<Tensor> Drawn() =>
        InitialWeights.Draw(Layout, 5, ScalarType.Float64, CPU).Zip(Layout.Parameters, (drawn, parameter) =>
        {
            if (parameter.Slot.Initialization is not (Ones or Zeros))
                return drawn;
            double[] shifts = new double[parameter.Slot.Shape.Count];
            new RandomStream(6, "tests/" + parameter.Name).FillNormal(shifts);
            return drawn + (0.2 * tensor(shifts, drawn.shape)).sin(); // a variance stays positive
        });
}
