using System.Collections.Immutable;
using System.Text;
using Spectral.Core.Execution;
using Spectral.Core.Formats;

namespace Spectral.Report;

/// <summary>A file of a report.</summary>
/// <param name="Path">Its place in a bundle's payload, with '/' between segments.</param>
/// <param name="Text">Its content, to be written as UTF-8 without byte order mark.</param>
public sealed record ReportFile(string Path, string Text);

/// <summary>The report of a run: one page and its figures as files. The same run gives the same bytes on every machine.</summary>
public static class RunReport
{
    /// <summary>Writes <c>report/report.html</c> and <c>report/figures/*.svg</c> into a payload.</summary>
    /// <exception cref="ArgumentException">A component of the run's plan is not in the Catalog.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Render(RunResult result, ArtifactFolder payload)
    {
        foreach (ReportFile file in Files(result))
            payload.Write(file.Path, Encoding.UTF8.GetBytes(file.Text));
    }

    /// <summary>The files of a run's report. A figure without data is left out.</summary>
    /// <exception cref="ArgumentException">A component of the run's plan is not in the Catalog.</exception>
    public static ImmutableArray<ReportFile> Files(RunResult result)
    {
        ImmutableArray<Figure> figures = Figures(result);
        return
        [
            new ReportFile("report/report.html", HtmlReport.Of(result, SummaryTable.Of(result), figures)),
            .. figures.Select(figure => new ReportFile(
                $"report/figures/{figure.Name}.svg", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + figure.Svg)),
        ];
    }

    /// <summary>The figures of a run, in the order in which a report shows them.</summary>
    public static ImmutableArray<Figure> Figures(RunResult result) =>
    [
        .. new[]
        {
            SpectrumFigure.Of(result, "train"),
            SpectrumFigure.Of(result, "test"),
            AlignmentFigure.Of(result),
            TrainingFigure.Of(result),
        }.OfType<Figure>(),
    ];
}
