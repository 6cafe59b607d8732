using System.Collections.Immutable;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>How far the Jacobian itself has moved from the reference's, on one split.</summary>
internal static class JacobianChanges
{
    /// <summary>
    /// ||J_t - J_s||/||J_s|| in the spectral and the Frobenius norm, and Wedin's bound of how far the information space
    /// can
    /// have turned for it: ||J_t - J_s||/(sigma_r(s) - sigma_{r+1}(t)), where the ranks are equal.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="views">The checkpoints on one split.</param>
    /// <param name="reference">The reference's name.</param>
    public static IEnumerable<Measurement> Of(RunView run, ImmutableArray<SpectralView> views, string reference)
    {
        string split = views[0].Split;
        using WorkerTeam team = new(run.Jacobians.Threads);
        RowTiles start = run.Jacobians.Rows(reference, split);
        SpectralView? from = views.FirstOrDefault(view => view.Checkpoint == reference);
        Norms whole = Norms.Of(run, start, team, around: 0);
        foreach (SpectralView view in views.Where(view => view.Checkpoint != reference))
        {
            MeasurementRow row = new(view, "kernel_distance");
            Norms moved = Norms.Of(
                run, new RowDifference(run.Jacobians.Rows(view.Checkpoint, split), start), team, whole.Frobenius);
            if (whole.Spectral == 0)
            {
                yield return row.Undefined("jacobian_change");
                yield return row.Undefined("jacobian_change_frobenius");
                continue;
            }

            yield return Ratio(
                row,
                "jacobian_change",
                (moved.Spectral, moved.SpectralError),
                (whole.Spectral, whole.SpectralError));
            yield return Ratio(
                row,
                "jacobian_change_frobenius",
                (moved.Frobenius, moved.FrobeniusError),
                (whole.Frobenius, whole.FrobeniusError));
            if (from?.Cutoff.Split is { } first && view.Cutoff.Split is { } second)
                yield return Turn(row, moved.Spectral + moved.SpectralError, first, second);
        }
    }

    private static Measurement Ratio(
        MeasurementRow row, string quantity, (double Value, double Error) change, (double Value, double Error) whole) =>
        row.Within(
            quantity,
            change.Value <= change.Error ? 0 : change.Value / whole.Value,
            Math.Max(0, change.Value - change.Error) / (whole.Value + whole.Error),
            (change.Value + change.Error) / (whole.Value - whole.Error));

    /// <summary>The bound of the sine of the largest principal angle; above 1 it says nothing.</summary>
    private static Measurement Turn(MeasurementRow row, double change, SpaceSplit first, SpaceSplit second)
    {
        double gap = first.SigmaAt - second.SigmaBelow;
        return first.Rank == second.Rank && gap > 0
            ? row.Exact("wedin_bound", Math.Min(1, change / gap), "sine")
            : row.Undefined("wedin_bound", "sine");
    }

    /// <summary>Two norms of a matrix with bounds of their errors.</summary>
    private sealed record Norms(double Spectral, double SpectralError, double Frobenius, double FrobeniusError)
    {
        /// <param name="run">The run.</param>
        /// <param name="rows">The matrix.</param>
        /// <param name="team">Threads.</param>
        /// <param name="around">||J||_F of the Jacobians that a difference is made of; 0 for a Jacobian itself.</param>
        public static Norms Of(RunView run, RowTiles rows, WorkerTeam team, double around)
        {
            using RowTileOperator matrix = new(rows);
            TopSpectrum top = BlockKrylov.Compute(
                matrix,
                KrylovSettings.For(1, run.Plan.Seeds.Of("init")),
                team,
                new Unheard(),
                run.Jacobians.Cancellation);
            // Entries of J are known to a few roundings of their size, which a difference keeps.
            double entries = 32 * UnitRoundoff.Float64 * Math.Max(around, Math.Sqrt(top.FrobeniusSquared));
            double frobenius = Math.Sqrt(top.FrobeniusSquared);
            return new Norms(
                top.Values.IsEmpty ? 0 : top.Values[0],
                entries + (top.Values.IsEmpty ? 0 : top.ValueBound(0)),
                frobenius,
                entries + (frobenius * rows.Rows * UnitRoundoff.Float64));
        }
    }

    private sealed class Unheard : IProgress<KrylovProgress>
    {
        public void Report(KrylovProgress value)
        {
        }
    }
}
