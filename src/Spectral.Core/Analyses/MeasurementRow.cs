using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>Makes measurement rows for one view, so that no analysis repeats the columns that say where a number is from.</summary>
/// <param name="view">The checkpoint and split that is measured.</param>
/// <param name="analysis">The analysis' kind.</param>
internal sealed class MeasurementRow(SpectralView view, string analysis)
{
    /// <summary>A number known as exactly as binary64 allows, such as a count.</summary>
    public Measurement Exact(string quantity, double value, string unit = "", string target = "") =>
        Row(quantity, target, value, value, value, unit, "ok");

    /// <summary>A number with an interval of its own.</summary>
    public Measurement Within(string quantity, double value, double lower, double upper, string unit = "", string target = "") =>
        Row(quantity, target, value, lower, upper, unit, "ok");

    /// <summary>A number that does not exist here, such as the alignment of a zero vector.</summary>
    public Measurement Undefined(string quantity, string unit = "", string target = "") =>
        Row(quantity, target, double.NaN, double.NaN, double.NaN, unit, "undefined");

    /// <summary>
    /// A number between 0 and <paramref name="scale"/> that depends on which space is the information space. It is known
    /// to within the sine of the angle by which that space may be off, and to rounding.
    /// </summary>
    /// <param name="quantity">What is measured.</param>
    /// <param name="target">The kind of label.</param>
    /// <param name="value">The number for a split; called only where there is one.</param>
    /// <param name="scale">The largest value that it could have; 0 makes it 0, NaN or infinity undefined.</param>
    public Measurement OfSpace(string quantity, string target, Func<SpaceSplit, double> value, double scale)
    {
        if (view.Cutoff.Split is not { } split)
            return Row(quantity, target, double.NaN, double.NaN, double.NaN, "", "refused");
        if (!double.IsFinite(scale))
            return Undefined(quantity, target: target);
        if (scale == 0)
            return Row(quantity, target, 0, 0, 0, "", "ok");
        double rounding = view.Spectrum.Rows * UnitRoundoff.Float64;
        double found = WithoutNoise(value(split), scale * rounding);
        double slack = scale * (split.AngleBound + rounding);
        return Row(
            quantity,
            target,
            found,
            Math.Max(0, found - slack),
            Math.Min(scale * (1 + rounding), found + slack),
            "",
            split.CutsCluster ? "cluster_cut" : "ok");
    }

    /// <summary>A share in [0, 1] that involves no cutoff and is known to rounding.</summary>
    public Measurement Share(string quantity, double value, string target)
    {
        double rounding = view.Spectrum.Rows * UnitRoundoff.Float64;
        double found = WithoutNoise(value, rounding);
        return Row(quantity, target, found, Math.Max(0, found - rounding), Math.Min(1, found + rounding), "", "ok");
    }

    /// <summary>
    /// A number with its ends: <c>partial</c> where the ends are all that is known, <c>undefined</c> where there are
    /// none.
    /// </summary>
    public Measurement Enclosed(string quantity, Enclosure found, string unit = "", string target = "") =>
        Row(quantity, target, found.Value, found.Lower, found.Upper, unit, Status(found, "ok"));

    /// <summary>A number with its ends that depends on which space is the information space.</summary>
    /// <param name="quantity">What is measured.</param>
    /// <param name="target">The kind of label.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="found">The number for a split; called only where there is one.</param>
    public Measurement EnclosedOfSpace(
        string quantity, string target, string unit, Func<SpaceSplit, Enclosure> found)
    {
        if (view.Cutoff.Split is not { } split)
            return Row(quantity, target, double.NaN, double.NaN, double.NaN, unit, "refused");
        Enclosure value = found(split);
        string status = Status(value, split.CutsCluster ? "cluster_cut" : "ok");
        return Row(quantity, target, value.Value, value.Lower, value.Upper, unit, status);
    }

    /// <summary>A number that depends on the cutoff's alpha or rank, but not on which space they cut off.</summary>
    public Measurement EnclosedOfCutoff(string quantity, Func<SpaceSplit, Enclosure> found, string unit = "") =>
        view.Cutoff.Split is { } split
            ? Enclosed(quantity, found(split), unit)
            : Row(quantity, "", double.NaN, double.NaN, double.NaN, unit, "refused");

    private static string Status(Enclosure found, string known) =>
        double.IsNaN(found.Lower) ? "undefined" : double.IsNaN(found.Value) ? "partial" : known;

    /// <summary>What rounding alone could have made is not reported as a number.</summary>
    private static double WithoutNoise(double value, double rounding) => value <= rounding ? 0 : value;

    private Measurement Row(
        string quantity, string target, double value, double lower, double upper, string unit, string status) =>
        new(
            analysis,
            quantity,
            view.Epoch,
            view.Checkpoint,
            view.Split,
            target,
            view.Cutoff.Split?.Rank,
            view.Cutoff.Split?.Alpha,
            value,
            lower,
            upper,
            unit,
            status);
}
