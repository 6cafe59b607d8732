using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// The Jacobian of a network at given weights on given inputs, by factor blocks: in binary64 on the CPU, or where the inputs
/// are.
/// </summary>
public sealed class NetworkJacobian : JacobianSource
{
    private readonly NetworkLayout _layout;
    private readonly ImmutableArray<Tensor> _weights;
    private readonly Tensor _inputs;
    private readonly ImmutableArray<WantedLayer> _wanted;

    /// <summary>Names a network's Jacobian; one example is differentiated to learn its layers.</summary>
    /// <param name="layout">The network.</param>
    /// <param name="weights">One for each of the layout's parameters; copied to the CPU in binary64. The copies are the
    /// caller's dispose scope's.</param>
    /// <param name="inputs">[n, ...], in binary64.</param>
    /// <param name="columns">The wanted columns, counted over all weights; buffers have none.</param>
    /// <exception cref="ArgumentException">
    /// There is no example, K is wrong, a weight or an input is not finite, or no column is wanted.
    /// </exception>
    /// <exception cref="InvalidOperationException">A layer has parameters and records no factor block.</exception>
    public NetworkJacobian(
        NetworkLayout layout, ImmutableArray<Tensor> weights, Tensor inputs, ImmutableArray<ColumnRange> columns)
        : this(
            layout,
            weights,
            inputs.dtype == ScalarType.Float64
                ? inputs.cpu()
                : throw new ArgumentException($"inputs of {inputs.dtype}, not of Float64", nameof(inputs)),
            columns,
            ScalarType.Float64)
    {
    }

