using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Caching;

/// <summary>What an entry of the cache is and what made it, so that it can be told why another one is needed.</summary>
/// <param name="Stage">The stage, such as <c>training</c>.</param>
/// <param name="Key">The key, 64 hexadecimal digits.</param>
/// <param name="Part">Which part of the stage, such as <c>final, train</c>; empty where it has no parts.</param>
/// <param name="Run">The run that made it, by its name.</param>
/// <param name="Plan">That run's plan.</param>
/// <param name="Environment">Its numeric environment.</param>
/// <param name="Started">When the stage began.</param>
/// <param name="Finished">When it ended.</param>
public sealed record CacheHeader(
    string Stage,
    string Key,
    string Part,
    string Run,
    JsonObject Plan,
    JsonObject Environment,
    DateTimeOffset Started,
    DateTimeOffset Finished)
{
    /// <summary>The header's name in an entry's folder.</summary>
    public const string FileName = "entry.json";

    /// <summary>The SHA-256 of each of the entry's files, by its path.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The header as canonical JSON.</summary>
    public byte[] ToBytes() => CanonicalJson.Serialize(new JsonObject
    {
        ["cache"] = 1,
        ["stage"] = Stage,
        ["key"] = Key,
        ["part"] = Part,
        ["run"] = Run,
        ["plan"] = Plan.DeepClone(),
        ["environment"] = Environment.DeepClone(),
        ["started"] = Moment(Started),
        ["finished"] = Moment(Finished),
        ["files"] = new JsonObject(Files.Select(file => KeyValuePair.Create(file.Key, (JsonNode?)file.Value))),
    });

    /// <summary>Reads a header.</summary>
    /// <exception cref="FormatException">The bytes are none.</exception>
    public static CacheHeader Parse(ReadOnlySpan<byte> bytes)
    {
        if (CanonicalJson.Parse(bytes) is not JsonObject json
            || json["plan"] is not JsonObject plan
            || json["environment"] is not JsonObject environment
            || json["files"] is not JsonObject files
            || json["cache"]?.ToJsonString() != "1")
        {
            throw new FormatException("this is no header of a cache entry, version 1");
        }

        return new CacheHeader(
            Text(json, "stage"),
            Text(json, "key"),
            Text(json, "part"),
            Text(json, "run"),
            plan,
            environment,
            Moment(Text(json, "started")),
            Moment(Text(json, "finished")))
        {
            Files = files.ToImmutableSortedDictionary(file => file.Key, file => Text(files, file.Key)),
        };
    }

    private static string Text(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue(out string? text)
            ? text
            : throw new FormatException($"the key '{key}' holds no text");

    private static string Moment(DateTimeOffset moment) => moment.ToString("o", CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) =>
        DateTimeOffset.TryParseExact(
            text, "o", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTimeOffset moment)
            ? moment
            : throw new FormatException($"'{text}' is no moment");
}
