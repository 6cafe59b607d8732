namespace Spectral.Core.Bundles;

/// <summary>How an artefact of a second run stands to that of the first.</summary>
public enum Verdict
{
    /// <summary>The same bytes.</summary>
    Bitwise,

    /// <summary>Other bytes, closer than the tolerance of its kind.</summary>
    WithinTolerance,

    /// <summary>Farther apart than the tolerance of its kind, or not comparable at all.</summary>
    Drift,

    /// <summary>The file is in one of the two only.</summary>
    Missing,
}

/// <summary>The comparison of one content file of two runs.</summary>
/// <param name="Path">The file, in the payload.</param>
/// <param name="Verdict">The outcome.</param>
/// <param name="Distance">
/// How far apart, in the measure's terms, 0 or more and finite; null where nothing was measured.
/// </param>
/// <param name="Tolerance">
/// The largest distance that counts as the same; null for a kind that must be bitwise equal.
/// </param>
/// <param name="Measure">What was measured, such as <c>max |d sigma| / sigma_1</c>, or why nothing could be.</param>
public sealed record ArtifactVerdict(string Path, Verdict Verdict, double? Distance, double? Tolerance, string Measure)
{
    /// <summary>A verdict from a distance; one that is not finite is drift that has no number.</summary>
    internal static ArtifactVerdict Measured(string path, double distance, double tolerance, string measure) =>
        double.IsFinite(distance)
            ? new(path, distance <= tolerance ? Verdict.WithinTolerance : Verdict.Drift, distance, tolerance, measure)
            : new(path, Verdict.Drift, null, tolerance, measure + ": not finite in one of the two");

    /// <summary>The verdict on a file that one of the two lacks.</summary>
    internal static ArtifactVerdict Missing(string path, string where) => new(path, Verdict.Missing, null, null, where);

    /// <summary>Drift that has no number.</summary>
    internal static ArtifactVerdict Incomparable(string path, string why) => new(path, Verdict.Drift, null, null, why);
}