    private NetworkJacobian(
        NetworkLayout layout,
        ImmutableArray<Tensor> weights,
        Tensor inputs,
        ImmutableArray<ColumnRange> columns,
        ScalarType type)
    {
        if (inputs.shape[0] < 1)
            throw new ArgumentException("there is no example to differentiate", nameof(inputs));
        _layout = layout;
        _inputs = inputs;
        Examples = inputs.shape[0];
        CheckFinite(layout, weights, inputs);
        // A weight without gradients would leave its layer's output without a graph to take cotangents from.
        _weights =
        [
            .. weights.Zip(
                layout.Parameters,
                (weight, parameter) => weight.detach().to(type, inputs.device, copy: true)
                    .requires_grad_(parameter.Slot.Role != ParameterRole.Buffer)),
        ];
        using IDisposable scope = NewDisposeScope();
        Tape tape = new();
        Tensor outputs = Forward(0, 1, tape); // [1, K]
        Outputs = checked((int)outputs.shape[1]);
        ImmutableArray<FactorBlock> blocks = TapedFactors.Of(outputs, tape);
        _wanted = WantedLayer.Of(layout, [.. blocks.Select(block => block.Columns)], columns);
        if (_wanted.IsEmpty)
            throw new ArgumentException("no column of the Jacobian is wanted", nameof(columns));
        Shapes = [.. _wanted.Select(layer => blocks[layer.OnTape].Select(layer.Columns))];
        foreach (Tensor factor in Shapes.SelectMany(block => block.Factors))
            factor.MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The Jacobian with its factors on the inputs' device and in their element type, by libtorch's own operations: for
    /// <see cref="DeviceGram"/> and <see cref="DeviceRowOperator"/>, and not for the CPU's engine.
    /// </summary>
    /// <param name="layout">The network.</param>
    /// <param name="weights">One for each of the layout's parameters; copied. The copies are the caller's dispose
    /// scope's.</param>
    /// <param name="inputs">[n, ...], binary64 or binary32, on any device.</param>
    /// <param name="columns">The wanted columns, counted over all weights; buffers have none.</param>
    /// <exception cref="ArgumentException">As the constructor.</exception>
    public static NetworkJacobian OnDevice(
        NetworkLayout layout, ImmutableArray<Tensor> weights, Tensor inputs, ImmutableArray<ColumnRange> columns) =>
        inputs.dtype is ScalarType.Float64 or ScalarType.Float32
            ? new(layout, weights, inputs, columns, inputs.dtype)
            : throw new ArgumentException($"inputs of {inputs.dtype}, not of Float64 or Float32", nameof(inputs));

    /// <inheritdoc/>
    public override long Examples { get; }

    /// <inheritdoc/>
    public override int Outputs { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> Layers => [.. _wanted.Select(layer => layer.Name)];

    /// <inheritdoc/>
    public override ImmutableArray<FactorBlock> Shapes { get; }

    /// <inheritdoc/>
    public override ImmutableArray<FactorBlock> Factors(long first, long count, IReadOnlyList<int> layers)
    {
        Tape tape = new();
        Tensor outputs = Forward(first, count, tape); // [count, K]
        ImmutableArray<FactorBlock> blocks =
            TapedFactors.Of(outputs, tape, [.. layers.Select(layer => _wanted[layer].OnTape)]);
        ImmutableArray<FactorBlock> wanted =
            [.. blocks.Zip(layers, (block, layer) => block.Select(_wanted[layer].Columns))];
        foreach ((FactorBlock block, int layer) in wanted.Zip(layers))
        {
            if (!block.Factors.All(IsFinite))
            {
                throw new NotFiniteException(FormattableString.Invariant(
                    $"the network's values at {_wanted[layer].Name} are not finite for some of the examples {first} to {first + count - 1}"));
            }
        }

        return wanted;
    }

    /// <summary>
    /// f of neighbouring examples, on memory of their own: last bits may depend on the alignment of a part.
    /// </summary>
    private Tensor Forward(long first, long count, Tape tape) =>
        _layout.Forward(_inputs.narrow(0, first, count).clone(), _weights, ForwardPass.Taped(tape));

    /// <summary>One sum settles it unless it overflows.</summary>
    private static bool IsFinite(Tensor factor)
    {
        using Tensor sum = factor.detach().sum(ScalarType.Float64);
        return double.IsFinite(sum.item<double>()) || factor.isfinite().all().item<bool>();
    }

    private static void CheckFinite(NetworkLayout layout, ImmutableArray<Tensor> weights, Tensor inputs)
    {
        using IDisposable scope = NewDisposeScope();
        using IDisposable graphless = no_grad();
        foreach ((Tensor weight, NamedParameter parameter) in weights.Zip(layout.Parameters))
        {
            if (!weight.isfinite().all().item<bool>())
                throw new NotFiniteException($"the parameter {parameter.Name} has NaN or infinite entries");
        }

        Tensor finite = inputs.isfinite().flatten(1).all(1); // [n]
        if (!finite.all().item<bool>())
        {
            long example = finite.logical_not().to(ScalarType.Int64).argmax().item<long>();
            throw new NotFiniteException(
                FormattableString.Invariant($"the input of example {example} has NaN or infinite entries"));
        }
    }

    /// <summary>A layer of the tape that has wanted columns.</summary>
    /// <param name="Name">The layer's name: what its parameters' names have in common.</param>
    /// <param name="OnTape">Its place among the tape's layers.</param>
    /// <param name="Columns">The wanted columns, counted within the layer.</param>
    private sealed record WantedLayer(string Name, int OnTape, ImmutableArray<ColumnRange> Columns)
    {
        /// <summary>The wanted layers, in the order of the columns.</summary>
        public static ImmutableArray<WantedLayer> Of(
            NetworkLayout layout, ImmutableArray<long> tape, ImmutableArray<ColumnRange> columns)
        {
            Queue<NamedParameter> parameters =
                new(layout.Parameters.Where(parameter => parameter.Slot.Role != ParameterRole.Buffer));
            ImmutableArray<WantedLayer>.Builder wanted = ImmutableArray.CreateBuilder<WantedLayer>();
            long first = 0;
            for (int layer = 0; layer < tape.Length; layer++)
            {
                string name = "";
                for (long taken = 0; taken < tape[layer];)
                {
                    if (!parameters.TryDequeue(out NamedParameter? parameter)
                        || parameter.Slot.Shape.Count > tape[layer] - taken)
                        throw Unknown(parameter?.Name ?? "behind the last one", layer);
                    name = parameter.Name[..parameter.Name.LastIndexOf('.')];
                    taken += parameter.Slot.Shape.Count;
                }

                ImmutableArray<ColumnRange> own = ColumnRange.Within(columns, new ColumnRange(first, tape[layer]));
                if (!own.IsEmpty)
                    wanted.Add(new WantedLayer(name, layer, own));
                first += tape[layer];
            }

            if (parameters.TryDequeue(out NamedParameter? left))
                throw Unknown(left.Name, tape.Length);
            return wanted.ToImmutable();
        }

        private static InvalidOperationException Unknown(string parameter, int layer) => new(
            FormattableString.Invariant($"a parameter before or at {parameter} has no factor block: ")
            + FormattableString.Invariant($"the tape's layer {layer} does not fit the parameters"));
    }
}
