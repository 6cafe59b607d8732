using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// (A - B)(A - B)^T of two Jacobians of the same network on the same examples, of order nK, by products with A, B and
/// their transposes: its largest eigenvalue is ||A - B||^2.
/// </summary>
/// <param name="first">A.</param>
/// <param name="second">B.</param>
public sealed unsafe class JacobianDifference(JacobianOperator first, JacobianOperator second) : SymmetricOperator
{
    /// <inheritdoc/>
    public override int Order { get; } = checked((int)first.Rows);

    /// <inheritdoc/>
    public override int LeftRows => 0;

    /// <inheritdoc/>
    public override long LongestSide { get; } = Math.Max(first.Rows, first.Columns);

    /// <summary>NaN: no pass forms an entry.</summary>
    public override double Trace => double.NaN;

    /// <inheritdoc/>
    public override double Flops(int count) => 8.0 * first.Columns * first.Rows * count;

    /// <inheritdoc/>
    public override double ScratchBytes(int count) => 8.0 * count * ((3.0 * first.Columns) + (3.0 * first.Rows));

    /// <summary>
    /// ||A - B||: the value from Ritz's, which is a lower bound, and above it what its residual leaves open.
    /// </summary>
    /// <param name="seed">Of the start block.</param>
    /// <param name="threads">Workers; their number changes no bit.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Enclosure Norm(ulong seed, int threads, CancellationToken cancellation)
    {
        using WorkerTeam team = new(threads);
        TopSpectrum top = BlockKrylov.Compute(this, KrylovSettings.For(1, seed), team, new Unheard(), cancellation);
        return top.Values.IsEmpty
            ? new Enclosure(0, 0, double.IsNaN(top.Next) ? top.TrustFloor : top.Next)
            : Enclosure.Around(top.Values[0], top.ValueBound(0));
    }

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
        Tensor given = empty(count, Order, dtype: ScalarType.Float64);
        new ReadOnlySpan<double>(vectors, checked(count * Order)).CopyTo(TensorMemory.Span(given));
        Tensor columns = given.t().contiguous(); // [nK, b]
        Tensor pulled = first.TransposeTimes(columns, cancellation)
            .sub_(second.TransposeTimes(columns, cancellation)); // [p, b]
        Tensor pushed = first.Times(pulled, cancellation).sub_(second.Times(pulled, cancellation)); // [nK, b]
        TensorMemory.Span(pushed.t().contiguous()).CopyTo(new Span<double>(images, checked(count * Order)));
        progress.Report(1);
    }

    private sealed class Unheard : IProgress<KrylovProgress>
    {
        public void Report(KrylovProgress value)
        {
        }
    }
}
