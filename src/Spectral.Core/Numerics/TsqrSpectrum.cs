using System.Collections.Immutable;
using static TorchSharp.torch;

namespace Spectral.Core.Numerics;

/// <summary>
/// A Jacobian's full spectrum to the last digits: J's columns are streamed through a QR that keeps one triangle, and
/// the triangle gets an SVD. J is never whole in memory, and no singular value is squared: what the Gram matrix loses
/// below 1e-8 sigma_1 is there.
/// </summary>
public static unsafe class TsqrSpectrum
{
    /// <summary>
    /// The error of a singular value that is allowed for, in units of u ||J||_F; at most 20.5 was measured.
    /// </summary>
    public const double ErrorFactor = 32;

    /// <summary>The largest nK: beyond it LAPACK counts its workspace in too few bits.</summary>
    public const int LargestOrder = Lapack.LargestSvdOrder;

    /// <summary>
    /// The absolute error of a singular value is taken as at most 32 u ||J||_F, for rounding in J, in the QR and in the
    /// SVD together: it does not grow with p, because errors of entries fall at random and in proportion to the
    /// entries. The factor is calibrated, not proved (docs/accuracy.md).
    /// </summary>
    /// <param name="frobeniusNorm">||J||_F.</param>
    public static double TrustFloor(double frobeniusNorm) => ErrorFactor * UnitRoundoff.Float64 * frobeniusNorm;

    /// <summary>Decomposes J and expresses vectors of R^{nK} in its left singular vectors.</summary>
    /// <param name="rows">nK, 1 to <see cref="LargestOrder"/>.</param>
    /// <param name="blocks">J's columns in blocks [nK, w], binary64, on the CPU; each is read once and not kept. Blocks
    /// of nK/4 to nK columns are fast.</param>
    /// <param name="vectors">The vectors as columns [nK, m].</param>
    /// <param name="settings">Threads and cancellation.</param>
    /// <returns>Spectrum, projections in the order of the vectors, and U [nK, min(nK, p)] as columns, owned by the
    /// caller.</returns>
    /// <remarks>2 p N^2 flops for the triangle and about 22 N^3 on one thread for its SVD, N = nK; memory about 9 N^2
    /// elements at its peak, in the SVD.</remarks>
    /// <exception cref="PlatformNotSupportedException">libtorch is not loaded or shows no BLAS.</exception>
    /// <exception cref="ArgumentException">A block has another shape or type, or is not finite.</exception>
    public static (
        SingularSpectrum Spectrum, ImmutableArray<ProjectedVector> Vectors, AlignedMatrix LeftVectors) Decompose(
        long rows, IEnumerable<Tensor> blocks, AlignedMatrix vectors, EigenSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, LargestOrder);
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Rows, rows, nameof(vectors));
        int n = (int)rows;
        if (!Blas.IsAvailable)
            throw new PlatformNotSupportedException("libtorch is not loaded, or this build of it shows no BLAS");
        using StreamedTriangle triangle = new(n);
        using RandomReflection reflection = new(n);
        using WorkerTeam team = new(settings.Threads);
        long columns = 0;
        int before = Blas.UseThreads(1);
        try
        {
            foreach (Tensor block in blocks)
            {
                using AlignedMatrix copy = Copy(block, rows);
                // Equal rows and equal columns have equal rounding errors, which would add up.
                reflection.Reflect(copy.Pointer, (int)copy.Columns);
                using RandomReflection across = new((int)copy.Columns);
                across.ReflectFromTheRight(copy.Pointer, n);
                triangle.Add(copy, team, settings.Cancellation);
                columns += copy.Columns;
            }

            int rank = (int)Math.Min(rows, columns);
            double[] sigma = new double[n];
            using AlignedMatrix left = new(n, n);
            // LAPACK sees L^T, whose right vectors are L's left ones: U lies row-major where it puts V^T column-major.
            fixed (double* values = sigma)
                Lapack.Svd(n, triangle.Lower.Pointer, values, left.Pointer);
            AlignedMatrix kept = LeadingColumns(left, rank, reflection);
            double floor = TrustFloor(Math.Sqrt(sigma.Sum(value => value * value)));
            SingularSpectrum spectrum = new([.. sigma.AsSpan(0, rank)], floor, rows, columns, "tsqr");
            return (spectrum, LeftProjection.Of(vectors, kept), kept);
        }
        finally
        {
            _ = Blas.UseThreads(before);
        }
    }

    private static AlignedMatrix Copy(Tensor block, long rows)
    {
        if (block.dtype != ScalarType.Float64 || block.shape.Length != 2 || block.shape[0] != rows)
            throw new ArgumentException("a block of columns is [nK, w] in binary64", nameof(block));
        AlignedMatrix copy = new(rows, block.shape[1]);
        long some = Math.Max(1, (1L << 24) / Math.Max(1, block.shape[1]));
        for (long from = 0; from < rows; from += some)
        {
            using IDisposable scope = NewDisposeScope();
            long count = Math.Min(some, rows - from);
            Tensor part = block.narrow(0, from, count).contiguous();
            if (!part.isfinite().all().item<bool>())
            {
                copy.Dispose();
                throw new NotFiniteException("the Jacobian has NaN or infinite entries");
            }

            part.data<double>().ToArray().CopyTo(new Span<double>(copy.Row(from), (int)(count * copy.Columns)));
        }

        return copy;
    }

    /// <summary>
    /// The first columns, each with its entry of largest magnitude positive: a singular vector's sign is free.
    /// </summary>
    private static AlignedMatrix LeadingColumns(AlignedMatrix left, int count, RandomReflection reflection)
    {
        AlignedMatrix kept = new(left.Rows, count);
        for (long i = 0; i < left.Rows; i++)
            new Span<double>(left.Row(i), count).CopyTo(new Span<double>(kept.Row(i), count));
        reflection.Reflect(kept.Pointer, count);
        LeftProjection.FixSigns(kept);
        return kept;
    }
}
