using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Spectral.Report;

/// <summary>
/// The look that all figures share: black axes outside, hardly visible grid, a legend above the plot, and the palette of
/// Okabe and Ito, which colour-blind readers can tell apart. No two curves differ by colour alone.
/// </summary>
internal static class FigureStyle
{
    /// <summary>The width of every figure in CSS pixels.</summary>
    public const double Width = 760;

    /// <summary>The font that texts are measured with; <see cref="SvgDrawing"/> names the ones that may stand in for it.</summary>
    public const string Font = "Arial";

    /// <summary>Okabe and Ito's blue.</summary>
    public static readonly OxyColor Blue = OxyColor.FromRgb(0x00, 0x72, 0xB2);

    /// <summary>Okabe and Ito's vermilion.</summary>
    public static readonly OxyColor Vermilion = OxyColor.FromRgb(0xD5, 0x5E, 0x00);

    /// <summary>Okabe and Ito's bluish green.</summary>
    public static readonly OxyColor Green = OxyColor.FromRgb(0x00, 0x9E, 0x73);

    /// <summary>Okabe and Ito's orange.</summary>
    public static readonly OxyColor Orange = OxyColor.FromRgb(0xE6, 0x9F, 0x00);

    /// <summary>Lines that say something about the curves: cutoffs, floors.</summary>
    public static readonly OxyColor Grey = OxyColor.FromRgb(0x60, 0x60, 0x60);

    private static readonly OxyColor[] Palette =
    [
        Blue, Vermilion, Green, OxyColor.FromRgb(0xCC, 0x79, 0xA7), Orange, OxyColor.FromRgb(0x56, 0xB4, 0xE9),
        OxyColors.Black,
    ];

    private static readonly LineStyle[] Dashes =
    [
        LineStyle.Solid, LineStyle.Dash, LineStyle.DashDot, LineStyle.LongDash, LineStyle.Dot,
        LineStyle.LongDashDot, LineStyle.DashDashDot,
    ];

    private static readonly MarkerType[] Markers =
    [
        MarkerType.Circle, MarkerType.Square, MarkerType.Triangle, MarkerType.Plus, MarkerType.Cross,
        MarkerType.Star, MarkerType.Diamond,
    ];

    /// <summary>How many curves the style can tell apart.</summary>
    public static int CurveCount => Palette.Length;

    /// <summary>The colour of the curve <paramref name="index"/>.</summary>
    public static OxyColor Color(int index) => Palette[index % Palette.Length];

    /// <summary>The dash pattern of the curve <paramref name="index"/>.</summary>
    public static LineStyle Dash(int index) => Dashes[index % Dashes.Length];

    /// <summary>An empty plot with the shared look.</summary>
    public static PlotModel Plot()
    {
        PlotModel model = new()
        {
            Culture = System.Globalization.CultureInfo.InvariantCulture,
            DefaultFont = Font,
            DefaultFontSize = 13,
            TextColor = OxyColors.Black,
            Background = OxyColors.White,
            PlotAreaBorderThickness = new OxyThickness(0),
            Padding = new OxyThickness(8, 8, 16, 8),
        };
        model.Legends.Add(new Legend
        {
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.TopLeft,
            LegendOrientation = LegendOrientation.Horizontal,
            LegendSymbolLength = 36,
            LegendColumnSpacing = 20,
            LegendItemSpacing = 20,
            LegendLineSpacing = 4,
            LegendMargin = 8,
            LegendPadding = 2,
        });
        return model;
    }

    /// <summary>Gives an axis the shared look.</summary>
    public static T Styled<T>(this T axis)
        where T : Axis
    {
        axis.AxislineStyle = LineStyle.Solid;
        axis.AxislineColor = OxyColors.Black;
        axis.AxislineThickness = 1;
        axis.TickStyle = TickStyle.Outside;
        axis.MajorTickSize = 5;
        axis.MinorTickSize = 3;
        axis.MajorGridlineStyle = LineStyle.Solid;
        axis.MajorGridlineColor = OxyColor.FromRgb(0xE8, 0xE8, 0xE8);
        axis.MajorGridlineThickness = 0.8;
        axis.AxisTitleDistance = 8;
        return axis;
    }

    /// <summary>The curve <paramref name="index"/> with its colour, dash and marker, still without points.</summary>
    public static LineSeries Curve(string title, int index) => new()
    {
        Title = title,
        Color = Color(index),
        LineStyle = Dash(index),
        StrokeThickness = 1.6,
        MarkerType = Markers[index % Markers.Length],
        MarkerSize = 3.5,
        MarkerStroke = Color(index),
        MarkerStrokeThickness = 1.2,
        // Every other marker is hollow: a second difference where curves cross.
        MarkerFill = index % 2 == 0 ? Color(index) : OxyColors.White,
    };

    /// <summary>
    /// Adds a curve whose markers stand at points of their own choice, fewer than the line has. The legend shows both.
    /// </summary>
    public static void AddCurve(PlotModel model, LineSeries curve, IEnumerable<DataPoint> marks)
    {
        LineSeries line = new()
        {
            Color = curve.Color,
            LineStyle = curve.LineStyle,
            StrokeThickness = curve.StrokeThickness,
            RenderInLegend = false,
            XAxisKey = curve.XAxisKey,
            YAxisKey = curve.YAxisKey,
        };
        line.Points.AddRange(curve.Points);
        model.Series.Add(line);

        ScatterSeries points = new()
        {
            MarkerType = curve.MarkerType,
            MarkerSize = curve.MarkerSize,
            MarkerStroke = curve.MarkerStroke,
            MarkerStrokeThickness = curve.MarkerStrokeThickness,
            MarkerFill = curve.MarkerFill,
            RenderInLegend = false,
            XAxisKey = curve.XAxisKey,
            YAxisKey = curve.YAxisKey,
        };
        points.Points.AddRange(marks.Select(mark => new ScatterPoint(mark.X, mark.Y)));
        model.Series.Add(points);

        curve.Points.Clear();
        model.Series.Add(curve);
    }

    /// <summary>The name of a checkpoint beside a curve; a bare number is an epoch.</summary>
    public static string Checkpoint(string name) =>
        name.Length > 0 && name.All(char.IsAsciiDigit) ? "epoch " + name : Label(name);

    /// <summary>Text from a run, short and without anything that a drawing would take for markup.</summary>
    public static string Label(string text) =>
        PlainText.Shorten(PlainText.OneLine(text), 24)
            .Replace("_{", "_ {", StringComparison.Ordinal)
            .Replace("^{", "^ {", StringComparison.Ordinal);
}
