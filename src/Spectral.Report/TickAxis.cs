using OxyPlot.Axes;

namespace Spectral.Report;

/// <summary>A linear axis with ticks and labels exactly where they are wanted.</summary>
internal sealed class TickAxis : LinearAxis
{
    /// <summary>The places of ticks and labels.</summary>
    public IReadOnlyList<double> Ticks { get; init; } = [];

    /// <inheritdoc/>
    public override void GetTickValues(
        out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues)
    {
        majorLabelValues = majorTickValues = [.. Ticks];
        minorTickValues = [];
    }
}
