using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Results;

namespace Spectral.Core.Bundles;

/// <summary>What came of running a bundle's plan again.</summary>
/// <param name="Bundle">The bundle.</param>
/// <param name="Tolerances">What counted as the same.</param>
/// <param name="Verdicts">A verdict on every content file, in the order of the paths' bytes.</param>
/// <param name="Facts">The facts that decide bits and are others here.</param>
public sealed record Reproduction(
    BundleFolder Bundle,
    Tolerances Tolerances,
    ImmutableArray<ArtifactVerdict> Verdicts,
    ImmutableArray<DifferingFact> Facts)
{
    /// <summary>Whether every stage started from the bundle's own results of the stage before.</summary>
    public bool IsAnchored { get; init; }

    /// <summary>The stages of a run in their order.</summary>
    public static ImmutableArray<string> Stages => ArtifactStage.InOrder;

    /// <summary>Where the runs first differ; null where they are equal to the bit.</summary>
    public FirstDifference? First => Differences.FirstOrDefault();

    /// <summary>
    /// The differences that are one each: the first, or in an anchored run that of every stage, none of which follows
    /// from another.
    /// </summary>
    public ImmutableArray<FirstDifference> Differences =>
    [
        .. Stages
            .Select(stage => FirstDifference.Among([.. Verdicts.Where(verdict => verdict.Stage == stage)], Facts))
            .OfType<FirstDifference>()
            .Take(IsAnchored ? Stages.Length : 1),
    ];

    /// <summary>Whether the numeric environment and the number of threads are the bundle's.</summary>
    public bool HasSameEnvironment => Facts.All(fact => fact.Kind == FactKind.Data);

    /// <summary>Whether any file is farther off than its tolerance, or missing.</summary>
    public bool HasDrift => Verdicts.Any(verdict => verdict.Verdict is Verdict.Drift or Verdict.Missing);

    /// <summary>Whether every file has the same bytes.</summary>
    public bool IsBitwise => Verdicts.All(verdict => verdict.Verdict == Verdict.Bitwise);

    /// <summary>How many files have which verdict, such as <c>24 BITWISE, 19 WITHIN-TOL</c>.</summary>
    /// <param name="verdicts">The verdicts to count.</param>
    public static string Counts(IEnumerable<ArtifactVerdict> verdicts) => string.Join(", ", verdicts
        .GroupBy(verdict => verdict.Verdict)
        .OrderBy(group => group.Key)
        .Select(group => string.Create(
            CultureInfo.InvariantCulture, $"{group.Count()} {ArtifactVerdict.NameOf(group.Key)}")));
}
