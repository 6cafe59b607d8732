using OxyPlot.Axes;

namespace Spectral.Report;

/// <summary>
/// A logarithmic axis with a labelled tick at powers of ten and small ones between them; an axis of little more than one
/// decade also labels 2 and 5. OxyPlot's own choice does so wherever there is room, and then the eye loses the decades.
/// </summary>
internal sealed class DecadeAxis : LogarithmicAxis
{
    private const int MostLabels = 8;

    /// <summary>Below this many decades 2 and 5 are labelled too.</summary>
    private const double Short = 1.8;

    /// <inheritdoc/>
    public override void GetTickValues(
        out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues)
    {
        int first = (int)Math.Floor(Math.Log10(ActualMinimum) - 1e-9);
        int last = (int)Math.Ceiling(Math.Log10(ActualMaximum) + 1e-9);
        int every = Math.Max(1, (int)Math.Ceiling((last - first + 1) / (double)MostLabels));
        bool isShort = Math.Log10(ActualMaximum / ActualMinimum) < Short;
        List<double> major = [], minor = [];
        for (int power = first; power <= last; power++)
        {
            (power % every == 0 ? major : minor).Add(Math.Pow(10, power));
            for (int step = 2; every == 1 && step <= 9; step++)
                (isShort && step is (2 or 5) ? major : minor).Add(step * Math.Pow(10, power));
        }

        majorLabelValues = majorTickValues = [.. major.Where(IsInside)];
        minorTickValues = [.. minor.Where(IsInside)];
    }

    private bool IsInside(double value) => value >= ActualMinimum * (1 - 1e-9) && value <= ActualMaximum * (1 + 1e-9);
}
