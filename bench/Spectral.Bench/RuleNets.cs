using System.Collections.Immutable;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Plans;

namespace Spectral.Bench;

/// <summary>Small networks that have every layer's Jacobian rule between them, for the comparison of devices.</summary>
internal static class RuleNets
{
    private static readonly PyTorchUniform Uniform = new();

    /// <summary>The networks by name, each with the shape of its inputs; K is 3.</summary>
    public static ImmutableDictionary<string, (Network Network, Shape Input)> All { get; } =
        new Dictionary<string, (Network, Shape)>
        {
            ["dense-no-bias"] = Of(new Shape(7), new Dense(9, false, Uniform), new Tanh()),
            ["gelu"] = Of(new Shape(7), new Dense(9, true, Uniform), new Gelu()),
            ["leaky-relu"] = Of(new Shape(7), new Dense(9, true, Uniform), new LeakyRelu(0.1)),
            ["silu"] = Of(new Shape(7), new Dense(9, true, Uniform), new Silu()),
            ["sigmoid"] = Of(new Shape(7), new Dense(9, true, Uniform), new Sigmoid()),
            ["softplus"] = Of(new Shape(7), new Dense(9, true, Uniform), new Softplus()),
            ["strided"] = Of(new Shape(3, 9, 8), new Conv2d(4, 3, 2, 1, 1, 1, true, Uniform), new Relu(), new Flatten()),
            ["dilated"] = Of(new Shape(3, 9, 8), new Conv2d(4, 3, 1, 2, 2, 1, false, Uniform), new Tanh(), new Flatten()),
            ["grouped"] = Of(new Shape(4, 6, 6), new Conv2d(6, 3, 1, 1, 1, 2, true, Uniform), new Tanh(), new Flatten()),
            ["depthwise"] = Of(new Shape(4, 6, 6), new Conv2d(8, 5, 1, 0, 1, 4, true, Uniform), new Tanh(), new Flatten()),
            ["pointwise"] = Of(new Shape(4, 5, 5), new Conv2d(6, 1, 1, 0, 1, 1, true, Uniform), new Relu(), new GlobalAveragePool()),
            ["pools"] = Of(
                new Shape(2, 9, 9), Conv(4), new Relu(), new MaxPool(3, 2, 1), Conv(4), new Relu(), new AveragePool(2, 2, 0), new Flatten()),
            // An offset before batch_norm has a gradient of rounding alone, which Adam makes steps of.
            ["batch-norm"] = Of(new Shape(2, 6, 6), Conv2d.ThreeByThree(4, 1, false, Uniform), new BatchNorm(0.1, 1e-5), new Relu(), new Flatten()),
            ["group-norm"] = Of(new Shape(2, 6, 6), Conv(4), new GroupNorm(2, 1e-5), new Relu(), new Flatten()),
            ["layer-norm"] = Of(new Shape(7), new Dense(9, true, Uniform), new LayerNorm(1e-5), new Tanh()),
            ["dropout"] = Of(new Shape(7), new Dense(9, true, Uniform), new Tanh(), new Dropout(0.5)),
            ["skip"] = Of(
                new Shape(3, 6, 6), Conv(4), new SkipBlock([new NamedLayer("0", Conv(4)), new NamedLayer("1", new Tanh())]), new Flatten()),
            ["resnet-batch"] = (new ResNet(8, 4, "batch", 2, new Relu(), Uniform, 1), new Shape(3, 8, 8)),
        }.ToImmutableDictionary();

    private static Conv2d Conv(int outputs) => Conv2d.ThreeByThree(outputs, 1, true, Uniform);

    private static (Network Network, Shape Input) Of(Shape input, params ReadOnlySpan<Layer> layers) =>
        (new LayerSequence([.. layers, new Dense(3, true, Uniform)]), input);
}
