using Spectral.Core.Execution;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>A checkpoint on a split: what one row of the summary is about.</summary>
/// <param name="Split"><c>train</c> or <c>test</c>.</param>
/// <param name="Checkpoint">The checkpoint's name.</param>
/// <param name="Epoch">Its number of finished epochs.</param>
internal sealed record MeasuredPoint(string Split, string Checkpoint, int Epoch);

/// <summary>The measurements of a run by what they are of. Any of them may be absent: an analysis was not asked for.</summary>
internal sealed class MeasurementIndex
{
    private readonly ILookup<(string Analysis, string Quantity, string Split, string Target), Measurement> _rows;
    private readonly ILookup<(string Split, string Checkpoint), Measurement> _byJacobian;

    /// <summary>Indexes the measurements of a run.</summary>
    public MeasurementIndex(RunResult result)
    {
        _rows = result.Measurements.ToLookup(row => (row.Analysis, row.Quantity, row.Split, row.Target));
        // Theorems have cutoffs of their own, which say nothing of the plan's.
        _byJacobian = result.Measurements.Where(row => row.Analysis != "theorems")
            .ToLookup(row => (row.Split, row.SpectrumAt));
        Points =
        [
            .. result.Spectra.Select(spectrum => new MeasuredPoint(spectrum.Split, spectrum.Checkpoint, spectrum.Epoch))
                .Concat(result.Measurements.Where(row => row.SpectrumAt.Length > 0 && row.Split.Length > 0)
                    .GroupBy(row => (row.Split, row.SpectrumAt))
                    .Select(rows => new MeasuredPoint(
                        rows.Key.Split, rows.Key.SpectrumAt, EpochOf(result, rows.Key.SpectrumAt, rows))))
                .DistinctBy(point => (point.Split, point.Checkpoint))
                .OrderBy(point => point.Split == "train" ? 0 : 1)
                .ThenBy(point => point.Split, StringComparer.Ordinal)
                .ThenBy(point => point.Epoch),
        ];
    }

    /// <summary>Every checkpoint on every split that has a spectrum or a measurement: train first, by increasing epoch.</summary>
    public IReadOnlyList<MeasuredPoint> Points { get; }

    /// <summary>
    /// The measurement at a point, or null. Residual curves hold many epochs for one Jacobian; the point's own wins.
    /// </summary>
    public Measurement? Find(MeasuredPoint at, string analysis, string quantity, string target = "")
    {
        List<Measurement> rows =
        [
            .. _rows[(analysis, quantity, at.Split, target)]
                .Where(row => row.SpectrumAt == at.Checkpoint || (row.SpectrumAt.Length == 0 && row.Epoch == at.Epoch)),
        ];
        return rows.Find(row => row.Epoch == at.Epoch) ?? (rows.Count > 0 ? rows[0] : null);
    }

    /// <summary>Every measurement that used the Jacobian of a point.</summary>
    public IEnumerable<Measurement> At(MeasuredPoint point) => _byJacobian[(point.Split, point.Checkpoint)];

    /// <summary>The cutoff rank r at a point, or null where no split was used.</summary>
    public int? Rank(MeasuredPoint point) => At(point).FirstOrDefault(row => row.CutoffRank is not null)?.CutoffRank;

    /// <summary>The cutoff alpha at a point in units of J's singular values, or null.</summary>
    public double? Alpha(MeasuredPoint point) => At(point).FirstOrDefault(row => row.CutoffAlpha is not null)?.CutoffAlpha;

    private static int EpochOf(RunResult result, string checkpoint, IEnumerable<Measurement> rows) =>
        result.Plan.Jacobian.At.FirstOrDefault(planned => planned.Name == checkpoint)?.Epoch ?? rows.Max(row => row.Epoch);
}
