using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Formats;
using Spectral.Core.Numerics;
using Spectral.Core.Results;

namespace Spectral.Core.Analyses;

/// <summary>What one theorem says of a run, line by line.</summary>
/// <param name="Theorem">Its number in arXiv:1906.05392v2, such as <c>3.2</c>.</param>
/// <param name="SpectrumAt">
/// The checkpoint whose Jacobian it was given; empty for the infinitely wide network's.
/// </param>
/// <param name="Split">The split into spaces that it speaks of, alpha in units of sigma of J; null for none.</param>
/// <param name="Lines">The lines.</param>
internal sealed record TheoremAccount(
    string Theorem, string SpectrumAt, SpaceSplit? Split, ImmutableArray<TheoremLine> Lines)
{
    /// <summary>The columns of the table.</summary>
    public static ImmutableArray<string> Columns { get; } =
        ["theorem", "part", "name", "here", "relation", "needed", "verdict", "epoch", "note"];

    /// <summary>A theorem that does not speak of the run.</summary>
    public static TheoremAccount Silent(string theorem, string reason) => new(
        theorem, "", null, [new TheoremLine("applies", "applies", Enclosure.Exact(0), "=", 1, "no", reason)]);

    /// <summary>
    /// The sum of the terms. It is <c>vacuous</c> from <paramref name="trivial"/> on, which holds anyhow; below it is
    /// <c>unproved</c> where a hypothesis fails, and <c>unchecked</c> where one cannot be checked.
    /// </summary>
    public static TheoremLine Sum(ImmutableArray<TheoremLine> lines, double trivial, string note)
    {
        Enclosure total = lines.Where(line => line.Part == "term").Select(line => line.Here)
            .Aggregate(Enclosure.Exact(0), (sum, term) => sum + term);
        ImmutableArray<string> verdicts =
            [.. lines.Where(line => line.Part == "hypothesis").Select(line => line.Verdict)];
        string status = double.IsNaN(total.Value) ? "undefined"
            : total.Value >= trivial ? "vacuous"
            : verdicts.Contains("no") ? "unproved"
            : verdicts.Contains("unknown") ? "unchecked"
            : "ok";
        return TheoremLine.Term("bound", total, note) with { Part = "bound", Status = status };
    }

    /// <summary>
    /// The numbers, terms, bounds and what was measured, as rows under <c>theorem_</c> and the theorem's number; and
    /// how many hypotheses fail or cannot be checked.
    /// </summary>
    public IEnumerable<Measurement> Measurements()
    {
        string prefix = $"theorem_{Theorem.Replace('.', '_')}_";
        foreach (TheoremLine line in Lines.Where(line => line.Part is not ("hypothesis" or "applies")))
            yield return Row(prefix + line.Name, line.Target, line.Split, line.Epoch ?? 0, line.Here, line.Status);
        if (Lines.All(line => line.Part != "hypothesis"))
            yield break;
        yield return Count("hypotheses_failed", "no");
        yield return Count("hypotheses_unknown", "unknown");

        Measurement Count(string name, string verdict) => Row(
            prefix + name,
            "",
            "train",
            0,
            Enclosure.Exact(Lines.Count(line => line.Part == "hypothesis" && line.Verdict == verdict)),
            "ok");
    }

    /// <summary>The lines as rows of the table.</summary>
    public IEnumerable<ImmutableArray<string>> Rows() => Lines.Select(line => ImmutableArray.Create(
        Theorem,
        line.Part,
        line.Name,
        CsvTable.Number(line.Here.Value),
        line.Relation,
        line.Relation.Length == 0 ? "" : CsvTable.Number(line.Needed),
        line.Verdict,
        (line.Epoch ?? 0).ToString(CultureInfo.InvariantCulture),
        line.Note));

    private Measurement Row(
        string quantity, string target, string split, int epoch, Enclosure value, string status) => new(
        "theorems",
        quantity,
        epoch,
        SpectrumAt,
        split,
        target,
        Split?.Rank,
        Split?.Alpha,
        value.Value,
        value.Lower,
        value.Upper,
        "",
        double.IsNaN(value.Value) && status == "ok" ? "undefined" : status);
}
