using System.CommandLine;
using Spectral.Core.Caching;

namespace Spectral.Cli.Verbs;

/// <summary><c>cache ls|gc|verify</c>: the finished stages that runs share.</summary>
internal static class CacheVerb
{
    /// <summary>The verb.</summary>
    public static Command Command() => new("cache", "List, clean and check the cache of finished stages.")
    {
        CacheListVerb.Command(),
        CacheCleanVerb.Command(),
        CacheVerifyVerb.Command(),
    };

    /// <summary>The cache that an option names, or the user's.</summary>
    public static StageCache Named(string? folder) => new(folder ?? CacheFolder.OfMachine());
}
