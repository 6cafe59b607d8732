using System.Collections.Immutable;
using Spectral.Core.Execution;

namespace Spectral.Core.Bundles;

/// <summary>What can explain that two runs of one plan differ.</summary>
public enum Explanation
{
    /// <summary>Other data went in.</summary>
    Data,

    /// <summary>The numeric environment, or the number of threads, is another.</summary>
    Environment,

    /// <summary>The program's own code is another.</summary>
    Code,

    /// <summary>Nothing known: the run is not reproducible, or the bundle does not hold what its plan gives.</summary>
    Unexplained,
}

/// <summary>
/// Where a second run first differs from a bundle's: the earliest stage with a file that is not bitwise equal, the
/// worst of its files, and what can explain it.
/// </summary>
/// <param name="Stage">The stage.</param>
/// <param name="Artefact">The file with the worst verdict of the stage, the earliest of several.</param>
/// <param name="Because">What can explain it.</param>
/// <param name="Facts">All facts in which the runs differ.</param>
public sealed record FirstDifference(
    string Stage, ArtifactVerdict Artefact, Explanation Because, ImmutableArray<DifferingFact> Facts)
{
    /// <summary>The explanation as tables have it: data, environment, code or unexplained.</summary>
    public string BecauseName => Because switch
    {
        Explanation.Data => "data",
        Explanation.Environment => "environment",
        Explanation.Code => "code",
        _ => "unexplained",
    };

    /// <summary>What the explanation means, in one sentence without a full stop.</summary>
    public string Meaning => Because switch
    {
        Explanation.Data => "other data went in",
        Explanation.Environment when Stage == Stages.Training =>
            "another numeric environment rounds differently, and training amplifies that without bound",
        Explanation.Environment => "another numeric environment rounds differently",
        Explanation.Code => "the program's own code is another",
        _ when Facts.IsEmpty => "environment, code and data are the bundle's: the run is not reproducible, or the "
            + "bundle does not hold what its plan gives",
        _ => "another environment moves results of equal inputs within the tolerances only: the run is not "
            + "reproducible, or the bundle does not hold what its plan gives",
    };

    /// <summary>The first difference; null where every file is bitwise equal.</summary>
    /// <param name="verdicts">The verdicts on all content files.</param>
    /// <param name="facts">The facts in which the runs differ.</param>
    public static FirstDifference? Among(ImmutableArray<ArtifactVerdict> verdicts, ImmutableArray<DifferingFact> facts)
    {
        ArtifactVerdict? worst = verdicts
            .Where(verdict => verdict.Verdict != Verdict.Bitwise)
            .OrderBy(verdict => ArtifactStage.InOrder.IndexOf(verdict.Stage))
            .ThenByDescending(verdict => verdict.Verdict)
            .ThenBy(verdict => ArtifactStage.Place(verdict.Path))
            .FirstOrDefault();
        return worst is null
            ? null
            : new FirstDifference(worst.Stage, worst, Explain(worst, facts), facts);
    }

    private static Explanation Explain(ArtifactVerdict worst, ImmutableArray<DifferingFact> facts)
    {
        bool Differs(FactKind kind) => facts.Any(fact => fact.Kind == kind);

        // All stages before are equal to the bit. From equal inputs another environment stays within the tolerances,
        // except in training, which amplifies, and in data, which has none.
        bool isFar = worst.Verdict is Verdict.Drift or Verdict.Missing
            && worst.Stage is Stages.Spectrum or Stages.Analyses;
        bool hasOtherSources = facts.Any(fact =>
            fact.Kind == FactKind.Data && fact.Name.StartsWith("sources_", StringComparison.Ordinal));
        return hasOtherSources ? Explanation.Data
            : Differs(FactKind.Environment) && !isFar ? Explanation.Environment
            : Differs(FactKind.Code) ? Explanation.Code
            : Differs(FactKind.Data) ? Explanation.Data
            : Explanation.Unexplained;
    }
}
