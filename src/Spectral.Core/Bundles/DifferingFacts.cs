using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core.Execution;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// In which facts that decide bits a second run differs from a bundle's: the digests of its data, its numeric
/// environment, its number of threads.
/// </summary>
public static class DifferingFacts
{
    /// <summary>Facts of the numeric environment that are about this program.</summary>
    private static readonly ImmutableArray<string> OfCode = ["code", "spectral"];

    /// <summary>The facts that differ: data, then environment, then code, each by name.</summary>
    /// <param name="bundle">The bundle of the first run.</param>
    /// <param name="again">The payload of the second.</param>
    /// <param name="here">The numeric environment of the second.</param>
    /// <param name="threads">The threads of the first run and of the second.</param>
    public static ImmutableArray<DifferingFact> Between(
        BundleFolder bundle, ArtifactFolder again, NumericEnvironment here, (int Bundle, int Here) threads)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(here);
        ImmutableArray<DifferingFact> facts =
        [
            .. Differing(Digests(bundle.Payload), Digests(again), _ => FactKind.Data),
            .. Environment(bundle, here),
        ];
        if (threads.Bundle != threads.Here)
        {
            facts = facts.Add(new DifferingFact(
                FactKind.Environment, "threads", Whole(threads.Bundle), Whole(threads.Here)));
        }

        return [.. facts.OrderBy(fact => fact.Kind).ThenBy(fact => fact.Name, StringComparer.Ordinal)];
    }

    private static IEnumerable<DifferingFact> Environment(BundleFolder bundle, NumericEnvironment here)
    {
        if (bundle.NumericEnvironment == here.Hash)
            return [];
        ImmutableSortedDictionary<string, string> recorded = Recorded(bundle.Payload);
        return recorded.IsEmpty
            ? [new DifferingFact(FactKind.Environment, "numeric environment", bundle.NumericEnvironment, here.Hash)]
            : Differing(recorded, here.Facts, name => OfCode.Contains(name) ? FactKind.Code : FactKind.Environment);
    }

    private static IEnumerable<DifferingFact> Differing(
        ImmutableSortedDictionary<string, string> bundle,
        ImmutableSortedDictionary<string, string> here,
        Func<string, FactKind> kind) =>
        from name in bundle.Keys.Union(here.Keys)
        let before = bundle.GetValueOrDefault(name, DifferingFact.None)
        let after = here.GetValueOrDefault(name, DifferingFact.None)
        where before != after
        select new DifferingFact(kind(name), name, before, after);

    /// <summary>The facts in the record; none where there is no such record.</summary>
    private static ImmutableSortedDictionary<string, string> Recorded(ArtifactFolder payload) =>
        Texts((Json(payload, "record/environment.json") as JsonObject)?["numeric"], "");

    private static ImmutableSortedDictionary<string, string> Digests(ArtifactFolder payload)
    {
        JsonObject? facts = Json(payload, ResultFiles.DatasetFacts) as JsonObject;
        return Texts(facts?["sources_sha256"], "sources_sha256/")
            .AddRange(Texts(facts?["inputs_sha256"], "inputs_sha256/"));
    }

    private static JsonNode? Json(ArtifactFolder payload, string path)
    {
        try
        {
            return payload.Contains(path) ? CanonicalJson.Parse(payload.Read(path)) : null;
        }
        catch (FormatException)
        {
            return null; // what is content gets its own verdict
        }
    }

    private static ImmutableSortedDictionary<string, string> Texts(JsonNode? node, string prefix) =>
        (node as JsonObject ?? []).ToImmutableSortedDictionary(
            entry => prefix + entry.Key,
            entry => entry.Value is JsonValue value && value.TryGetValue(out string? text)
                ? text
                : entry.Value?.ToJsonString() ?? DifferingFact.None,
            StringComparer.Ordinal);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
