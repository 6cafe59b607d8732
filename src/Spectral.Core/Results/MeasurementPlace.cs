using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Results;

/// <summary>Names one measurement of a run.</summary>
/// <param name="Analysis">The analysis that makes it, such as <c>label_alignment</c>.</param>
/// <param name="Quantity">What it measures.</param>
/// <param name="At">The checkpoint whose Jacobian is used; null for any, where there is one only.</param>
/// <param name="Epoch">Finished epochs of what is measured; null for any, where there is one only.</param>
/// <param name="Split">The split; null for any, where there is one only.</param>
/// <param name="Target">The labels; null for any, where there is one only.</param>
public sealed record MeasurementPlace(
    string Analysis, string Quantity, string? At, int? Epoch, string? Split, string? Target)
{
    /// <summary>The measurement; null where a run has none, or more than one.</summary>
    public Measurement? Find(ImmutableArray<Measurement> measurements)
    {
        Measurement[] found =
        [
            .. measurements.Where(row =>
                row.Analysis == Analysis
                && row.Quantity == Quantity
                && (At is null || row.SpectrumAt == At)
                && (Epoch is null || row.Epoch == Epoch)
                && (Split is null || row.Split == Split)
                && (Target is null || row.Target == Target)),
        ];
        return found.Length == 1 ? found[0] : null;
    }

    /// <summary>In one line, such as <c>label_alignment.information at final, train, given</c>.</summary>
    public override string ToString()
    {
        string? epoch = Epoch is { } number ? "epoch " + number.ToString(CultureInfo.InvariantCulture) : null;
        string place = string.Join(", ", new[] { At, epoch, Split, Target }.OfType<string>());
        return $"{Analysis}.{Quantity}{(place.Length > 0 ? (At is null ? ": " : " at ") + place : "")}";
    }
}
