using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// A network laid out for an input shape: its layers in order and the list of its parameters under PyTorch's state-dict
/// names. It holds no tensors; weights are passed to <see cref="Forward"/>.
/// </summary>
public sealed class NetworkLayout
{
    private readonly ImmutableArray<PlacedLayer> _layers;

    private NetworkLayout(
        ImmutableArray<PlacedLayer> layers,
        ImmutableArray<NamedParameter> parameters,
        double forwardFlops,
        ImmutableArray<LayerWork> work,
        long widestActivation)
    {
        _layers = layers;
        Parameters = parameters;
        ForwardFlops = forwardFlops;
        Work = work;
        WidestActivation = widestActivation;
    }

    /// <summary>All parameters and buffers, in the order of the layers.</summary>
    public ImmutableArray<NamedParameter> Parameters { get; }

    /// <summary>Floating-point operations of one example's forward pass.</summary>
    public double ForwardFlops { get; }

    /// <summary>The calls of one example's forward pass, in their order.</summary>
    public ImmutableArray<LayerWork> Work { get; }

    /// <summary>Elements of the largest of one example's input and the layers' outputs, 1 or more.</summary>
    public long WidestActivation { get; }

    /// <summary>Lays a network out.</summary>
    /// <exception cref="ArgumentException">A layer does not take its input, or the last does not give [K].</exception>
    public static NetworkLayout Of(Network network, Shape input, int outputs)
    {
        ImmutableArray<PlacedLayer>.Builder layers = ImmutableArray.CreateBuilder<PlacedLayer>();
        ImmutableArray<NamedParameter>.Builder parameters = ImmutableArray.CreateBuilder<NamedParameter>();
        Shape shape = input;
        ImmutableArray<LayerWork>.Builder work = ImmutableArray.CreateBuilder<LayerWork>();
        double flops = 0;
        long widest = input.Count;
        foreach ((string name, Layer layer) in network.Layers(input, outputs))
        {
            Shape output = layer.OutputShape(shape).Output
                ?? throw new ArgumentException($"layer {name} does not take {shape}", nameof(network));
            flops += layer.ForwardFlops(shape);
            work.AddRange(layer.Work(shape));
            int first = parameters.Count;
            parameters.AddRange(
                layer.Parameters(shape).Select(slot => new NamedParameter($"{name}.{slot.Name}", slot)));
            layers.Add(new PlacedLayer(layer, first, parameters.Count - first));
            shape = output;
            widest = Math.Max(widest, shape.Count);
        }

        return shape.Equals(new Shape(outputs))
            ? new NetworkLayout(layers.ToImmutable(), parameters.ToImmutable(), flops, work.ToImmutable(), widest)
            : throw new ArgumentException($"the network gives {shape}, not [{outputs}]", nameof(network));
    }

    /// <summary>The network of a plan.</summary>
    public static NetworkLayout Of(RunPlan plan) =>
        Of(plan.Network, plan.Dataset.InputShape, plan.Dataset.ClassNames.Length);

    /// <summary>
    /// Applies the network to a batch [n, ...] and gives f [n, K]; on a pass with a tape, it can be differentiated.
    /// </summary>
    /// <param name="input">The batch.</param>
    /// <param name="tensors">One for each of <see cref="Parameters"/>.</param>
    /// <param name="pass">Training, evaluation, or evaluation with a tape.</param>
    public Tensor Forward(Tensor input, ImmutableArray<Tensor> tensors, ForwardPass pass)
    {
        Tensor activation = input;
        foreach (PlacedLayer placed in _layers)
        {
            Tensor output = placed.Layer.Forward(activation, tensors.Slice(placed.First, placed.Count), pass);
            pass.Release(activation, output, input);
            activation = output;
        }

        return activation; // [n, K]
    }

    /// <summary>For each of <see cref="Parameters"/>, whether training changes it.</summary>
    public ImmutableArray<bool> Trained(ParameterSelection trainable) =>
        [.. Parameters.Select(parameter => trainable.Contains(parameter.Name, parameter.Slot.Role))];

    /// <summary>
    /// The parameters that the Jacobian has columns for, in order: those that are trained, or those that are named.
    /// </summary>
    public ImmutableArray<NamedParameter> Differentiated(RunPlan plan)
    {
        ParameterSelection selection = plan.Jacobian.Parameters.IsAll ? plan.Trainable : plan.Jacobian.Parameters;
        return [.. Parameters.Where(parameter => selection.Contains(parameter.Name, parameter.Slot.Role))];
    }

    /// <summary>p, the number of the Jacobian's columns.</summary>
    public long ColumnCount(RunPlan plan) => Differentiated(plan).Sum(parameter => parameter.Slot.Shape.Count);

    /// <summary>
    /// Multiplications for a pair of rows of the Gram matrix, at most p (see <see cref="ParameterSlot.PairCost"/>).
    /// </summary>
    public double PairCost(RunPlan plan) =>
        Differentiated(plan).Sum(parameter => parameter.Slot.PairCost(plan.Dataset.ClassNames.Length));

    /// <summary>How the spectrum of a split is computed, and what it costs.</summary>
    public SpectrumMethod SpectrumMethod(RunPlan plan, string split) => Numerics.SpectrumMethod.Of(
        plan.Jacobian.Method,
        (long)plan.JacobianExamples(split) * plan.Dataset.ClassNames.Length,
        ColumnCount(plan),
        PairCost(plan),
        plan.Jacobian.Top);

    /// <summary>Where the columns of <see cref="Differentiated"/> stand among those of all weights.</summary>
    public ImmutableArray<ColumnRange> Columns(RunPlan plan)
    {
        ImmutableArray<NamedParameter> wanted = Differentiated(plan);
        ImmutableArray<ColumnRange>.Builder ranges = ImmutableArray.CreateBuilder<ColumnRange>();
        long column = 0;
        foreach (NamedParameter parameter in Parameters.Where(parameter => parameter.Slot.Role != ParameterRole.Buffer))
        {
            if (wanted.Contains(parameter))
                ranges.Add(new ColumnRange(column, parameter.Slot.Shape.Count));
            column += parameter.Slot.Shape.Count;
        }

        return ranges.ToImmutable();
    }

    private sealed record PlacedLayer(Layer Layer, int First, int Count);
}

/// <summary>A parameter of a network under its full name.</summary>
/// <param name="Name">The name in a PyTorch state dict, such as <c>1.weight</c>.</param>
/// <param name="Slot">Its shape, initial distribution and role.</param>
public sealed record NamedParameter(string Name, ParameterSlot Slot);
