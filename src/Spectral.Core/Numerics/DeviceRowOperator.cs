using System.Collections.Immutable;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// J^T J applied on the device where the source's factors are: in chunks of examples J's rows are formed, Y = J V and
/// Z += J^T Y. The rows are differentiated in the factors' element type and multiplied in binary64. As many of them as there
/// is room for stay on the device from the first pass on, so that later ones are nothing but products.
/// </summary>
public sealed unsafe class DeviceRowOperator : SymmetricOperator, IDisposable
{
    private readonly JacobianSource _source;
    private readonly int[] _layers;
    private readonly int _chunk;
    private readonly Action<string> _told;
    private readonly Dictionary<long, Tensor> _kept = [];
    private double _room;
    private double _trace = double.NaN;

    /// <summary>Takes a Jacobian.</summary>
    /// <param name="source">Its factors lie on one device, in one element type.</param>
    /// <param name="tiling">How many examples' rows at once, on which the bits depend, and the memory for those that
    /// stay.</param>
    /// <param name="told">Told, in a sentence, where memory runs out and rows do not stay.</param>
    public DeviceRowOperator(JacobianSource source, DeviceTiling tiling, Action<string> told)
    {
        (_source, _told, _room) = (source, told, tiling.KeptBytes);
        Device = source.Shapes[0].Factors[0].device;
        _layers = [.. Enumerable.Range(0, source.Layers.Length)];
        long columns = source.Shapes.Sum(block => block.Columns);
        Order = checked((int)columns);
        LeftRows = checked((int)source.Rows);
        long fitting = Math.Max(1, tiling.RowBytes / (8 * columns * source.Outputs));
        _chunk = (int)Math.Min(tiling.ChunkExamples, fitting);
    }

    /// <summary>Where the rows are.</summary>
    internal Device Device { get; }

    /// <inheritdoc/>
    public override int Order { get; }

    /// <inheritdoc/>
    public override int LeftRows { get; }

    /// <inheritdoc/>
    public override long LongestSide => Math.Max(Order, LeftRows);

    /// <inheritdoc/>
    public override double Trace => _trace;

    /// <inheritdoc/>
    public override double Flops(int count) => 4.0 * LeftRows * Order * count;

    /// <inheritdoc/>
    public override double ScratchBytes(int count) => 8.0 * count * ((2.0 * Order) + LeftRows);

    /// <inheritdoc/>
    public override void Apply(
        double* vectors,
        int count,
        double* images,
        double* left,
        WorkerTeam team,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        using IDisposable scope = NewDisposeScope();
        Tensor block = Copied(vectors, count, Order).to(Device); // V^T [count, d]
        Tensor sum = empty([count, Order], ScalarType.Float64, Device);
        Tensor products = empty([count, LeftRows], ScalarType.Float64, Device);
        Apply(block, sum, products, progress, cancellation);
        CopyTo(sum, images);
        CopyTo(products, left);
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    /// <summary>One pass on the device: Z^T [count, d] and Y^T [count, nK] for V^T [count, d].</summary>
    internal void Apply(
        Tensor block, Tensor images, Tensor left, IProgress<double> progress, CancellationToken cancellation)
    {
        using IDisposable graphless = no_grad();
        using IDisposable scope = NewDisposeScope();
        bool isFirst = double.IsNaN(_trace);
        Tensor trace = zeros([], ScalarType.Float64, Device);
        images.zero_();
        for (long first = 0; first < _source.Examples; first += _chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            using IDisposable inner = NewDisposeScope();
            long examples = Math.Min(_chunk, _source.Examples - first), size = examples * _source.Outputs;
            Tensor rows = Rows(first, examples).to(ScalarType.Float64); // [size, d]
            if (isFirst)
                trace.PlusInPlace(rows.Squared().sum());
            Tensor moved = block.mm(rows.t()); // [count, size]
            left.narrow(1, first * _source.Outputs, size).copy_(moved);
            images.addmm_(moved, rows, 1, 1);
            progress.Report((double)(first + examples) / _source.Examples);
        }

        if (isFirst)
            _trace = Checked(trace.item<double>());
    }

    /// <inheritdoc/>
    internal override KrylovVectors Vectors(KrylovSettings settings, WorkerTeam team)
    {
        _room -= DeviceKrylovVectors.Bytes(settings, Order, LeftRows);
        return new DeviceKrylovVectors(this, settings);
    }

    /// <summary>J's rows of a chunk, in the factors' element type: those that stayed, or new ones.</summary>
    private Tensor Rows(long first, long count)
    {
        if (_kept.TryGetValue(first, out Tensor? kept))
            return kept;
        Tensor rows = Formed(first, count);
        double bytes = (double)rows.numel() * rows.ElementSize;
        if (bytes <= _room)
        {
            _room -= bytes;
            _kept[first] = rows.DetachFromDisposeScope();
        }

        return rows;
    }

    private Tensor Formed(long first, long count)
    {
        try
        {
            return New(first, count);
        }
        catch (ExternalException failure) when (DeviceHalving.IsOutOfMemory(failure) && _kept.Count > 0)
        {
            _told("the device's memory ran out: rows of J are formed anew in every pass from here on");
            Forget();
            return New(first, count);
        }
    }

    private Tensor New(long first, long count)
    {
        using IDisposable scope = NewDisposeScope();
        ImmutableArray<FactorBlock> blocks;
        using (enable_grad())
            blocks = _source.Factors(first, count, _layers);
        return cat([.. blocks.Select(part => part.Explicit())], dim: 1).MoveToOuterDisposeScope();
    }

    /// <summary>Gives back what stayed, and keeps nothing more.</summary>
    private void Forget()
    {
        foreach (Tensor rows in _kept.Values)
            rows.Dispose();
        _kept.Clear();
        _room = 0;
    }

    private static double Checked(double trace) => double.IsFinite(trace)
        ? trace
        : throw new NotFiniteException("the Jacobian has NaN or infinite entries, or their squares have");

    private static Tensor Copied(double* from, long rows, long columns)
    {
        Tensor copy = empty([rows, columns], ScalarType.Float64);
        long bytes = sizeof(double) * rows * columns;
        Buffer.MemoryCopy(from, TensorMemory.Pointer(copy), bytes, bytes);
        return copy;
    }

    private static void CopyTo(Tensor matrix, double* target)
    {
        using Tensor here = matrix.cpu();
        long bytes = sizeof(double) * here.numel();
        Buffer.MemoryCopy(TensorMemory.Pointer(here), target, bytes, bytes);
    }
}
