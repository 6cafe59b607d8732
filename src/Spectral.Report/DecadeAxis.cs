using OxyPlot.Axes;

namespace Spectral.Report;

/// <summary>
/// A logarithmic axis with a labelled tick at powers of ten and small ones between them. OxyPlot's own choice also labels
/// 2 and 5 where there is room, which makes a grid that the eye cannot read as decades.
/// </summary>
internal sealed class DecadeAxis : LogarithmicAxis
{
    private const int MostLabels = 8;

    /// <inheritdoc/>
    public override void GetTickValues(
        out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues)
    {
        int first = (int)Math.Floor(Math.Log10(ActualMinimum) - 1e-9), last = (int)Math.Ceiling(Math.Log10(ActualMaximum) + 1e-9);
        int every = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)MostLabels));
        List<double> major = [], minor = [];
        for (int power = first; power <= last; power++)
        {
            (power % every == 0 ? major : minor).Add(Math.Pow(10, power));
            for (int step = 2; every == 1 && step <= 9; step++)
                minor.Add(step * Math.Pow(10, power));
        }

        majorLabelValues = majorTickValues = [.. major.Where(IsInside)];
        minorTickValues = [.. minor.Where(IsInside)];
    }

    private bool IsInside(double value) => value >= ActualMinimum * (1 - 1e-9) && value <= ActualMaximum * (1 + 1e-9);
}
