using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// A network laid out for an input shape: its layers in order and the list of its parameters, named <c>index.name</c> as
/// PyTorch's nn.Sequential names them. It holds no tensors; weights are passed to <see cref="Forward"/>.
/// </summary>
public sealed class NetworkLayout
{
    private readonly ImmutableArray<(Layer Layer, int First, int Count)> _layers;

    private NetworkLayout(
        ImmutableArray<(Layer Layer, int First, int Count)> layers,
        ImmutableArray<NamedParameter> parameters,
        double forwardFlops)
    {
        _layers = layers;
        Parameters = parameters;
        ForwardFlops = forwardFlops;
    }

    /// <summary>The parameters in the order of the Jacobian's columns.</summary>
    public ImmutableArray<NamedParameter> Parameters { get; }

    /// <summary>p, the number of scalar parameters.</summary>
    public long ParameterCount => Parameters.Sum(parameter => parameter.Slot.Shape.Count);

    /// <summary>Floating-point operations of one example's forward pass.</summary>
    public double ForwardFlops { get; }

    /// <summary>Lays a network out.</summary>
    /// <exception cref="ArgumentException">A layer does not take its input, or the last does not give [K].</exception>
    public static NetworkLayout Of(Network network, Shape input, int classes)
    {
        ImmutableArray<(Layer, int, int)>.Builder layers = ImmutableArray.CreateBuilder<(Layer, int, int)>();
        ImmutableArray<NamedParameter>.Builder parameters = ImmutableArray.CreateBuilder<NamedParameter>();
        Shape shape = input;
        double flops = 0;
        foreach (Layer layer in network.Layers(input, classes))
        {
            Shape output = layer.OutputShape(shape).Output
                ?? throw new ArgumentException($"layer {layers.Count} does not take {shape}", nameof(network));
            flops += layer.ForwardFlops(shape);
            int first = parameters.Count;
            string prefix = layers.Count.ToString(CultureInfo.InvariantCulture);
            parameters.AddRange(layer.Parameters(shape).Select(slot => new NamedParameter($"{prefix}.{slot.Name}", slot)));
            layers.Add((layer, first, parameters.Count - first));
            shape = output;
        }

        return shape.Equals(new Shape(classes))
            ? new NetworkLayout(layers.ToImmutable(), parameters.ToImmutable(), flops)
            : throw new ArgumentException($"the network gives {shape}, not [{classes}]", nameof(network));
    }

    /// <summary>Applies the network to a batch [n, ...] and gives f [n, K]; with a tape, it can be differentiated.</summary>
    public Tensor Forward(Tensor input, ImmutableArray<Tensor> weights, Tape? tape = null)
    {
        Tensor activation = input;
        foreach ((Layer layer, int first, int count) in _layers)
            activation = layer.Forward(activation, weights.Slice(first, count), tape);
        return activation; // [n, K]
    }
}

/// <summary>A parameter of a network under its full name.</summary>
/// <param name="Name">The name in a PyTorch state dict, such as <c>1.weight</c>.</param>
/// <param name="Slot">Its shape and initial distribution.</param>
public sealed record NamedParameter(string Name, ParameterSlot Slot);
