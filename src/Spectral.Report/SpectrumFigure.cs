using System.Collections.Immutable;
using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Spectral.Core.Execution;

namespace Spectral.Report;

/// <summary>
/// The singular values of a split's Jacobians against their index, one curve for each checkpoint, with the cutoff and the
/// trust floor. Values below the floor are not drawn.
/// </summary>
public static class SpectrumFigure
{
    private const int Height = 460;

    /// <summary>With more values than this the index is logarithmic: the cut is near the head, and the tail is long.</summary>
    private const int LongSpectrum = 60;

    /// <summary>A trust floor further below the curves than this factor would squeeze them; it is named and not drawn.</summary>
    private const double DrawnFloor = 1e4;

    private const string IndexTitle = "index s (largest first)";

    private static readonly string SigmaTitle =
        $"singular value σ{SvgDrawing.Lower}s{SvgDrawing.Normal} of J (output / parameter)";

    private sealed record Curve(SpectrumResult Result, ImmutableArray<double> Values, int? Rank, int Style);

    /// <summary>The figure of a split, or null where no value of its spectra can be trusted.</summary>
    /// <param name="result">The run.</param>
    /// <param name="split"><c>train</c> or <c>test</c>.</param>
    public static Figure? Of(RunResult result, string split)
    {
        MeasurementIndex index = new(result);
        ImmutableArray<SpectrumResult> all =
        [
            .. result.Spectra.Where(spectrum => spectrum.Split == split)
                .Where(spectrum => spectrum.Spectrum.TrustedCount > 0 && spectrum.Spectrum.Largest > 0),
        ];
        if (all.IsEmpty)
            return null;
        ImmutableArray<Curve> curves =
        [
            .. Spread(all.Length, FigureStyle.CurveCount).Select((position, style) => new Curve(
                all[position],
                [.. all[position].Spectrum.Values.Where(value => value >= all[position].Spectrum.TrustFloor && value > 0)],
                index.Rank(new MeasuredPoint(split, all[position].Checkpoint, all[position].Epoch)),
                style)),
        ];

        double smallest = curves.Min(curve => curve.Values[^1]);
        double floor = curves.Max(curve => curve.Result.Spectrum.TrustFloor);
        bool drawFloor = floor > 0 && floor * DrawnFloor >= smallest;
        int longest = curves.Max(curve => curve.Values.Length);
        bool isLong = longest > LongSpectrum;
        (double low, double high) = LogScale.Around(
            drawFloor ? Math.Min(smallest, curves.Min(Floor) / 1.5) : smallest, curves.Max(curve => curve.Values[0]));

        PlotModel model = FigureStyle.Plot();
        model.Axes.Add(isLong
            ? LogScale.Axis(AxisPosition.Bottom, 0.8, LogScale.Around(1, longest).High, IndexTitle)
            : new LinearAxis { Position = AxisPosition.Bottom, Minimum = 0.5, Maximum = longest + 0.5, Title = IndexTitle }.Styled());
        model.Axes.Add(LogScale.Axis(AxisPosition.Left, low, high, SigmaTitle));
        ImmutableArray<Curve> cut = [.. curves.Where(curve => curve.Rank is > 0 && curve.Rank < curve.Values.Length)];
        bool agree = cut.Select(curve => curve.Rank).Distinct().Count() == 1;
        foreach (Curve curve in curves)
            AddCurve(model, curve, isLong, curves.Length, showRank: !agree && cut.Contains(curve));
        AddCutoffs(model, cut, agree, low, high);
        if (drawFloor)
            AddFloors(model, curves, longest);

        string title = $"Singular values of the Jacobian, {PlainText.OneLine(split)} split";
        string caption = Caption(curves, all, isLong, drawFloor, floor);
        string name = "spectrum-" + split;
        return new Figure(name, title, caption, SvgDrawing.Draw(model, Height, name, title, caption));
    }

    private static double Floor(Curve curve) =>
        curve.Result.Spectrum.TrustFloor > 0 ? curve.Result.Spectrum.TrustFloor : double.PositiveInfinity;

    /// <summary>At most <paramref name="most"/> of the numbers 0 to count - 1, evenly spread, both ends among them.</summary>
    private static IEnumerable<int> Spread(int count, int most) => count <= most
        ? Enumerable.Range(0, count)
        : Enumerable.Range(0, most).Select(step => (int)((long)step * (count - 1) / (most - 1)));

