using Spectral.Core.Bundles;
using Spectral.Core.Results;

namespace Spectral.Cli.Terminal;

/// <summary>The verdicts of a rerun for people.</summary>
internal static class VerdictLines
{
    /// <summary>A line for each file, and their counts: what goes to stdout.</summary>
    public static IEnumerable<string> Table(Reproduction found)
    {
        int width = found.Verdicts.Max(verdict => verdict.Path.Length);
        foreach (ArtifactVerdict verdict in found.Verdicts)
            yield return $"{verdict.Name,-10}  {verdict.Path.PadRight(width)}  {verdict.Finding}".TrimEnd();
        yield return Reproduction.Counts(found.Verdicts);
    }

    /// <summary>What the verdicts are by stage, where the runs first differ and why: what goes to stderr.</summary>
    public static IEnumerable<string> Explanation(Reproduction found)
    {
        yield return found.HasSameEnvironment
            ? "the numeric environment is the bundle's: every artefact should be BITWISE"
            : "the numeric environment is not the bundle's (another machine, libtorch, build or number of threads): "
                + "equal bits are not to be expected of training";
        if (found.Tolerances != Tolerances.Standard)
            yield return "the tolerances are those that the bundle's author asked for, in verify.json";
        if (found.IsAnchored)
            yield return "anchored: every stage started from the bundle's own results of the stage before";
        if (found.IsBitwise)
            yield break;
        foreach (string stage in Reproduction.Stages)
        {
            if (found.Verdicts.Where(verdict => verdict.Stage == stage).ToList() is { Count: > 0 } verdicts)
                yield return $"{stage + ":",-10} {Reproduction.Counts(verdicts)}";
        }

        foreach (FirstDifference difference in found.Differences)
        {
            ArtifactVerdict artefact = difference.Artefact;
            yield return (found.IsAnchored ? "difference: " : "first difference: ")
                + $"{difference.Stage}, {artefact.Path}, {artefact.Name}: {artefact.Finding}";
            yield return $"because: {difference.BecauseName}: {difference.Meaning}";
        }

        foreach (DifferingFact fact in found.Facts)
            yield return $"  {fact.Text}";
    }
}
