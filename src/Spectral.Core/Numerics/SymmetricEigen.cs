using System.Collections.Immutable;
using System.Diagnostics;

namespace Spectral.Core.Numerics;

/// <summary>
/// All eigenvalues of a symmetric matrix A [N, N] and the coordinates of m given vectors in its eigenvectors, which are
/// themselves never formed: A is reduced to a band, the band to a tridiagonal matrix, and that is diagonalised, and
/// each stage turns the m vectors along. Leading eigenvectors come on demand.
/// </summary>
/// <remarks>
/// <para>Cost: 4/3 N^3 flops in matrix products, 6 w N^2 in the band, about 7 N^2 m for the vectors; w = 96. Memory
/// beside A: about 8 N (10 w + m) bytes. A is overwritten; it must stay where it is for as long as leading vectors may
/// be asked for.</para>
/// <para>The method is backward stable: the values are those of A + E with ||E|| a small multiple of u ||A||. The same
/// bits come for any number of threads. Orders above 32,767 are allowed.</para>
/// </remarks>
public sealed unsafe class SymmetricEigen : IDisposable
{
    private readonly RandomReflection _reflection;
    private readonly BandReduction _reduction;
    private readonly SymmetricBand _band;

    private SymmetricEigen(
        ImmutableArray<double> values,
        AlignedMatrix coefficients,
        RandomReflection reflection,
        BandReduction reduction,
        SymmetricBand band)
    {
        (_reflection, _reduction, _band) = (reflection, reduction, band);
        Values = values;
        Coefficients = coefficients;
    }

    /// <summary>The eigenvalues, descending.</summary>
    public ImmutableArray<double> Values { get; }

    /// <summary>
    /// &lt;u_s, v_j&gt; in row j and column s, [m, N], in the order of <see cref="Values"/>. Signs are free; of
    /// eigenvalues that cannot be told apart only the sum of squares means anything.
    /// </summary>
    public AlignedMatrix Coefficients { get; }

    /// <summary>Solves the problem in A's place.</summary>
    /// <param name="a">A: of each row i the elements j &lt;= i are read, the others may hold anything;
    /// overwritten.</param>
    /// <param name="order">N, at least 1.</param>
    /// <param name="stride">Elements from a row to the next, N to 2^31 - 1.</param>
    /// <param name="vectors">The vectors as columns [N, m]; m may be 0. Not changed.</param>
    /// <param name="settings">Threads, progress, cancellation.</param>
    /// <exception cref="PlatformNotSupportedException">libtorch is not loaded or shows no BLAS.</exception>
    /// <exception cref="ArithmeticException">A has NaN or infinite entries.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; A is destroyed.</exception>
    public static SymmetricEigen Solve(
        double* a, int order, long stride, AlignedMatrix vectors, EigenSettings settings) =>
        Solve(LowerTriangle.Of(a, order, stride), vectors, settings);