    private static void AddCurve(PlotModel model, Curve curve, bool isLong, int curves, bool showRank)
    {
        string label = FigureStyle.Checkpoint(curve.Result.Checkpoint);
        if (showRank)
            label = string.Create(CultureInfo.InvariantCulture, $"{label}, r = {curve.Rank}");
        LineSeries line = FigureStyle.Curve(label, curve.Style);
        line.Points.AddRange(CurveThinning.Of(curve.Values, curve.Rank).Select(Point));
        FigureStyle.AddCurve(model, line, (isLong ? Sparse() : Enumerable.Range(1, curve.Values.Length)).Select(Point));

        DataPoint Point(int s) => new(s, curve.Values[s - 1]);

        // Four marks a decade, those of each curve at places of its own.
        IEnumerable<int> Sparse() => Enumerable.Range(0, 40)
            .Select(step => (int)Math.Round(Math.Pow(10, (step + ((double)curve.Style / curves)) / 4)))
            .Where(s => s <= curve.Values.Length)
            .Distinct();
    }

    /// <summary>A line half-way between s = r and s = r + 1: one for all curves where they agree, else one up to each.</summary>
    private static void AddCutoffs(PlotModel model, ImmutableArray<Curve> cut, bool agree, double low, double high)
    {
        foreach (Curve curve in agree ? cut[..1] : cut)
        {
            int r = curve.Rank.GetValueOrDefault();
            LineSeries line = new()
            {
                Title = agree ? string.Create(CultureInfo.InvariantCulture, $"cutoff, r = {r}") : null,
                Color = agree ? FigureStyle.Grey : FigureStyle.Color(curve.Style),
                LineStyle = agree ? LineStyle.LongDash : FigureStyle.Dash(curve.Style),
                StrokeThickness = 1,
                RenderInLegend = agree,
            };
            line.Points.Add(new DataPoint(r + 0.5, low));
            line.Points.Add(new DataPoint(r + 0.5, agree ? high : Math.Sqrt(curve.Values[r - 1] * curve.Values[r])));
            model.Series.Add(line);
        }
    }

    private static void AddFloors(PlotModel model, ImmutableArray<Curve> curves, int longest)
    {
        foreach ((Curve curve, int position) in curves.Select((curve, position) => (curve, position)))
        {
            LineSeries line = new()
            {
                Title = position == 0 ? (curves.Length == 1 ? "trust floor" : "trust floors") : null,
                Color = curves.Length == 1 ? FigureStyle.Grey : FigureStyle.Color(curve.Style),
                LineStyle = LineStyle.Dot,
                StrokeThickness = 1.3,
                RenderInLegend = position == 0,
            };
            line.Points.Add(new DataPoint(0.5, Floor(curve)));
            line.Points.Add(new DataPoint(longest * 10, Floor(curve)));
            model.Series.Add(line);
        }
    }

    private static string Caption(
        ImmutableArray<Curve> curves, ImmutableArray<SpectrumResult> all, bool isLong, bool drawFloor, double floor)
    {
        int below = curves.Sum(curve => curve.Result.Spectrum.Values.Length - curve.Values.Length);
        string floorText = UncertainNumber.Format(floor, floor, floor, 2);
        string text = "Each curve is the spectrum of the Jacobian of all outputs on this split with respect to the parameters, "
            + "at one checkpoint" + (isLong ? "; both axes are logarithmic. " : "; the vertical axis is logarithmic. ")
            + "Directions on the left of the cutoff, a vertical line, span the information space, all others the nuisance "
            + "space. A step down at the cutoff makes the split well defined; a smooth curve there means that r is a convention. ";
        text += drawFloor
            ? "Below the dotted trust floor a value says no more than that it is smaller; "
            : $"The trust floor, {floorText}, lies far below the axis; ";
        text += below == 0
            ? "all values lie above it."
            : string.Create(CultureInfo.InvariantCulture, $"{below} values are not drawn.");
        if (curves.Length < all.Length)
            text += string.Create(CultureInfo.InvariantCulture, $" {curves.Length} of {all.Length} checkpoints are drawn.");
        return text;
    }
}
