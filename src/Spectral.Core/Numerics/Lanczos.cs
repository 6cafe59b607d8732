using System.Collections.Immutable;

namespace Spectral.Core.Numerics;

/// <summary>
/// Lanczos runs from several start vectors side by side, each with its own Krylov space and full reorthogonalisation,
/// so that one pass of the operator serves all of them.
/// </summary>
public static unsafe class Lanczos
{
    /// <summary>
    /// The Gauss quadrature of each start vector. Cost: <paramref name="steps"/> passes with <paramref name="count"/>
    /// vectors and 4 d count steps^2 flops; memory 8 d count steps bytes.
    /// </summary>
    /// <param name="matrix">A, symmetric positive semidefinite, of order d.</param>
    /// <param name="starts">The start vectors [count, d], not zero.</param>
    /// <param name="count">How many.</param>
    /// <param name="steps">m, the most steps; no more than d are made, and a run whose Krylov space is used up
    /// ends.</param>
    /// <param name="team">The threads; their number changes no bit.</param>
    /// <param name="progress">Told of the finished part.</param>
    /// <param name="cancellation">Looked at between tasks.</param>
    /// <exception cref="ArgumentException">A start vector is zero or not finite, or the matrix has entries that are
    /// not.</exception>
    public static ImmutableArray<GaussQuadrature> Run(
        SymmetricOperator matrix,
        double* starts,
        int count,
        int steps,
        WorkerTeam team,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        int order = matrix.Order;
        steps = Math.Min(steps, order);
        Recurrence[] runs = [.. Enumerable.Range(0, count).Select(_ => new Recurrence(order, steps))];
        try
        {
            using AlignedMatrix block = AlignedMatrix.Unset(count, order);
            using AlignedMatrix images = AlignedMatrix.Unset(count, order);
            using AlignedMatrix left = AlignedMatrix.Unset(count, matrix.LeftRows);
            for (int i = 0; i < count; i++)
                runs[i].Start(starts + ((long)i * order));
            for (int step = 0; step < steps; step++)
            {
                Recurrence[] active = [.. runs.Where(run => !run.IsOver)];
                if (active.Length == 0)
                    break;
                for (int i = 0; i < active.Length; i++)
                    active[i].Current.CopyTo(new Span<double>(block.Row(i), order));
                matrix.Apply(
                    block.Pointer, active.Length, images.Pointer, left.Pointer, team, new Unreported(), cancellation);
                for (int i = 0; i < active.Length; i++)
                    active[i].Advance(images.Row(i), matrix.LongestSide, team);
                progress.Report((step + 1.0) / steps);
            }

            return [.. runs.Select(run => run.Quadrature)];
        }
        finally
        {
            foreach (Recurrence run in runs)
                run.Dispose();
        }
    }

    /// <summary>One run: its basis and its tridiagonal matrix.</summary>
    private sealed class Recurrence(int order, int steps) : IDisposable
    {
        private readonly AlignedMatrix _basis = AlignedMatrix.Unset(steps, order);
        private readonly List<double> _diagonal = [];
        private readonly List<double> _beside = [];
        private double _largest;

        public bool IsOver { get; private set; }

        public ReadOnlySpan<double> Current => new(_basis.Row(_diagonal.Count), order);

        public GaussQuadrature Quadrature =>
            GaussQuadrature.Of([.. _diagonal], [.. _beside.Take(_diagonal.Count - 1)], IsOver) with
            {
                Following = IsOver ? 0 : _beside[^1],
            };

        public void Start(double* vector)
        {
            ReadOnlySpan<double> source = new(vector, order);
            double norm = Math.Sqrt(Dot(source, source));
            if (!double.IsFinite(norm) || norm == 0)
            {
                throw new ArgumentException(
                    "a Lanczos run starts from a finite vector that is not zero", nameof(vector));
            }

            double* target = _basis.Row(0);
            for (int i = 0; i < order; i++)
                target[i] = vector[i] / norm;
        }

        /// <summary>Takes A v_j: the next column of T, and the next vector where there is one.</summary>
        public void Advance(double* image, long longestSide, WorkerTeam team)
        {
            int count = _diagonal.Count + 1;
            double[] inside = Orthogonalization.Against(_basis.Pointer, count, image, 1, order, team);
            _diagonal.Add(inside[count - 1]);
            ReadOnlySpan<double> rest = new(image, order);
            double beta = Math.Sqrt(Dot(rest, rest));
            _largest = Math.Max(_largest, Math.Abs(inside[count - 1]) + beta);
            // What is left is rounding: the Krylov space is used up.
            IsOver = count == order || beta <= 8 * UnitRoundoff.Float64 * Math.Sqrt(longestSide) * _largest;
            if (IsOver)
                return;
            _beside.Add(beta);
            if (count == steps)
                return;
            double* next = _basis.Row(count);
            for (int i = 0; i < order; i++)
                next[i] = image[i] / beta;
        }

        public void Dispose() => _basis.Dispose();

        private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
        {
            double sum = 0;
            for (int i = 0; i < one.Length; i++)
                sum += one[i] * other[i];
            return sum;
        }
    }

    private sealed class Unreported : IProgress<double>
    {
        public void Report(double value)
        {
        }
    }
}
