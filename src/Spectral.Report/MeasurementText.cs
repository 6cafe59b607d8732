using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>Measurements as the text of a cell, with what their status says about them.</summary>
internal static class MeasurementText
{
    /// <summary>The mark of a number that stands on an information space that is not unique.</summary>
    public const string ClusterMark = "*";

    /// <summary>What stands where the cutoff was refused.</summary>
    public const string Refused = "refused";

    /// <summary>The text of a measurement; <see cref="UncertainNumber.Absent"/> for null and for what is undefined.</summary>
    public static string Of(Measurement? row, int digits = UncertainNumber.MostDigits) => row switch
    {
        null => UncertainNumber.Absent,
        { Status: "refused" } => Refused,
        { Status: "undefined" } => UncertainNumber.Absent,
        // Never the number itself: below the floor it is noise. The bound is all that is known.
        { Status: "below_trust_floor" } => double.IsFinite(row.Upper) && row.Upper > 0
            ? UncertainNumber.Interval(0, row.Upper)
            : UncertainNumber.Absent,
        { Status: "cluster_cut" } => Number(row, digits) is var text && text == UncertainNumber.Absent
            ? text
            : text + ClusterMark,
        _ => Number(row, digits),
    };

    /// <summary>The interval of a measurement as text.</summary>
    public static string Interval(Measurement row) =>
        row.Lower == row.Upper ? "exact" : UncertainNumber.Interval(row.Lower, row.Upper);

    // An error rate is exact for the examples it was counted on; its interval is about examples never seen.
    private static string Number(Measurement row, int digits) => row is { Analysis: "classification_error" }
        ? UncertainNumber.Format(row.Value, row.Value, row.Value, digits)
        : UncertainNumber.Format(row.Value, row.Lower, row.Upper, digits);
}
