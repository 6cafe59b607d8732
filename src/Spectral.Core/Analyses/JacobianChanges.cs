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
    /// can have turned for it: ||J_t - J_s||/(sigma_r(s) - sigma_{r+1}(t)), where the ranks are equal.
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
        RowNorms whole = Norms(start, around: 0);
        foreach (SpectralView view in views.Where(view => view.Checkpoint != reference))
        {
            MeasurementRow row = new(view, "kernel_distance");
            RowNorms moved =
                Norms(new RowDifference(run.Jacobians.Rows(view.Checkpoint, split), start), whole.Frobenius.Value);
            if (whole.Spectral.Value == 0)
            {
                yield return row.Undefined("jacobian_change");
                yield return row.Undefined("jacobian_change_frobenius");
                continue;
            }

            yield return Ratio(row, "jacobian_change", moved.Spectral, whole.Spectral);
            yield return Ratio(row, "jacobian_change_frobenius", moved.Frobenius, whole.Frobenius);
            if (from?.Cutoff.Split is { } first && view.Cutoff.Split is { } second)
                yield return Turn(row, moved.Spectral.Upper, first, second);
        }

        RowNorms Norms(RowTiles rows, double around) =>
            RowNorms.Of(rows, around, run.Plan.Seeds.Of("init"), team, run.Jacobians.Cancellation);
    }

    /// <summary>A change over the whole; one within its error is none.</summary>
    private static Measurement Ratio(MeasurementRow row, string quantity, Enclosure change, Enclosure whole)
    {
        Enclosure ratio = change.Over(whole);
        return row.Within(quantity, change.Lower > 0 ? ratio.Value : 0, ratio.Lower, ratio.Upper);
    }

    /// <summary>The bound of the sine of the largest principal angle; above 1 it says nothing.</summary>
    private static Measurement Turn(MeasurementRow row, double change, SpaceSplit first, SpaceSplit second)
    {
        double gap = first.SigmaAt - second.SigmaBelow;
        return first.Rank == second.Rank && gap > 0
            ? row.Exact("wedin_bound", Math.Min(1, change / gap), "sine")
            : row.Undefined("wedin_bound", "sine");
    }
}