    /// <summary>Solves the problem in A's place.</summary>
    /// <param name="a">A [N, N], N to 2^31 - 1; overwritten.</param>
    /// <param name="vectors">The vectors as columns [N, m]; m may be 0. Not changed.</param>
    /// <param name="settings">Threads, progress, cancellation.</param>
    /// <exception cref="PlatformNotSupportedException">libtorch is not loaded or shows no BLAS.</exception>
    /// <exception cref="ArithmeticException">A has NaN or infinite entries.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; A is destroyed.</exception>
    public static SymmetricEigen Solve(LowerTriangle a, AlignedMatrix vectors, EigenSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(a.Order, int.MaxValue, nameof(a));
        ArgumentOutOfRangeException.ThrowIfNotEqual(vectors.Rows, a.Order, nameof(vectors));
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Threads, 1, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfNotEqual(settings.Width % 32, 0, nameof(settings));
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Width, 32, nameof(settings));
        if (!Blas.IsAvailable)
            throw new PlatformNotSupportedException("libtorch is not loaded, or this build of it shows no BLAS");
        settings.Cancellation.ThrowIfCancellationRequested();
        return SolveInStages(a, vectors, settings);
    }

    /// <summary>
    /// The eigenvectors of the q largest eigenvalues as orthonormal columns [N, q], the largest first.
    /// </summary>
    /// <remarks>
    /// Inverse iteration on the band, Rayleigh-Ritz over all q, then the first stage's reflections: 2 N^2 q flops and
    /// about 16 w^2 N q for the band's factors; memory 3 N q and 32 N w bytes a thread. ||A u - lambda u|| is a small
    /// multiple of u ||A||.
    /// </remarks>
    /// <param name="count">q, 0 to N.</param>
    /// <param name="settings">Threads and cancellation.</param>
    public AlignedMatrix LeadingVectors(int count, EigenSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _band.Order);
        AlignedMatrix vectors = BandVectors.Find(_band, Values.AsSpan(0, count), settings);
        _reduction.BackTransform(vectors.Pointer, count);
        _reflection.Reflect(vectors.Pointer, count);
        return vectors;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Coefficients.Dispose();
        _reflection.Dispose();
        _reduction.Dispose();
        _band.Dispose();
    }

    private static SymmetricEigen SolveInStages(LowerTriangle a, AlignedMatrix vectors, EigenSettings settings)
    {
        int order = (int)a.Order;
        int m = (int)vectors.Columns, padded = (m + 7) / 8 * 8, width = settings.Width;
        using AlignedMatrix carried = new(order + (3L * width) + 1, padded);
        for (int i = 0; i < order; i++)
            new Span<double>(vectors.Row(i), m).CopyTo(new Span<double>(carried.Row(i), m));
        using WorkerTeam team = new(settings.Threads);
        SymmetricTiles tiles = new(a);
        RandomReflection reflection = new(order);
        BandReduction reduction = new(tiles, width, padded);
        SymmetricBand kept = new(order, width);
        double[] values = new double[order], beside = new double[order];
        try
        {
            reflection.Reflect(carried.Pointer, padded);
            Timed(settings, "dense to band", () => team.RunTogether(worker =>
            {
                tiles.Mirror(team);
                team.Meet();
                reflection.Reflect(team, worker, tiles);
                team.Meet();
                reduction.Run(team, worker, carried.Pointer, padded, part => Report(settings, 0.8 * part));
            }));
            reduction.CopyBand(kept);
            using SymmetricBand band = kept.Copy();
            using BulgeChase chase = new(band, carried);
            Timed(settings, "band to tridiagonal", () => team.RunTogether(worker =>
                chase.Run(
                    team, worker, (reporter, part) => Report(settings, reporter == 0 ? 0.8 + (0.12 * part) : null))));
            chase.CopyTridiagonal(values, beside);
            Timed(settings, "tridiagonal", () =>
            {
                fixed (double* d = values, e = beside)
                {
                    TridiagonalSpectrum.Diagonalise(
                        order, d, e, carried.Pointer, padded, part => Report(settings, 0.92 + (0.08 * part)));
                }
            });
            return new SymmetricEigen(
                Sorted(values, out int[] place), Gather(carried, place, m), reflection, reduction, kept);
        }
        catch
        {
            reflection.Dispose();
            reduction.Dispose();
            kept.Dispose();
            throw;
        }
    }

    /// <summary>Values descending; of equal ones the earlier place first.</summary>
    private static ImmutableArray<double> Sorted(double[] values, out int[] place)
    {
        place = [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i])];
        return [.. place.Select(i => values[i])];
    }

    private static AlignedMatrix Gather(AlignedMatrix carried, int[] place, int m)
    {
        AlignedMatrix coefficients = new(m, place.Length);
        for (int s = 0; s < place.Length; s++)
        {
            for (int j = 0; j < m; j++)
                coefficients[j, s] = carried[place[s], j];
        }

        return coefficients;
    }

    private static void Report(EigenSettings settings, double? part)
    {
        settings.Cancellation.ThrowIfCancellationRequested();
        if (part is { } fraction)
            settings.Progress?.Report(fraction);
    }

    private static void Timed(EigenSettings settings, string stage, Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        settings.Stage?.Invoke(stage, Stopwatch.GetElapsedTime(start));
    }
}
