using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Execution;
using Spectral.Core.Numerics;

namespace Spectral.Report;

/// <summary>
/// A run as one self-contained HTML page: no script, nothing loaded from anywhere, the figures inside. The same run gives
/// the same bytes: the page holds no date and nothing of the machine.
/// </summary>
public static class HtmlReport
{
    /// <summary>The page.</summary>
    /// <param name="result">The run.</param>
    /// <param name="summary">Its summary.</param>
    /// <param name="figures">Its figures, in the order in which they are shown.</param>
    /// <exception cref="ArgumentException">A component of the run's plan is not in the Catalog.</exception>
    public static string Of(RunResult result, SummaryTable summary, ImmutableArray<Figure> figures)
    {
        HtmlWriter html = new();
        HtmlFrame.Begin(html, $"{result.Name} – Spectral report");
        WhatWasRun(html, result);
        html.Element("h2", "Summary", ("id", "summary"));
        HtmlTables.Summary(html, summary);
        Figures(html, figures);
        if (result.Measurements.Length > 0)
        {
            html.Element("h2", "All measurements", ("id", "measurements"));
            HtmlTables.Measurements(html, result);
        }

        Provenance(html, result);
        return HtmlFrame.End(html);
    }

    private static void WhatWasRun(HtmlWriter html, RunResult result)
    {
        html.Element("h1", result.Name);
        if (result.Description.Length > 0)
            html.Element("p", result.Description);
        html.Element("h2", "What was run", ("id", "plan"));
        html.Open("dl", ("class", "plan")).Raw("\n");
        foreach ((string term, string value) in PlanSummary.Of(result))
            html.Element("dt", term).Element("dd", value);
        html.Element("dt", "Plan hash").Open("dd").Element("code", result.PlanHash).Close("dd");
        html.Close("dl");
    }

    private static void Figures(HtmlWriter html, ImmutableArray<Figure> figures)
    {
        if (figures.IsEmpty)
            return;
        html.Element("h2", "Figures", ("id", "figures"));
        for (int number = 1; number <= figures.Length; number++)
        {
            Figure figure = figures[number - 1];
            html.Open("figure", ("id", figure.Name)).Raw("\n<div class=\"card\">\n").Raw(figure.Svg).Raw("</div>\n");
            html.Open("figcaption");
            html.Element("strong", string.Create(CultureInfo.InvariantCulture, $"Figure {number}. {figure.Title}."));
            html.Text(figure.Caption).Close("figcaption").Close("figure");
        }
    }

    private static void Provenance(HtmlWriter html, RunResult result)
    {
        html.Element("h2", "Where these numbers come from", ("id", "provenance"));
        html.Open("ul", ("class", "notes")).Raw("\n");
        foreach (string note in Notes(result))
            html.Open("li").Symbols(note).Close("li");
        foreach (SpectrumResult spectrum in result.Spectra)
            html.Element("li", Origin(spectrum));
        html.Close("ul");
    }

    private static string Origin(SpectrumResult result)
    {
        SingularSpectrum spectrum = result.Spectrum;
        string size = string.Create(CultureInfo.InvariantCulture, $"{spectrum.Rows} × {spectrum.Columns}");
        string count = spectrum.Values.Length.ToString(CultureInfo.InvariantCulture);
        return $"{result.Checkpoint}, {result.Split}: J is nK × p = {size}; {count} singular values by the method {spectrum.Method}.";
    }

    private static IEnumerable<string> Notes(RunResult result)
    {
        yield return "This page was made from the results of the run alone. In a bundle, the same numbers with all their digits "
            + "are in results/measurements.csv and results/training.csv, and the singular values beside them as .npy. The page is "
            + "no part of the bundle's content digest.";
        yield return "Numbers are shown as far as they are known: the whole interval of a value lies within one unit of its last "
            + "digit. Intervals of error rates are 95 % Clopper-Pearson intervals for examples that were not seen.";
        yield return "J is the Jacobian of all nK outputs of a split with respect to the parameters, of the network as it is used "
            + "for prediction; rows are ordered by example, then class. Each split has its own J, and the test split its own "
            + "clean labels.";
        yield return "Residual energies are ‖P_I r_t‖² / ‖r_0‖² and ‖P_N r_t‖² / ‖r_0‖², divided by the residual at "
            + "initialisation; shares are divided by ‖r_t‖².";
        yield return "Definitions follow Oymak, Fabian, Li and Soltanolkotabi, arXiv:1906.05392v2, definition 2.1 and section 4.";
        if (result.DivergedAt is not null)
            yield return "This training diverged. It is a result like any other, but nothing was measured afterwards.";
    }
}
