using Spectral.Core.Numerics;

namespace Spectral.Core.Analyses;

/// <summary>
/// One line of the account of a theorem: a hypothesis, a number, a term of its bound, or a conclusion.
/// </summary>
/// <param name="Part">
/// <c>hypothesis</c>, <c>number</c>, <c>term</c>, <c>bound</c>, <c>conclusion</c> or <c>measured</c>; <c>applies</c>,
/// with the verdict <c>no</c>, where the theorem does not speak of the run.
/// </param>
/// <param name="Name">What it is, in snake_case.</param>
/// <param name="Here">The run's number; a term's or bound's value.</param>
/// <param name="Relation">
/// <c>&lt;=</c>, <c>&gt;=</c> or <c>=</c> between the run's number and the other; else empty.
/// </param>
/// <param name="Needed">The number that a hypothesis asks for or a conclusion promises; NaN for none.</param>
/// <param name="Verdict"><c>yes</c>, <c>no</c>, <c>unknown</c>; empty where nothing is compared.</param>
/// <param name="Note">The formula or the reason, as a phrase.</param>
internal sealed record TheoremLine(
    string Part, string Name, Enclosure Here, string Relation, double Needed, string Verdict, string Note)
{
    /// <summary>The epoch that the run's number is from, where it is not that of the account.</summary>
    public int? Epoch { get; init; }

    /// <summary>Which labels the number is about.</summary>
    public string Target { get; init; } = "";

    /// <summary>The split that the number is from.</summary>
    public string Split { get; init; } = "train";

    /// <summary>The status of a measurement.</summary>
    public string Status { get; init; } = "ok";

    /// <summary>A hypothesis that compares two numbers.</summary>
    public static TheoremLine AtMost(string name, double here, double needed, string note) =>
        new("hypothesis", name, Enclosure.Exact(here), "<=", needed, Compare(here <= needed, here, needed), note);

    /// <summary>As above, the other way round.</summary>
    public static TheoremLine AtLeast(string name, double here, double needed, string note) =>
        new("hypothesis", name, Enclosure.Exact(here), ">=", needed, Compare(here >= needed, here, needed), note);

    /// <summary>A hypothesis that asks for equality, up to a relative deviation.</summary>
    public static TheoremLine Equal(string name, double here, double needed, double deviation, string note) =>
        new(
            "hypothesis", name, Enclosure.Exact(here), "=", needed,
            Compare(Math.Abs(here - needed) <= deviation * Math.Abs(needed), here, needed), note);

    /// <summary>A hypothesis, of at most a number, that the run can neither prove nor refute.</summary>
    public static TheoremLine Unknown(string name, double here, double needed, string note) =>
        new("hypothesis", name, Enclosure.Exact(here), "<=", needed, "unknown", note);

    /// <summary>A hypothesis that is met or not; its numbers are 1 and 0.</summary>
    public static TheoremLine Require(string name, bool isMet, string note) =>
        new("hypothesis", name, Enclosure.Exact(isMet ? 1 : 0), "=", 1, isMet ? "yes" : "no", note);

    /// <summary>A number that others are made of.</summary>
    public static TheoremLine Number(string name, Enclosure value, string note) =>
        new("number", name, value, "", double.NaN, "", note);

    /// <summary>The same, known to rounding.</summary>
    public static TheoremLine Number(string name, double value, string note) =>
        Number(name, Enclosure.Exact(value), note);

    /// <summary>A term of the bound.</summary>
    public static TheoremLine Term(string name, Enclosure value, string note) =>
        new("term", name, value, "", double.NaN, "", note) { Target = "given" };

    /// <summary>The same, known to rounding.</summary>
    public static TheoremLine Term(string name, double value, string note) => Term(name, Enclosure.Exact(value), note);

    /// <summary>What the theorem promises beside what was measured.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="here">What was measured.</param>
    /// <param name="promised">What it should not exceed.</param>
    /// <param name="epoch">Where it was measured.</param>
    /// <param name="isDue">Whether the promise is about that time.</param>
    /// <param name="note">The formula.</param>
    public static TheoremLine Conclusion(
        string name, Enclosure here, Enclosure promised, int epoch, bool isDue, string note)
    {
        bool holds = here.Lower <= promised.Upper;
        string verdict = isDue ? Compare(holds, here.Value, promised.Value) : "unknown";
        return new("conclusion", name, here, "<=", promised.Value, verdict, note) { Epoch = epoch, Target = "given" };
    }

    /// <summary>The line of a number that depends on which space is the information space.</summary>
    public TheoremLine In(SpaceSplit split) => this with
    {
        Target = "given",
        Status = split.CutsCluster ? "cluster_cut" : double.IsNaN(Here.Value) ? "partial" : "ok",
    };

    private static string Compare(bool holds, double here, double needed) =>
        double.IsNaN(here) || double.IsNaN(needed) ? "unknown" : holds ? "yes" : "no";
}
