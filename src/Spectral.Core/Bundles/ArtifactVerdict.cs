using System.Globalization;

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
    /// <summary>Where the two are farthest apart, or what was compared; null where nothing is to be said.</summary>
    public string? Note { get; init; }

    /// <summary>The stage that made the file, by the names of <see cref="Execution.Stages"/>.</summary>
    public string Stage => ArtifactStage.Of(Path);

    /// <summary>The verdict as tables have it: BITWISE, WITHIN-TOL, DRIFT or MISSING.</summary>
    public string Name => NameOf(Verdict);

    /// <summary>
    /// The measure with its distance to two digits, the tolerance and the note, in one line; empty for equal bytes.
    /// </summary>
    public string Finding
    {
        get
        {
            string found = (Distance, Tolerance) switch
            {
                _ when Verdict == Verdict.Bitwise => "",
                ({ } distance, { } tolerance) => $"{Measure} = {Digits(distance)}, tolerance {Limit(tolerance)}",
                ({ } distance, null) => $"{Measure} = {Digits(distance)}, must be bitwise",
                _ => Measure,
            };
            return Note is null ? found : $"{found}; {Note}";
        }
    }

    /// <summary>A verdict's name in tables.</summary>
    public static string NameOf(Verdict verdict) => verdict switch
    {
        Verdict.Bitwise => "BITWISE",
        Verdict.WithinTolerance => "WITHIN-TOL",
        Verdict.Drift => "DRIFT",
        _ => "MISSING",
    };

    /// <summary>A distance to two digits, such as 1.0e-06; a small whole number as it is.</summary>
    public static string Digits(double value) => Text(value, "0.0e+00");

    /// <summary>A tolerance, such as 1e-12; a small whole number as it is.</summary>
    public static string Limit(double value) => Text(value, "0.##e+00");

    private static string Text(double value, string format) =>
        value.ToString(double.IsInteger(value) && Math.Abs(value) < 1e4 ? "0" : format, CultureInfo.InvariantCulture);

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
