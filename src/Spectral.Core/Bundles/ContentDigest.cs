using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// The digest over what a run found: the plan, results, checkpoints and facts of the data set. Two bundles hold the
/// same result exactly when their content digests are equal. The spec's bytes, the report and the record do not enter.
/// </summary>
/// <remarks>Two digests are compared by <see cref="Digest"/>; the map has no equality of its own.</remarks>
/// <param name="Digest">SHA-256 of the canonical JSON of <paramref name="Files"/>, lower-case hexadecimal.</param>
/// <param name="Files">The SHA-256 of every content file, by its path in the payload.</param>
public sealed record ContentDigest(string Digest, ImmutableSortedDictionary<string, string> Files)
{
    /// <summary>The version of the file, the value of its key <c>content</c>.</summary>
    public const int Version = 1;

    private static readonly ImmutableArray<string> Folders = ["results/", "checkpoints/", "dataset/"];

    /// <summary>Whether a file of the payload is content.</summary>
    /// <param name="path">Its path in the payload.</param>
    public static bool Covers(string path) => path == BagLayout.Plan
        || Folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Hashes the content files of a payload; the cost is reading each once.</summary>
    /// <param name="payload">The payload.</param>
    /// <exception cref="IOException">A file cannot be read, or a symbolic link is among them.</exception>
    public static ContentDigest Compute(ArtifactFolder payload) => Of(payload.Files()
        .Where(Covers)
        .Select(path => KeyValuePair.Create(path, ContentHash.Sha256OfFile(Path.Combine(payload.Root, path)))));

    /// <summary>The digest over known hashes.</summary>
    /// <param name="files">The SHA-256 of every content file, by its path in the payload.</param>
    internal static ContentDigest Of(IEnumerable<KeyValuePair<string, string>> files)
    {
        var map = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, files);
        return new ContentDigest(ContentHash.Sha256(CanonicalJson.Serialize(ToJson(map))), map);
    }

    /// <summary>Reads the payload's <c>content.json</c>. Whether it tells the truth is not checked.</summary>
    /// <param name="payload">The payload.</param>
    /// <exception cref="IOException">There is none, or it cannot be read.</exception>
    /// <exception cref="FormatException">It is not of this version's form.</exception>
    public static ContentDigest Read(ArtifactFolder payload) => Parse(payload.Read(BagLayout.Content));

    /// <summary>Reads the bytes of a <c>content.json</c>. Whether it tells the truth is not checked.</summary>
    /// <param name="utf8">The whole file.</param>
    /// <exception cref="FormatException">It is not of this version's form.</exception>
    public static ContentDigest Parse(ReadOnlySpan<byte> utf8)
    {
        if (CanonicalJson.Parse(utf8) is not JsonObject { Count: 3 } root
            || root["content"]?.ToJsonString() != "1"
            || Text(root["digest"]) is not { } digest || !Hex.IsSha256(digest)
            || root["files"] is not JsonObject files
            || !files.All(file => Hex.IsSha256(Text(file.Value))))
            throw new FormatException(
                $"{BagLayout.Content}: expected exactly content 1, digest, and files with a SHA-256 each");
        return new ContentDigest(digest, ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal, files.Select(file => KeyValuePair.Create(file.Key, Text(file.Value)!))));
    }

    /// <summary>The whole of <c>content.json</c>: canonical JSON with the keys content, digest and files.</summary>
    public byte[] ToBytes() => CanonicalJson.Serialize(new JsonObject
    {
        ["content"] = Version,
        ["digest"] = Digest,
        ["files"] = ToJson(Files),
    });

    private static JsonObject ToJson(ImmutableSortedDictionary<string, string> files) =>
        new(files.Select(file => KeyValuePair.Create(file.Key, (JsonNode?)file.Value)));

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
