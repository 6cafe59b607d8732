using System.CommandLine;
using System.Globalization;
using Spectral.Core.Caching;

namespace Spectral.Cli.Verbs;

/// <summary><c>cache verify</c>: checks every file against its digest and removes entries that are damaged.</summary>
internal static class CacheVerifyVerb
{
    /// <summary>The verb.</summary>
    public static Command Command()
    {
        Option<string?> folder = SharedOptions.Cache();
        return VerbCommand.Of(
            "verify",
            "Check every file of the cache against its digest. Damaged entries are named and removed.",
            [],
            [folder],
            (parsed, cancellation) => Run(CacheVerb.Named(parsed.GetValue(folder)), cancellation));
    }

    private static int Run(StageCache cache, CancellationToken cancellation)
    {
        int sound = 0, damaged = 0;
        foreach (CacheEntry entry in cache.Entries())
        {
            cancellation.ThrowIfCancellationRequested();
            if (entry.Fault() is not { } fault)
            {
                sound++;
                continue;
            }

            damaged++;
            Console.WriteLine($"{entry.Header.Key[..12]}  {entry.Header.Stage}  {fault}; removed");
            cache.Remove(entry);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sound} sound, {damaged} damaged"));
        return damaged > 0 ? ExitCode.Damaged : ExitCode.Ok;
    }
}
