using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>
/// The residual energies of every recorded epoch in the spaces of one checkpoint's Jacobian: the curves of
/// arXiv:1906.05392v2, figures 6 to 8. Cost: 4 nK r flops a record and target.
/// </summary>
internal static class ResidualCurve
{
    /// <summary>
    /// Recorded epochs, the present one among them, over which the paper's figures take the least energy.
    /// </summary>
    private const int Window = 10;

    private static readonly ImmutableArray<string> Targets = ["given", "clean", "centred"];

    /// <summary>The columns.</summary>
    public static ImmutableArray<string> Header { get; } =
    [
        "epoch", "split", "target", "spectrum_at", "information", "nuisance", "total", "information_minimum",
        "nuisance_minimum", "total_minimum", "error", "status",
    ];

    /// <summary>The rows of one split: target by target, epoch by epoch.</summary>
    /// <param name="run">The run.</param>
    /// <param name="view">The checkpoint whose spaces are taken, on the split.</param>
    public static IEnumerable<ImmutableArray<string>> Rows(RunView run, SpectralView view)
    {
        SplitView split = run.Split(view.Split);
        double relative = RecordedOutputsError.Relative(run, split);
        return Targets.SelectMany(target =>
        {
            ImmutableArray<Energies> curve = [.. Curve(run, view, split, target, relative)];
            return curve.Select((_, record) => Row(view, split, target, curve, record));
        });
    }

    private static IEnumerable<Energies> Curve(
        RunView run, SpectralView view, SplitView split, string target, double relative)
    {
        OrthonormalColumns? space = view.Cutoff.Split is { Rank: var rank }
            ? new OrthonormalColumns(view.LeftVectors, rank, split.JacobianExamples * split.Classes)
            : null;
        double whole = EuclideanNorm.Squared(Residual(run, split, 0, target)), start = Math.Sqrt(whole);
        double startError = RecordedOutputsError.OfRecord(split, 0, relative);
        for (int record = 0; record < split.Epochs.Length; record++)
        {
            run.Jacobians.Cancellation.ThrowIfCancellationRequested();
            double[] residual = Residual(run, split, record, target);
            double total = EuclideanNorm.Squared(residual) / whole;
            double shift = RecordedOutputsError.OfRecord(split, record, relative) / start;
            double rounding = residual.Length * UnitRoundoff.Float64;
            double known = (2 * Math.Sqrt(total) * shift) + (shift * shift)
                + (total * ((2 * startError / start) + rounding));
            double error = known + (total * (view.Cutoff.Split?.AngleBound ?? 0));
            double[] inside = space?.Coordinates(residual) ?? [];
            // What the record's rounding alone could have made is 0.
            double least = shift * shift;
            yield return start > 0
                ? new Energies(
                    space is null ? double.NaN : Above(least, EuclideanNorm.Squared(inside) / whole),
                    space is null ? double.NaN : Above(least, space.SquaredOutside(residual, inside) / whole),
                    Above(least, total),
                    error)
                : new Energies(double.NaN, double.NaN, double.NaN, double.NaN);
        }
    }

    /// <summary>r of a record; <c>centred</c> is the given one less its mean over the examples.</summary>
    private static double[] Residual(RunView run, SplitView split, int record, string target)
    {
        double[] residual = run.RecordedResidual(split, record, target == "clean" ? "clean" : "given");
        if (target != "centred")
            return residual;
        for (int c = 0; c < split.Classes; c++)
        {
            double mean = 0;
            for (int i = c; i < residual.Length; i += split.Classes)
                mean += residual[i] / split.JacobianExamples;
            for (int i = c; i < residual.Length; i += split.Classes)
                residual[i] -= mean;
        }

        return residual;
    }

    private static ImmutableArray<string> Row(
        SpectralView view, SplitView split, string target, ImmutableArray<Energies> curve, int record)
    {
        Energies now = curve[record];
        int first = Math.Max(0, record + 1 - Window);
        ImmutableArray<Energies> window = curve.Slice(first, record + 1 - first);
        return
        [
            split.Epochs[record].ToString(CultureInfo.InvariantCulture), view.Split, target, view.Checkpoint,
            CsvTable.Number(now.Information), CsvTable.Number(now.Nuisance), CsvTable.Number(now.Total),
            CsvTable.Number(window.Min(energies => energies.Information)),
            CsvTable.Number(window.Min(energies => energies.Nuisance)),
            CsvTable.Number(window.Min(energies => energies.Total)),
            CsvTable.Number(now.Error),
            view.Cutoff.Split is not { } space ? "refused"
                : double.IsNaN(now.Total) ? "undefined"
                : space.CutsCluster ? "cluster_cut" : "ok",
        ];
    }

    private static double Above(double least, double energy) => energy > least ? energy : 0;

    /// <summary>Energies over ||r_0||^2, and what bounds the error of each.</summary>
    private sealed record Energies(double Information, double Nuisance, double Total, double Error);
}
