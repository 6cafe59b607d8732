using System.Collections.Immutable;

namespace Spectral.Core.Bundles;

/// <summary>The media types of a payload's files, by the end of their names.</summary>
internal static class MediaTypes
{
    private static readonly ImmutableDictionary<string, string> ByExtension = new Dictionary<string, string>
    {
        [".json"] = "application/json",
        [".yaml"] = "application/yaml",
        [".csv"] = "text/csv",
        [".html"] = "text/html",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain",
        [".fsx"] = "text/plain",
        // None of these four is registered; the names are those in use.
        [".diff"] = "text/x-diff",
        [".npy"] = "application/x-npy",
        [".safetensors"] = "application/x-safetensors",
        [".clef"] = "application/x-ndjson",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>The media type of a file; that of plain bytes where its name says nothing.</summary>
    public static string Of(string path) =>
        ByExtension.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream");
}
