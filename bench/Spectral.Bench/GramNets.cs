using System.Collections.Immutable;
using Spectral.Core.Execution;
using Spectral.Core.Initializations;
using Spectral.Core.Layers;
using Spectral.Core.Networks;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Bench;

/// <summary>
/// The networks of the Gram benchmark, with weights and inputs that the peers compute too: entry j of tensor t is a
/// hash
/// of (t, j), uniform in [-1, 1), times a scale.
/// </summary>
internal static class GramNets
{
    /// <summary>A network, the shape of its inputs and K.</summary>
    public static (Network Network, Shape Input, int Outputs) Of(string name) => name switch
    {
        "mlp" => (new MultilayerPerceptron([256, 256], new Relu(), new PyTorchUniform()), new Shape(784), 10),
        "mlp64" => (new MultilayerPerceptron([64], new Relu(), new PyTorchUniform()), new Shape(784), 10),
        "conv28" => (
            new LayerSequence([Conv(16), new Relu(), Pool, Conv(32), new Relu(), Pool, new Flatten(), Head(64), new Relu(), Head(10)]),
            new Shape(1, 28, 28),
            10),
        "vgg16" => (
            new LayerSequence(
            [
                Conv(32), new Relu(), Pool, Conv(128), new Relu(), Pool, Conv(256), new Relu(), Pool, Conv(256), new Relu(),
                new Flatten(), Head(10),
            ]),
            new Shape(3, 16, 16),
            10),
        "resnet20" => (new ResNet(20, 16, "none", 2, new Relu(), new PyTorchUniform(), 1), new Shape(1, 28, 28), 3),
        _ when RuleNets.All.TryGetValue(name, out (Network Network, Shape Input) small) => (small.Network, small.Input, 3),
        _ => throw new ArgumentException($"no network {name}", nameof(name)),
    };

    /// <summary>The Jacobian of a network on the first n inputs, all weights.</summary>
    public static NetworkJacobian Jacobian(string name, int examples)
    {
        (NetworkLayout layout, ImmutableArray<Tensor> weights, Tensor inputs, _) = Parts(name, examples);
        return new NetworkJacobian(
            layout, weights, inputs, [new ColumnRange(0, layout.Parameters.Sum(parameter => parameter.Slot.Shape.Count))]);
    }

    /// <summary>The same Jacobian with its factors on a device.</summary>
    public static NetworkJacobian OnDevice(string name, int examples, ScalarType type, ComputeDevice device)
    {
        (NetworkLayout layout, ImmutableArray<Tensor> weights, Tensor inputs, _) = Parts(name, examples);
        return NetworkJacobian.OnDevice(
            layout,
            weights,
            inputs.to(type, device.ToTorch()),
            [new ColumnRange(0, layout.Parameters.Sum(parameter => parameter.Slot.Shape.Count))]);
    }

    /// <summary>The same Jacobian by rows.</summary>
    public static NetworkRowTiles Rows(string name, int examples)
    {
        (NetworkLayout layout, ImmutableArray<Tensor> weights, Tensor inputs, int outputs) = Parts(name, examples);
        long first = 0;
        return new NetworkRowTiles(
            layout,
            weights,
            inputs,
            outputs,
            [.. layout.Parameters.Select(parameter => new ColumnRange(
                (first += parameter.Slot.Shape.Count) - parameter.Slot.Shape.Count, parameter.Slot.Shape.Count))]);
    }

    private static (NetworkLayout Layout, ImmutableArray<Tensor> Weights, Tensor Inputs, int Outputs) Parts(
        string name, int examples)
    {
        (Network network, Shape input, int outputs) = Of(name);
        NetworkLayout layout = NetworkLayout.Of(network, input, outputs);
        ImmutableArray<Tensor> weights =
        [
            .. layout.Parameters.Select((parameter, index) => parameter.Slot.Role == ParameterRole.Buffer
                ? Hashed(index + 1, parameter.Slot.Shape.ToLongs(), 1).abs() // running statistics; variances are positive
                : Hashed(
                    index + 1, parameter.Slot.Shape.ToLongs(), Math.Sqrt((parameter.Slot.Shape.Rank > 1 ? 6.0 : 0.01) / parameter.Slot.FanIn))),
        ];
        return (layout, weights, Hashed(0, [examples, .. input.ToLongs()], 1.7), outputs);
    }

    /// <summary>A tensor of hashed entries: multiplications modulo 2^32 that NumPy does to the same bits.</summary>
    private static Tensor Hashed(int index, long[] shape, double scale)
    {
        double[] values = new double[shape.Aggregate(1L, (count, extent) => count * extent)];
        for (int j = 0; j < values.Length; j++)
        {
            uint x = unchecked(((uint)j * 2654435761u) + ((uint)index * 2246822519u) + 374761393u);
            x = unchecked((x ^ (x >> 15)) * 2246822519u);
            x = unchecked((x ^ (x >> 13)) * 3266489917u);
            x ^= x >> 16;
            values[j] = ((x / 2147483648.0) - 1) * scale;
        }

        return tensor(values, shape).clone();
    }

    private static MaxPool Pool => new(2, 0, 0);

    private static Conv2d Conv(int outputs) => Conv2d.ThreeByThree(outputs, 1, true, new PyTorchUniform());

    private static Dense Head(int outputs) => new(outputs, true, new PyTorchUniform());
}
