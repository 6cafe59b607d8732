using System.Collections.Immutable;
using System.Diagnostics;

namespace Spectral.Core.Numerics;

/// <summary>
/// The largest singular values and left vectors of a Jacobian by a block Krylov method: full reorthogonalisation in two
/// Gram-Schmidt passes, Rayleigh-Ritz on the whole basis, thick restart. A block that loses rank is filled up with new
/// random vectors, so that an invariant subspace ends nothing early.
/// </summary>
/// <remarks>
/// Source: Golub and Underwood 1977 (block Lanczos); Musco and Musco, arXiv:1504.05477 (why the whole basis is kept).
/// Works on squares: use it for the information space, never for the small end.
/// </remarks>
public static class BlockKrylov
{
    /// <summary>Computes the largest pairs. Cost: <see cref="KrylovSettings.Flops"/>; one run of an operator a
    /// pass.</summary>
    /// <param name="matrix">G = J J^T, or J^T J with J's products beside it.</param>
    /// <param name="settings">What is wanted; a count above the rank gives what there is.</param>
    /// <param name="team">The threads; their number changes no bit.</param>
    /// <param name="progress">Told of every pass.</param>
    /// <param name="cancellation">Looked at between tasks.</param>
    /// <returns>The pairs above the trust floor, converged or not, as <see cref="TopSpectrum.IsConverged"/>
    /// says.</returns>
    /// <exception cref="ArgumentException">J has NaN or infinite entries, or a setting is out of range.</exception>
    /// <exception cref="OperationCanceledException">The caller asked to stop.</exception>
    public static TopSpectrum Compute(
        SymmetricOperator matrix,
        KrylovSettings settings,
        WorkerTeam team,
        IProgress<KrylovProgress> progress,
        CancellationToken cancellation)
    {
        settings = settings.FittedTo(matrix);
        Stopwatch orthogonalization = Stopwatch.StartNew();
        using KrylovBasis basis = new(matrix, settings, team);
        int passes = 0, converged = 0;
        while (true)
        {
            basis.MakeRoom();
            orthogonalization.Stop();
            passes++;
            basis.Apply(new PassProgress(progress, passes, converged), cancellation);
            orthogonalization.Start();
            basis.Absorb();
            converged = Converged(matrix, settings, basis);
            if (converged == settings.Count || basis.Width == 0 || passes == settings.MaximumPasses)
                break;
        }

        TopSpectrum spectrum = Extract(matrix, settings, basis);
        return spectrum with { Passes = passes, OrthogonalizationTime = orthogonalization.Elapsed };
    }

    /// <summary>How many of the wanted pairs have a residual within the tolerance, or at rounding, from the largest
    /// on.</summary>
    private static int Converged(SymmetricOperator matrix, KrylovSettings settings, KrylovBasis basis)
    {
        int index = 0;
        while (index < settings.Count && index < basis.Count && Meets(index))
            index++;
        return index;

        bool Meets(int pair)
        {
            double theta = Math.Max(0, basis.RitzValues[pair]);
            double plain = basis.Residual(basis.RitzCoordinates, basis.Count, pair);
            return IsAccurate(matrix, settings, basis, plain, LeftResidual(matrix, basis, plain, theta), theta);
        }
    }

    /// <summary>
    /// Whether a pair needs no more passes. A theta that is nothing but rounding, where J has no such many values, is
    /// settled only when the basis has all the energy of J: else the rest of the space may hold larger ones.
    /// </summary>
    private static bool IsAccurate(
        SymmetricOperator matrix,
        KrylovSettings settings,
        KrylovBasis basis,
        double plain,
        double residual,
        double theta) =>
        theta <= Sums(matrix)
            ? Math.Abs(matrix.Trace - basis.ProjectedTrace) <= Sums(matrix)
            : plain <= basis.Rounding || residual <= settings.Tolerance * theta;

    /// <summary>The error of a sum of all squares of J.</summary>
    private static double Sums(SymmetricOperator matrix) =>
        2 * UnitRoundoff.Float64 * matrix.LongestSide * Math.Abs(matrix.Trace);

