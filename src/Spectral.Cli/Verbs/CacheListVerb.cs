using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.Core.Caching;

namespace Spectral.Cli.Verbs;

/// <summary><c>cache ls</c>: what the cache holds, the last used first.</summary>
internal static class CacheListVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Option<string?> folder = SharedOptions.Cache();
        Option<bool> json = SharedOptions.Json();
        return VerbCommand.Of(
            "ls",
            "List the finished stages in the cache, the last used first.",
            [],
            [folder, json],
            (parsed, _) => Run(CacheVerb.Named(parsed.GetValue(folder)), parsed.GetValue(json)));
    }

    private static int Run(StageCache cache, bool json)
    {
        CacheEntry[] entries = [.. cache.Entries().OrderByDescending(entry => entry.LastUsed)];
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["cache"] = cache.Root,
                ["entries"] = new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject
                {
                    ["key"] = entry.Header.Key,
                    ["stage"] = entry.Header.Stage,
                    ["part"] = entry.Header.Part,
                    ["run"] = entry.Header.Run,
                    ["bytes"] = entry.Bytes,
                    ["finished"] = entry.Header.Finished.ToString("o", CultureInfo.InvariantCulture),
                    ["last_used"] = entry.LastUsed.ToString("o", CultureInfo.InvariantCulture),
                })]),
            }.ToJsonString());
            return ExitCode.Ok;
        }

        foreach (CacheEntry entry in entries)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Header.Key[..12]}  {entry.LastUsed.ToLocalTime():yyyy-MM-dd HH:mm}  {ByteCount.Text(entry.Bytes),9}  {entry.Header.Stage,-8}  {entry.Header.Run}{(entry.Header.Part.Length > 0 ? $": {entry.Header.Part}" : "")}"));
        }

        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{cache.Root}: {entries.Length} entries, {ByteCount.Text(entries.Sum(entry => entry.Bytes))}; runs clean it beyond {ByteCount.Text(CacheCleaning.PresetBytes(cache.Root))}"));
        return ExitCode.Ok;
    }
}
