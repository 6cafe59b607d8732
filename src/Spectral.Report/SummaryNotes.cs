using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>What a reader must know before relying on a summary's numbers.</summary>
internal static class SummaryNotes
{
    /// <summary>An angle bound above this makes single digits of an alignment doubtful: it is worth a sentence.</summary>
    private const double NotableAngle = 0.01;

    /// <summary>The notes of a run, the gravest first.</summary>
    public static ImmutableArray<string> Of(RunResult result, MeasurementIndex index)
    {
        List<string> notes = [];
        if (index.Points.Count == 0)
            notes.Add("No Jacobian was analysed.");
        if (result.DivergedAt is { } epoch)
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Training diverged: the loss stopped being finite in epoch {epoch}. Later checkpoints do not exist."));
        }

        foreach (MeasuredPoint at in index.Points)
            notes.AddRange(Cutoff(index, at).Select(note => PlainText.OneLine($"{at.Split}, {at.Checkpoint}: {note}")));
        notes.AddRange(index.Points.GroupBy(at => at.Split).Select(points => TrustFloor(result, points.Key)).OfType<string>());
        return [.. notes];
    }

    private static IEnumerable<string> Cutoff(MeasurementIndex index, MeasuredPoint at)
    {
        ImmutableArray<Measurement> rows = [.. index.At(at)];
        if (rows.Any(row => row.Status == "refused"))
        {
            yield return "the cutoff was refused, because this spectrum does not say where it would cut; nothing that needs a cut "
                + "was measured.";
        }

        string r = index.Rank(at)?.ToString(CultureInfo.InvariantCulture) ?? "r";
        if (rows.Any(row => row.Status == "cluster_cut"))
        {
            yield return $"the cut after r = {r} falls inside a cluster of singular values that cannot be told apart, so that "
                + $"the information space is not unique ({MeasurementText.ClusterMark}). Choose a cutoff at a gap.";
        }
        else if (rows.FirstOrDefault(row => row.Quantity == "information_angle_bound") is { Value: > NotableAngle } angle)
        {
            yield return $"the gap behind σ_{r} is narrow: the information space is known up to an angle of sine "
                + $"{UncertainNumber.Interval(0, angle.Value)}.";
        }
    }

    private static string? TrustFloor(RunResult result, string split)
    {
        ImmutableArray<SpectrumResult> spectra = [.. result.Spectra.Where(spectrum => spectrum.Split == split)];
        if (spectra.IsEmpty)
            return null;
        // From a Gram matrix, values far above the floor are known far better than to the floor. A bundle that is read
        // again has the method's name and not its error bounds.
        bool isConstant = result.Plan.Jacobian.Method is SpectrumMethod.Direct or SpectrumMethod.Tsqr;
        double largest = spectra.Max(spectrum => spectrum.Spectrum.TrustFloor);
        int below = spectra.Sum(spectrum => spectrum.Spectrum.Values.Length - spectrum.Spectrum.TrustedCount);
        int count = spectra.Sum(spectrum => spectrum.Spectrum.Values.Length);
        string floor = UncertainNumber.Format(largest, largest, largest, 2);
        string values = below == 0
            ? string.Create(CultureInfo.InvariantCulture, $"all {count} lie above it")
            : string.Create(CultureInfo.InvariantCulture, $"{below} of {count} lie below it and are not shown");
        string which = spectra.Length == 1 ? "" : ", at the worst checkpoint";
        return PlainText.OneLine(isConstant
            ? $"{split}: singular values are known to ±{floor} (the trust floor{which}); {values}."
            : $"{split}: singular values under {floor} cannot be told from rounding (the trust floor{which}); {values}.");
    }
}
