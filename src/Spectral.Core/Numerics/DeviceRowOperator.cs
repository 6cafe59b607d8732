using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// J^T J applied on the device where the source's factors are: in chunks of examples J's rows are formed, Y = J V and
/// Z += J^T Y. The rows are differentiated in the factors' element type and multiplied in binary64. Basis and
/// orthogonalisation stay in the CPU's memory: what crosses is a block of vectors and its images, once in a pass.
/// </summary>
public sealed unsafe class DeviceRowOperator : SymmetricOperator
{
    private readonly JacobianSource _source;
    private readonly Device _device;
    private readonly int[] _layers;
    private readonly int _chunk;
    private double _trace = double.NaN;

    /// <summary>Takes a Jacobian.</summary>
    /// <param name="source">Its factors lie on one device, in one element type.</param>
    /// <param name="tiling">How many examples' rows at once; the bits depend on it.</param>
    public DeviceRowOperator(JacobianSource source, DeviceTiling tiling)
    {
        _source = source;
        _device = source.Shapes[0].Factors[0].device;
        _layers = [.. Enumerable.Range(0, source.Layers.Length)];
        long columns = source.Shapes.Sum(block => block.Columns);
        Order = checked((int)columns);
        LeftRows = checked((int)source.Rows);
        long fitting = Math.Max(1, tiling.RowBytes / (8 * columns * source.Outputs));
        _chunk = (int)Math.Min(tiling.ChunkExamples, fitting);
    }

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
        using IDisposable graphless = no_grad();
        Tensor block = Copied(vectors, count, Order).to(_device); // V^T [count, p]
        Tensor sum = zeros([count, Order], ScalarType.Float64, _device); // Z^T [count, p]
        Tensor products = empty([count, LeftRows], ScalarType.Float64, _device); // Y^T [count, nK]
        bool isFirst = double.IsNaN(_trace);
        Tensor trace = zeros([], ScalarType.Float64, _device);
        for (long first = 0; first < _source.Examples; first += _chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            using IDisposable inner = NewDisposeScope();
            long examples = Math.Min(_chunk, _source.Examples - first), size = examples * _source.Outputs;
            Tensor rows = Rows(first, examples); // [size, p]
            if (isFirst)
                trace.PlusInPlace(rows.Squared().sum());
            Tensor moved = block.mm(rows.t()); // [count, size]
            products.narrow(1, first * _source.Outputs, size).copy_(moved);
            sum.addmm_(moved, rows, 1, 1);
            progress.Report((double)(first + examples) / _source.Examples);
        }

        if (isFirst)
            _trace = Checked(trace.item<double>());
        CopyTo(sum, images);
        CopyTo(products, left);
    }

    /// <summary>J's rows of some examples, binary64.</summary>
    private Tensor Rows(long first, long count)
    {
        using IDisposable scope = NewDisposeScope();
        ImmutableArray<FactorBlock> blocks;
        using (enable_grad())
            blocks = _source.Factors(first, count, _layers);
        return cat([.. blocks.Select(part => part.Explicit())], dim: 1).to(ScalarType.Float64).MoveToOuterDisposeScope();
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
