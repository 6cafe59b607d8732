using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// G = J J^T as an operator, from the layers' factors and without J or G: J (J^T U) by <see cref="JacobianOperator"/>.
/// Cost of a product with b vectors: about 2 b forward passes' flops, and differentiating all examples: once altogether
/// where the factors fit in the memory that they may take, else in every product twice.
/// </summary>
public sealed unsafe class FactorGram : SymmetricOperator, IDisposable
{
    private readonly JacobianSource _source;
    private readonly KeptSource? _kept;
    private readonly double _forwardFlops;

    /// <summary>Takes a Jacobian; nothing is differentiated yet.</summary>
    /// <param name="source">Its factors.</param>
    /// <param name="forwardFlops">Flops of a forward pass of all examples, for <see cref="Flops"/>.</param>
    /// <param name="keptBytes">The most bytes that all factors may take to be kept.</param>
    public FactorGram(JacobianSource source, double forwardFlops, double keptBytes)
    {
        (_source, _forwardFlops) = (source, forwardFlops);
        _kept = KeptSource.Bytes(source) <= keptBytes ? new KeptSource(source) : null;
        Order = checked((int)source.Rows);
        LongestSide = Math.Max(Order, source.Shapes.Sum(block => block.Columns));
    }

    /// <summary>Whether the factors stay in memory after the first product.</summary>
    public bool IsKept => _kept is not null;

    /// <inheritdoc/>
    public override int Order { get; }

    /// <inheritdoc/>
    public override int LeftRows => 0;

    /// <inheritdoc/>
    public override long LongestSide { get; }

    /// <summary>NaN always: no product meets the matrix' diagonal.</summary>
    public override double Trace => double.NaN;

    /// <inheritdoc/>
    public override double Flops(int count) =>
        (2 * count * _forwardFlops) + (IsKept ? 0 : 2 * (1 + (2.0 * _source.Outputs)) * _forwardFlops);

    /// <inheritdoc/>
    public override double ScratchBytes(int count) =>
        (IsKept ? KeptSource.Bytes(_source) : 0) + (8.0 * count * 2 * LongestSide);

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
        JacobianOperator jacobian = new(_kept ?? _source, team.Threads);
        // Memory of libtorch's own: the last bits of a product depend on where its operands lie.
        Tensor block = zeros(Order, count, dtype: ScalarType.Float64); // U [nK, b]
        Transpose(vectors, TensorMemory.Pointer(block), count, Order);
        Tensor pulled = jacobian.TransposeTimes(block, cancellation); // [p, b]
        progress.Report(0.5);
        Tensor pushed = jacobian.Times(pulled, cancellation).contiguous(); // [nK, b]
        Transpose(TensorMemory.Pointer(pushed), images, Order, count);
        progress.Report(1);
    }

    /// <inheritdoc/>
    public void Dispose() => _kept?.Dispose();

    /// <summary>Writes A [rows, columns] as A^T, both row-major.</summary>
    private static void Transpose(double* source, double* target, int rows, int columns)
    {
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                target[((long)column * rows) + row] = source[((long)row * columns) + column];
        }
    }
}
