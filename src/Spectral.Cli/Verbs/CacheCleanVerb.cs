using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Spectral.Core.Caching;

namespace Spectral.Cli.Verbs;

/// <summary><c>cache gc</c>: removes what was of use longest ago.</summary>
internal static class CacheCleanVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Option<string?> folder = SharedOptions.Cache();
        Option<string?> size = new("--max-size")
        {
            Description = "What may stay, such as 5GiB or 0; a tenth of the disk and 20 GiB at most where it is left out.",
            HelpName = "size",
        };
        size.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && ByteCount.Parse(given) is null)
                result.AddError($"--max-size: expected a number of bytes such as 500MB, 5GiB or 0, got '{given}'");
        });
        Option<int?> days = new("--unused-days")
        {
            Description = "Remove everything that was of no use for so many days.",
            HelpName = "days",
        };
        days.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }]
                && !(int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= 100_000))
            {
                result.AddError($"--unused-days: expected an integer in [0, 100000], got '{given}'");
            }
        });
        return VerbCommand.Of(
            "gc",
            "Remove the stages that were of use longest ago, and what dead processes left. Every one can be computed again.",
            [],
            [folder, size, days],
            (parsed, _) => Run(
                CacheVerb.Named(parsed.GetValue(folder)),
                parsed.GetValue(size) is { } text ? ByteCount.Parse(text) : null,
                parsed.GetValue(days)));
    }

    private static int Run(StageCache cache, long? bytes, int? days)
    {
        (ImmutableArray<CacheEntry> removed, long freed) = CacheCleaning.Clean(
            cache,
            bytes ?? (days is null ? CacheCleaning.PresetBytes(cache.Root) : long.MaxValue),
            days is { } count ? DateTime.UtcNow.AddDays(-count) : DateTime.MinValue);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{removed.Length} entries removed, {ByteCount.Text(freed)} freed"));
        return ExitCode.Ok;
    }
}
