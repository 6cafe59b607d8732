using System.Text.Json.Nodes;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;

namespace Spectral.Cli.Verbs;

/// <summary>The verdicts of a rerun for programs; contract: docs/command-line.md. New keys may come.</summary>
internal static class VerdictJson
{
    /// <summary>The whole object.</summary>
    /// <param name="path">The bundle as the user named it.</param>
    /// <param name="found">What came of the rerun.</param>
    public static JsonObject Of(string path, Reproduction found) => new()
    {
        ["bundle"] = path,
        ["anchored"] = found.IsAnchored,
        ["same_numeric_environment"] = found.HasSameEnvironment,
        ["tolerances"] = ToleranceFile.ToJson(found.Tolerances),
        ["counts"] = Counts(found.Verdicts),
        ["stages"] = new JsonObject(Reproduction.Stages.Select(stage => KeyValuePair.Create(
            stage, (JsonNode?)Counts(found.Verdicts.Where(verdict => verdict.Stage == stage))))),
        ["first_difference"] = found.First is { } first ? Difference(first) : null,
        ["differences"] = new JsonArray([.. found.Differences.Select(difference => (JsonNode)Difference(difference))]),
        ["artefacts"] = new JsonArray([.. found.Verdicts.Select(verdict => (JsonNode)new JsonObject
        {
            ["path"] = verdict.Path,
            ["stage"] = verdict.Stage,
            ["verdict"] = verdict.Name,
            ["distance"] = verdict.Distance,
            ["tolerance"] = verdict.Tolerance,
            ["measure"] = verdict.Measure,
            ["note"] = verdict.Note,
        })]),
    };

    private static JsonObject Counts(IEnumerable<ArtifactVerdict> verdicts) => new(verdicts
        .GroupBy(verdict => verdict.Verdict)
        .OrderBy(group => group.Key)
        .Select(group => KeyValuePair.Create(ArtifactVerdict.NameOf(group.Key), (JsonNode?)group.Count())));

    private static JsonObject Difference(FirstDifference first) => new()
    {
        ["stage"] = first.Stage,
        ["artefact"] = first.Artefact.Path,
        ["verdict"] = first.Artefact.Name,
        ["because"] = first.BecauseName,
        ["facts"] = new JsonArray([.. first.Facts.Select(fact => (JsonNode)new JsonObject
        {
            ["about"] = fact.Kind.ToString().ToLowerInvariant(),
            ["fact"] = fact.Name,
            ["bundle"] = fact.Bundle,
            ["here"] = fact.Here,
        })]),
    };
}