    /// <summary>
    /// ||G u - theta u|| where A = J^T J and u = J v / sigma: it is ||J r|| / sigma with r = A v - theta v, which lies
    /// in
    /// the next block. That is orthogonal to the basis, where J is no larger than the energy that the basis has not.
    /// </summary>
    private static double LeftResidual(SymmetricOperator matrix, KrylovBasis basis, double plain, double theta)
    {
        if (matrix.LeftRows == 0 || theta == 0)
            return plain + basis.Rounding;
        double beyond = Math.Max(0, matrix.Trace - basis.ProjectedTrace) + Sums(matrix);
        double norm = Math.Sqrt(Math.Min(beyond, basis.RitzValues[0] * 1.01));
        return (plain * norm / Math.Sqrt(theta)) + basis.Rounding;
    }

    private static TopSpectrum Extract(SymmetricOperator matrix, KrylovSettings settings, KrylovBasis basis)
    {
        int count = Math.Min(settings.Count, basis.Count), rows = matrix.LeftRows == 0 ? matrix.Order : matrix.LeftRows;
        (double[] sigma, double[] coordinates, double[] left) = matrix.LeftRows == 0
            ? OfGram(basis, count)
            // Where A = J^T J: the left images J V have the Ritz values without their being squared, and their left vectors
            // are orthonormal to rounding.
            : basis.DecomposeLeft();
        double largest = sigma.Length == 0 ? 0 : sigma[0];
        double floor = largest * Math.Sqrt(2 * UnitRoundoff.Float64 * matrix.LongestSide);
        int columns = coordinates.Length / basis.Count;
        double[] plain = [.. sigma.Select((_, s) => basis.Residual(coordinates, columns, s))];
        double[] residuals = [.. sigma.Select((value, s) => LeftResidual(matrix, basis, plain[s], value * value))];

        int known = 0;
        while (known < count && sigma[known] >= floor && sigma[known] > 0)
            known++;
        double next = known < sigma.Length
            ? Math.Max(floor, Math.Sqrt((sigma[known] * sigma[known]) + residuals[known]))
            : known == rows || known == matrix.Order ? 0 : double.NaN;
        bool converged = Enumerable.Range(0, count).All(s =>
            IsAccurate(matrix, settings, basis, plain[s], residuals[s], sigma[s] * sigma[s]));
        return new TopSpectrum(
            [.. sigma.Take(known)],
            [.. residuals.Take(known)],
            next,
            floor,
            rows,
            matrix.Trace,
            Columns(left, rows, known),
            0,
            converged,
            TimeSpan.Zero);
    }

    /// <summary>Where A = G: sigma from theta, u from the basis.</summary>
    private static (double[] Sigma, double[] Coordinates, double[] Left) OfGram(KrylovBasis basis, int count)
    {
        int wanted = Math.Min(basis.Count, count + 1); // one more, for the gap behind the last
        double[] coordinates = KrylovBasis.Leading(basis.RitzCoordinates, basis.Count, wanted);
        double[] sigma = [.. basis.RitzValues.Take(wanted).Select(theta => Math.Sqrt(Math.Max(0, theta)))];
        return (sigma, coordinates, basis.Combine(coordinates, wanted));
    }

    /// <summary>The first vectors as columns, [nK, count] row-major, each with its entry of largest magnitude
    /// positive.</summary>
    private static ImmutableArray<double> Columns(double[] vectors, int rows, int count)
    {
        ImmutableArray<double>.Builder columns = ImmutableArray.CreateBuilder<double>(rows * count);
        columns.Count = rows * count;
        for (int s = 0; s < count; s++)
        {
            ReadOnlySpan<double> vector = vectors.AsSpan(s * rows, rows);
            double largest = 0;
            foreach (double entry in vector)
                largest = Math.Abs(entry) > Math.Abs(largest) ? entry : largest;
            for (int row = 0; row < rows; row++)
                columns[(row * count) + s] = largest < 0 ? -vector[row] : vector[row];
        }

        return columns.MoveToImmutable();
    }

    private sealed class PassProgress(IProgress<KrylovProgress> inner, int pass, int converged) : IProgress<double>
    {
        public void Report(double value) => inner.Report(new KrylovProgress(pass, value, converged));
    }
}
