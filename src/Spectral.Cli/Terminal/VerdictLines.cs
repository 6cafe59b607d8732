using Spectral.Core.Bundles;

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
            : "the numeric environment is not the bundle's (another machine, libtorch, build or number of threads): equal "
                + "bits are not to be expected of training";
        if (found.First is not { } first)
            yield break;
        foreach (string stage in Reproduction.Stages)
        {
            if (found.Verdicts.Where(verdict => verdict.Stage == stage).ToList() is { Count: > 0 } verdicts)
                yield return $"{stage + ":",-10} {Reproduction.Counts(verdicts)}";
        }

        yield return $"first difference: {first.Stage}, {first.Artefact.Path}, {first.Artefact.Name}: {first.Artefact.Finding}";
        yield return $"because: {first.BecauseName}: {first.Meaning}";
        foreach (DifferingFact fact in first.Facts)
            yield return $"  {fact.Text}";
    }
}
