using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// The rows of a network's Jacobian on demand, in chunks of <see cref="ChunkExamples"/> examples: one taped forward
/// pass
/// in binary64, K backward passes, and each layer's columns written in place. Cost of all rows: about (1 + 2K) n
/// forward passes.
/// </summary>
public sealed unsafe class NetworkRowTiles : RowTiles
{
    /// <summary>
    /// Examples of a chunk: few enough that a layer's images stay in cache, enough that libtorch's overhead of an
    /// operation does not count. A constant, for the bits depend on it.
    /// </summary>
    public const int ChunkExamples = 8;

    private readonly NetworkLayout _layout;
    private readonly ImmutableArray<Tensor> _weights;
    private readonly ImmutableArray<ColumnRange> _columns;
    private readonly Tensor _inputs;
    private readonly int _classes;

    /// <summary>Takes a network at some weights over some inputs.</summary>
    /// <param name="layout">The network.</param>
    /// <param name="weights">One tensor for each parameter, binary64 on the CPU; they stay the caller's.</param>
    /// <param name="inputs">The examples [n, ...], binary64 on the CPU; they stay the caller's.</param>
    /// <param name="outputs">K.</param>
    /// <param name="columns">The wanted columns, in order, each range within one layer.</param>
    /// <exception cref="ArgumentException">There is no example, or weights or inputs are not binary64, not on the CPU
    /// or not finite.</exception>
    public NetworkRowTiles(
        NetworkLayout layout,
        ImmutableArray<Tensor> weights,
        Tensor inputs,
        int outputs,
        ImmutableArray<ColumnRange> columns)
    {
        if (inputs.shape[0] == 0)
            throw new ArgumentException("a Jacobian needs at least one example", nameof(inputs));
        Require(inputs, "the inputs", nameof(inputs));
        for (int i = 0; i < weights.Length; i++)
            Require(weights[i], layout.Parameters[i].Name, nameof(weights));
        (_layout, _weights, _columns, _inputs, _classes) = (layout, weights, columns, inputs, outputs);
        Rows = checked((int)(inputs.shape[0] * outputs));
        Columns = checked((int)columns.Sum(range => range.Count));
    }

    /// <inheritdoc/>
    public override int Rows { get; }

    /// <inheritdoc/>
    public override int Columns { get; }

    /// <inheritdoc/>
    public override int ChunkRows => ChunkExamples * _classes;

    /// <inheritdoc/>
    public override double FormingFlops => (1 + (2.0 * _classes)) * _inputs.shape[0] * _layout.ForwardFlops;

    /// <inheritdoc/>
    public override double FormingBytes => 8.0 * ChunkRows * Math.Max(1, Columns) * 2;

    /// <inheritdoc/>
    public override void Form(int chunk, double* rows, long stride)
    {
        using IDisposable scope = NewDisposeScope();
        long first = (long)chunk * ChunkExamples, count = Math.Min(ChunkExamples, _inputs.shape[0] - first);
        Tape tape = new();
        // Weights of a thread's own: a graph over shared ones would be shared too.
        ImmutableArray<Tensor> leaves =
        [
            .. _weights.Zip(_layout.Parameters, (weight, parameter) =>
                weight.detach().requires_grad_(parameter.Slot.Role != ParameterRole.Buffer)),
        ];
        Tensor outputs = _layout.Forward(_inputs.narrow(0, first, count), leaves, ForwardPass.Taped(tape)); // [n, K]
        IEnumerable<FactorBlock> blocks = TapedFactors.Of(outputs, tape);
        using IDisposable graphless = no_grad();
        long column = 0;
        int range = 0;
        double* target = rows;
        foreach (FactorBlock block in blocks)
        {
            long end = column + block.Columns;
            int from = range;
            long wanted = 0;
            for (; range < _columns.Length && _columns[range].End <= end; range++)
                wanted += _columns[range].Count;
            if (wanted == block.Columns)
            {
                FactorRows.Write(block, target, stride);
                target += wanted;
            }
            else
            {
                foreach (ColumnRange part in _columns[from..range])
                {
                    FactorRows.Write(block, part with { First = part.First - column }, target, stride);
                    target += part.Count;
                }
            }

            column = end;
        }
    }

    private static void Require(Tensor tensor, string name, string parameter)
    {
        using IDisposable scope = NewDisposeScope();
        if (tensor.dtype != ScalarType.Float64 || tensor.device_type != TorchSharp.DeviceType.CPU)
            throw new ArgumentException($"{name}: a Jacobian's rows are formed in binary64 on the CPU", parameter);
        if (!tensor.detach().isfinite().all().item<bool>())
            throw new NotFiniteException($"{name}: NaN or infinite entries");
    }
}
