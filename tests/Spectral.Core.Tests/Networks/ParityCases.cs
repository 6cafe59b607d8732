using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using Xunit;
using static TorchSharp.torch;

namespace Spectral.Core.Tests.Networks;

/// <summary>
/// Networks that PyTorch has computed too. Weights and inputs come from our own streams, which never change, so that
/// only PyTorch's answers are kept in files.
/// </summary>
internal static class ParityCases
{
    private static readonly Initialization Start = new PyTorchUniform();

    /// <summary>The cases by the name of their file.</summary>
    public static IReadOnlyDictionary<string, ParityCase> All { get; } = new Dictionary<string, ParityCase>
    {
        ["linear"] = new(new Linear(true, Start), new Shape(3, 4, 4), 5, 3),
        ["one_hidden_layer"] = new(new OneHiddenLayer(40, new Softplus(), 2, "both", new UnscaledNormal(1)), new Shape(12), 6, 3),
        ["mlp"] = new(new MultilayerPerceptron([16, 9], new Relu(), Start), new Shape(12), 8, 4),
        ["mlp_gelu"] = new(new MultilayerPerceptron([16], new Gelu(), Start), new Shape(12), 8, 4),
        ["mlp_silu"] = new(new MultilayerPerceptron([16], new Silu(), Start), new Shape(12), 8, 4),
        ["conv_net_none"] = new(ConvNet("none"), new Shape(3, 12, 12), 6, 4),
        ["conv_net_batch"] = new(ConvNet("batch"), new Shape(3, 12, 12), 6, 4),
        ["conv_net_group"] = new(ConvNet("group"), new Shape(3, 12, 12), 6, 4),
        ["resnet20_none"] = new(ResNet(20, "none"), new Shape(3, 32, 32), 4, 3),
        ["resnet20_batch"] = new(ResNet(20, "batch"), new Shape(3, 32, 32), 4, 10),
        ["resnet20_group"] = new(ResNet(20, "group"), new Shape(3, 32, 32), 4, 3),
        ["resnet8_batch"] = new(ResNet(8, "batch"), new Shape(1, 28, 28), 6, 10),
        ["narrow_resnet8_none"] = new(ResNet(8, "none", 8), new Shape(3, 8, 8), 8, 4),
        ["narrow_resnet8_batch"] = new(ResNet(8, "batch", 8), new Shape(3, 8, 8), 8, 4),
        ["narrow_resnet8_group"] = new(ResNet(8, "group", 8), new Shape(3, 8, 8), 8, 4),
    };

    /// <summary>The names, for theories.</summary>
    public static TheoryData<string> Names { get; } = [.. All.Keys];

    private static ConvNet ConvNet(string normalization) =>
        new([8, 16], 2, "max", [20], normalization, 4, new Relu(), Start);

    private static ResNet ResNet(int depth, string normalization, int width = 16) =>
        new(depth, width, normalization, 8, new Relu(), Start, 1);
}

/// <summary>One case.</summary>
/// <param name="Network">The network.</param>
/// <param name="Input">The shape of one example.</param>
/// <param name="Examples">n.</param>
/// <param name="Outputs">K.</param>
internal sealed record ParityCase(Network Network, Shape Input, int Examples, int Outputs)
{
    /// <summary>The network laid out.</summary>
    public NetworkLayout Layout => NetworkLayout.Of(Network, Input, Outputs);

    /// <summary>Normal inputs [n, ...].</summary>
    public Tensor Inputs(ScalarType type) =>
        Draw("parity/inputs", Examples * Input.Count).view([Examples, .. Input.ToLongs()]).to(type, copy: true);

    /// <summary>Drawn weights; scales, offsets and running statistics are moved away from the 1 and 0 at which they start.</summary>
    public ImmutableArray<Tensor> Weights(ScalarType type) =>
    [
        .. InitialWeights.Draw(Layout, 2, ScalarType.Float64, CPU).Zip(Layout.Parameters, (drawn, parameter) =>
            (parameter.Slot.Initialization is Ones or Zeros
                ? drawn + (0.05 * Draw("parity/" + parameter.Name, drawn.numel()).view(drawn.shape))
                : drawn).to(type, copy: true)),
    ];

    /// <summary>Weights as drawn and inputs as a safetensors file for the scripts.</summary>
    public byte[] Export() => Safetensors.Serialize(
        [.. Entries(Weights(ScalarType.Float64)), Entry("input", Inputs(ScalarType.Float64))],
        new Dictionary<string, string> { ["names"] = string.Join('\n', Layout.Parameters.Select(parameter => parameter.Name)) });

    /// <summary>Other weights of the network as a safetensors file for the scripts.</summary>
    public byte[] Export(ImmutableArray<Tensor> weights) =>
        Safetensors.Serialize([.. Entries(weights)], new Dictionary<string, string>());

    /// <summary>The values of a float64 tensor of a file.</summary>
    public static double[] Doubles(SafetensorsTensor found) => MemoryMarshal.Cast<byte, double>(found.Data.Span).ToArray();

    private IEnumerable<SafetensorsTensor> Entries(ImmutableArray<Tensor> weights) =>
        Layout.Parameters.Zip(weights, (parameter, weight) => Entry(parameter.Name, weight));

    private static Tensor Draw(string name, long count)
    {
        double[] values = new double[count];
        new RandomStream(2, name).FillNormal(values);
        return tensor(values).clone();
    }

    private static SafetensorsTensor Entry(string name, Tensor values) => new(
        name, "F64", [.. values.shape], MemoryMarshal.AsBytes<double>(values.contiguous().data<double>().ToArray()).ToArray());
}
