using System.Collections.Immutable;
using System.Globalization;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using Spectral.Core.Execution;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>Error rate and loss over the epochs, on both splits and against given and clean labels.</summary>
public static class TrainingFigure
{
    private const int Height = 560;

    private const int Marks = 12;

    private sealed record History(string Label, int Style, ImmutableArray<TrainingRow> Rows);

    /// <summary>The figure, or null where fewer than two epochs were recorded.</summary>
    public static Figure? Of(RunResult result)
    {
        ImmutableArray<History> curves = Curves(result);
        if (result.Training.Select(row => row.Epoch).Distinct().Count() < 2)
            return null;
        int last = Math.Max(result.Training.Max(row => row.Epoch), result.DivergedAt ?? 0);
        PlotModel model = FigureStyle.Plot();
        model.Axes.Add(new LinearAxis
        {
            Position = AxisPosition.Bottom,
            // Room for half a marker at both ends.
            Minimum = -0.01 * last,
            Maximum = 1.01 * last,
            MinimumMajorStep = 1,
            MinimumMinorStep = 1,
            Title = "epochs finished",
        }.Styled());
        double largest = curves.SelectMany(curve => curve.Rows).Max(row => 100 * row.Error);
        model.Axes.Add(new LinearAxis
        {
            Key = "error",
            Position = AxisPosition.Left,
            StartPosition = 0.54,
            EndPosition = 1,
            Minimum = 0,
            Maximum = Math.Max(1, Math.Min(100, largest * 1.08)),
            Title = "error rate (%)",
        }.Styled());
        ImmutableArray<double> losses =
            [.. curves.SelectMany(curve => curve.Rows).Select(row => row.Loss).Where(loss => double.IsFinite(loss) && loss > 0)];
        if (!losses.IsEmpty)
        {
            (double low, double high) = LogScale.Around(losses.Min(), losses.Max());
            LogarithmicAxis axis = LogScale.Axis(AxisPosition.Left, low, high, "loss (unit of the training loss)");
            axis.Key = "loss";
            axis.StartPosition = 0;
            axis.EndPosition = 0.46;
            model.Axes.Add(axis);
        }

        foreach (History curve in curves)
        {
            Add(model, curve, "error", row => 100 * row.Error, inLegend: true, curves.Length);
            if (!losses.IsEmpty)
                Add(model, curve, "loss", row => row.Loss > 0 ? row.Loss : double.NaN, inLegend: false, curves.Length);
        }

        AddDivergence(model, result);
        const string Title = "Error and loss during training";
        string caption = Caption(result, curves);
        return new Figure("training", Title, caption, SvgDrawing.Draw(model, Height, "training", Title, caption));
    }

    private static ImmutableArray<History> Curves(RunResult result)
    {
        ImmutableArray<History> all =
        [
            .. result.Training.GroupBy(row => (row.Split, row.Target))
                .OrderBy(rows => rows.Key.Split == "train" ? 0 : 1)
                .ThenBy(rows => rows.Key.Target == "given" ? 0 : 1)
                .Select((rows, style) => new History(
                    FigureStyle.Label($"{rows.Key.Split}, {rows.Key.Target} labels"),
                    style,
                    [.. rows.OrderBy(row => row.Epoch)])),
        ];
        // Without noise, given and clean labels are the same: one curve says it.
        return
        [
            .. all.Where((curve, position) => !all.Take(position).Any(earlier =>
                earlier.Rows[0].Split == curve.Rows[0].Split
                && earlier.Rows.Select(Numbers).SequenceEqual(curve.Rows.Select(Numbers)))),
        ];

        static (int Epoch, double Loss, int Errors) Numbers(TrainingRow row) => (row.Epoch, row.Loss, row.Errors);
    }

    private static void Add(
        PlotModel model, History curve, string axis, Func<TrainingRow, double> value, bool inLegend, int curves)
    {
        LineSeries line = FigureStyle.Curve(curve.Label, curve.Style);
        line.YAxisKey = axis;
        line.RenderInLegend = inLegend;
        DataPoint[] points = [.. curve.Rows.Select(row => new DataPoint(row.Epoch, value(row)))];
        line.Points.AddRange(points);
        int every = Math.Max(1, points.Length / Marks);
        int first = every * curve.Style / curves;
        FigureStyle.AddCurve(
            model, line, points.Where((point, position) => position % every == first && double.IsFinite(point.Y)));
    }

    private static void AddDivergence(PlotModel model, RunResult result)
    {
        if (result.DivergedAt is not { } epoch)
            return;
        LineSeries line = new()
        {
            Title = "training diverged",
            YAxisKey = "error",
            Color = FigureStyle.Grey,
            LineStyle = LineStyle.LongDash,
            StrokeThickness = 1,
        };
        line.Points.Add(new DataPoint(epoch, 0));
        line.Points.Add(new DataPoint(epoch, 100));
        model.Series.Add(line);
    }

    private static string Caption(RunResult result, ImmutableArray<History> curves)
    {
        string text = "Above, the share of examples whose largest output is not at the label; below, the loss over the whole "
            + "split, on a logarithmic axis and in the training loss's own unit (where that is a sum, a larger split has a larger one). ";
        if (curves.Any(curve => curve.Rows[0] is { Split: "train", Target: "clean" }))
        {
            text += "Training sees the given labels only: where the error against the given labels falls and the one against "
                + "the clean labels rises, the network is learning the label noise by heart. ";
        }

        return text + (result.DivergedAt is { } epoch
            ? string.Create(CultureInfo.InvariantCulture, $"The loss stopped being finite in epoch {epoch}.")
            : "");
    }
}
