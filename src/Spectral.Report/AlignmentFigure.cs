using System.Collections.Immutable;
using System.Globalization;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;
using Spectral.Core.Execution;

namespace Spectral.Report;

/// <summary>
/// How much of each kind of label lies in the information and in the nuisance space, at the first and the last
/// checkpoint, with what a random space and class-constant vectors would hold. Shares are squared norm ratios.
/// </summary>
public static class AlignmentFigure
{
    private const double RowHeight = 26;

    private const double HalfBar = 0.32;

    /// <summary>The length of a baseline's tick to both sides of a bar's middle.</summary>
    private const double HalfTick = 0.42;

    /// <summary>Baselines below this share are not marked.</summary>
    private const double Visible = 0.004;

    /// <summary>Where the axis ends: behind 1 stand the numbers.</summary>
    private const double AxisEnd = 1.28;

    private static readonly OxyColor Light = OxyColor.FromRgb(0xF4, 0xDD, 0xB5);

    /// <summary>The figure, or null where no label alignment that can be relied on was measured.</summary>
    public static Figure? Of(RunResult result)
    {
        MeasurementIndex index = new(result);
        ImmutableArray<AlignmentBar> bars = AlignmentBars.Of(index);
        if (bars.IsEmpty)
            return null;
        ImmutableArray<string> splits =
            [.. index.Points.Select(point => point.Split).Distinct().Where(split => bars.Any(bar => bar.Split == split))];
        double lowest = bars.Min(bar => bar.Position);
        PlotModel model = FigureStyle.Plot();
        Legend legend = (Legend)model.Legends[0];
        legend.LegendSymbolLength = 14;
        legend.LegendColumnSpacing = legend.LegendItemSpacing = 12;
        model.Axes.Add(LabelAxis(bars, lowest));
        for (int panel = 0; panel < splits.Length; panel++)
        {
            string split = splits[panel];
            model.Axes.Add(ShareAxis(split, (double)panel / splits.Length, (panel + 1.0) / splits.Length));
            ImmutableArray<AlignmentBar> own = [.. bars.Where(bar => bar.Split == split)];
            bool isFirst = panel == 0;
            var information = own.Select(bar => (bar.Position, 0.0, bar.Share));
            var nuisance = own.Select(bar => (bar.Position, bar.Share, 1.0));
            model.Series.Add(Bars("information space", split, FigureStyle.Blue, isFirst, information));
            model.Series.Add(Bars("nuisance space", split, Light, isFirst, nuisance));
            var random = own.Select(bar => (bar.Position, bar.Random));
            var classes = own.Select(bar => (bar.Position, bar.Classes));
            AddTicks(model, "random space", split, MarkerType.Circle, isFirst, [.. random]);
            AddTicks(model, "class-constant space", split, MarkerType.Triangle, isFirst, [.. classes]);
            foreach (AlignmentBar bar in own)
                model.Annotations.Add(Number(bar));
        }

        const string Title = "Labels in the information and the nuisance space";
        const string Caption =
            "Each bar is one label vector y at one checkpoint, divided into the share of ‖y‖² in the information space "
            + "(dark; the number, in per cent) and in the nuisance space (light). The summary table gives the square roots. "
            + "The marks are what the information space would hold without merit of the network: a circle for a random space "
            + "of the same dimension, r/nK, a triangle for outputs equal for all examples, which hold the mean label. "
            + "Centred labels have no mean: what is dark there beyond the circle tells examples apart. Where a bar is missing, no share can be relied on.";
        int height = 105 + (int)Math.Round(RowHeight * (1.4 - lowest));
        return new Figure("alignment", Title, Caption, SvgDrawing.Draw(model, height, "alignment", Title, Caption));
    }

    private static LinearAxis LabelAxis(ImmutableArray<AlignmentBar> bars, double lowest)
    {
        Dictionary<double, string> labels =
            bars.DistinctBy(bar => bar.Position).ToDictionary(bar => bar.Position, bar => bar.Label);
        return new TickAxis
        {
            Position = AxisPosition.Left,
            Minimum = lowest - 0.7,
            Maximum = 0.7,
            Ticks = [.. labels.Keys],
            LabelFormatter = position => labels.GetValueOrDefault(position, ""),
            TickStyle = TickStyle.None,
        };
    }

    private static LinearAxis ShareAxis(string split, double start, double end) => new TickAxis
    {
        Key = split,
        Position = AxisPosition.Bottom,
        StartPosition = start,
        EndPosition = end,
        Minimum = -0.03,
        Maximum = AxisEnd,
        Ticks = [0, 0.25, 0.5, 0.75, 1],
        LabelFormatter = share => (100 * share).ToString("0", CultureInfo.InvariantCulture),
        TickStyle = TickStyle.Outside,
        Title = $"{FigureStyle.Label(split)}: share of ‖y‖² (%)",
        AxisTitleDistance = 8,
    };

    private static RectangleBarSeries Bars(
        string title, string axis, OxyColor fill, bool inLegend, IEnumerable<(double Position, double From, double To)> bars)
    {
        RectangleBarSeries series = new()
        {
            Title = title,
            XAxisKey = axis,
            FillColor = fill,
            StrokeColor = OxyColors.Black,
            StrokeThickness = 0.6,
            // Rounded to whole pixels, edges would come and go.
            EdgeRenderingMode = EdgeRenderingMode.PreferGeometricAccuracy,
            RenderInLegend = inLegend,
        };
        foreach ((double position, double from, double to) in bars)
            series.Items.Add(new RectangleBarItem(from, position - HalfBar, to, position + HalfBar));
        return series;
    }

    private static void AddTicks(
        PlotModel model,
        string title,
        string axis,
        MarkerType marker,
        bool inLegend,
        ImmutableArray<(double Position, double? Share)> ticks)
    {
        // A share of nothing would be a mark on the axis.
        ticks = [.. ticks.Where(tick => tick.Share >= Visible)];

        // A white line below the black one: the tick is seen on the dark and on the light part.
        foreach ((OxyColor color, double thickness) in new[] { (OxyColors.White, 4.0), (OxyColors.Black, 1.6) })
        {
            foreach ((double position, double? share) in ticks)
            {
                LineSeries line = new() { XAxisKey = axis, Color = color, StrokeThickness = thickness, RenderInLegend = false };
                line.Points.Add(new DataPoint(share.GetValueOrDefault(), position - HalfBar));
                line.Points.Add(new DataPoint(share.GetValueOrDefault(), position + HalfTick));
                model.Series.Add(line);
            }
        }

        ScatterSeries heads = new()
        {
            Title = title,
            XAxisKey = axis,
            MarkerType = marker,
            MarkerSize = 3.6,
            MarkerFill = OxyColors.White,
            MarkerStroke = OxyColors.Black,
            MarkerStrokeThickness = 1.3,
            RenderInLegend = inLegend,
        };
        heads.Points.AddRange(ticks.Select(tick =>
             new ScatterPoint(tick.Share.GetValueOrDefault(), tick.Position + HalfTick)));
        model.Series.Add(heads);
    }

    private static TextAnnotation Number(AlignmentBar bar) => new()
    {
        Text = bar.ShareText + " %",
        XAxisKey = bar.Split,
        TextPosition = new DataPoint(1.03, bar.Position),
        TextHorizontalAlignment = HorizontalAlignment.Left,
        TextVerticalAlignment = VerticalAlignment.Middle,
        StrokeThickness = 0,
        Padding = new OxyThickness(0),
        ClipByXAxis = false,
    };
}
