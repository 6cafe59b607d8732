using System.Collections.Immutable;
using Spectral.Core.Bundles;
using Spectral.Core.Results;

namespace Spectral.Report;

/// <summary>
/// The verdicts of a rerun as one self-contained HTML page: no script, nothing loaded from anywhere. The same verdicts
/// give the same bytes: the page holds no date.
/// </summary>
public static class VerdictPage
{
    /// <summary>The page.</summary>
    /// <param name="found">What came of the rerun.</param>
    public static string Of(Reproduction found)
    {
        ArgumentNullException.ThrowIfNull(found);
        HtmlWriter html = new();
        HtmlFrame.Begin(html, $"{found.Bundle.Name} – Spectral rerun");
        html.Element("h1", $"Rerun of {found.Bundle.Name}");
        if (found.Bundle.Description.Length > 0)
            html.Element("p", found.Bundle.Description);
        Outcome(html, found);
        Differences(html, found);
        html.Element("h2", "Verdicts", ("id", "verdicts"));
        foreach (string stage in Reproduction.Stages)
            Stage(html, stage, [.. found.Verdicts.Where(verdict => verdict.Stage == stage)]);
        Facts(html, found.Facts);
        html.Element("h2", "What the verdicts mean", ("id", "legend"));
        Legend(html, found.Tolerances);
        return HtmlFrame.End(html);
    }

    private static void Outcome(HtmlWriter html, Reproduction found)
    {
        html.Open("dl", ("class", "plan")).Raw("\n");
        html.Element("dt", "Outcome").Element("dd", Reproduction.Counts(found.Verdicts));
        html.Element("dt", "Start of each stage").Element("dd", found.IsAnchored
            ? "anchored: the bundle's own results of the stage before"
            : "end to end: this run's own results of the stage before");
        html.Element("dt", "Environment").Element("dd", found.HasSameEnvironment
            ? "the bundle's: every file should be BITWISE"
            : "not the bundle's: equal bits are not to be expected of training");
        html.Element("dt", "Plan hash").Open("dd").Element("code", found.Bundle.PlanHash).Close("dd");
        html.Element("dt", "Content digest").Open("dd").Element("code", found.Bundle.ContentDigest).Close("dd");
        html.Close("dl");
    }

    private static void Differences(HtmlWriter html, Reproduction found)
    {
        html.Element("h2", found.IsAnchored ? "The difference in each stage" : "The first difference", ("id", "first"));
        if (found.IsBitwise)
            html.Element("p", "None: every file has the same bytes.");
        foreach (FirstDifference difference in found.Differences)
        {
            html.Open("dl", ("class", "plan")).Raw("\n");
            html.Element("dt", "Stage").Element("dd", difference.Stage);
            html.Element("dt", "File").Open("dd").Element("code", difference.Artefact.Path).Close("dd");
            html.Element("dt", "Verdict").Element("dd", $"{difference.Artefact.Name}: {difference.Artefact.Finding}");
            html.Element("dt", "Because").Element("dd", $"{difference.BecauseName}: {difference.Meaning}");
            html.Close("dl");
        }
    }

    private static void Stage(HtmlWriter html, string stage, ImmutableArray<ArtifactVerdict> verdicts)
    {
        if (verdicts.IsEmpty)
            return;
        Table(
            html,
            $"{stage}: {Reproduction.Counts(verdicts)}",
            ["file", "verdict", "distance", "tolerance", "measure", "note"],
            verdicts.Select(verdict => (ImmutableArray<string>)
            [
                verdict.Path,
                verdict.Name,
                verdict.Distance is { } distance && verdict.Verdict != Verdict.Bitwise
                    ? ArtifactVerdict.Digits(distance)
                    : "",
                verdict.Tolerance is { } tolerance ? ArtifactVerdict.Limit(tolerance) : "",
                verdict.Verdict == Verdict.Bitwise ? "" : verdict.Measure,
                verdict.Note ?? "",
            ]));
    }

    private static void Facts(HtmlWriter html, ImmutableArray<DifferingFact> facts)
    {
        html.Element("h2", "Facts that differ", ("id", "facts"));
        if (facts.IsEmpty)
        {
            html.Element("p", "None: code, libtorch, instructions, device, threads and data are the bundle's.");
            return;
        }

        Table(html, "Facts that decide bits", ["fact", "about", "bundle", "here"], facts.Select(fact =>
            (ImmutableArray<string>)[fact.Name, fact.Kind.ToString().ToLowerInvariant(), fact.Bundle, fact.Here]));
    }

    private static void Legend(HtmlWriter html, Tolerances tolerances)
    {
        html.Open("dl", ("class", "legend")).Raw("\n");
        foreach ((string term, string meaning) in new[]
        {
            ("BITWISE", "the same bytes"),
            ("WITHIN-TOL", "other bytes, not farther apart than the tolerance"),
            ("DRIFT", "farther apart, or not comparable"),
            ("MISSING", "in one of the two only"),
            ("spectra", $"max |d sigma| / sigma_1 up to {ArtifactVerdict.Limit(tolerances.Spectra)}"),
            ("subspaces", $"sines up to {ArtifactVerdict.Limit(tolerances.Subspaces)}"),
            ("values", $"{ArtifactVerdict.Limit(tolerances.Values.Absolute)} + "
                + $"{ArtifactVerdict.Limit(tolerances.Values.Relative)} |x|, or a number's own interval"),
            ("arrays", $"max |d| / max |x| up to {ArtifactVerdict.Limit(tolerances.Arrays.Float64)} (float64) and "
                + $"{ArtifactVerdict.Limit(tolerances.Arrays.Float32)} (float32)"),
            ("counts", $"{ArtifactVerdict.Limit(tolerances.Counts)} examples more or fewer"),
            ("weights", "the same bytes or not at all: training amplifies rounding without bound"),
        })
            html.Element("dt", term).Element("dd", meaning);
        html.Close("dl");
    }

    /// <summary>A table whose second column, where it is a verdict, stands out when it is a bad one.</summary>
    private static void Table(
        HtmlWriter html, string caption, ImmutableArray<string> headings, IEnumerable<ImmutableArray<string>> rows)
    {
        html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", caption));
        html.Open("table").Raw("\n").Element("caption", caption).Open("thead").Open("tr");
        foreach (string heading in headings)
            html.Open("th", ("scope", "col"), ("class", "text")).Text(heading).Close("th");
        html.Close("tr").Close("thead").Open("tbody").Raw("\n");
        foreach (ImmutableArray<string> row in rows)
        {
            html.Open("tr").Open("th", ("scope", "row")).Text(row[0]).Close("th");
            foreach (string cell in row[1..])
                html.Open("td", ("class", cell is "DRIFT" or "MISSING" ? "text warn" : "text")).Text(cell).Close("td");
            html.Close("tr");
        }

        html.Close("tbody").Close("table").Close("div");
    }
}
