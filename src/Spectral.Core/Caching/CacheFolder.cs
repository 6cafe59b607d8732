namespace Spectral.Core.Caching;

/// <summary>Where a user's cache lies. It may be deleted at any time: everything in it can be computed again.</summary>
public static class CacheFolder
{
    /// <summary>
    /// The absolute path: <c>$SPECTRAL_CACHE</c>, else <c>$XDG_CACHE_HOME/spectral</c>, else
    /// <c>~/.cache/spectral</c> (on Windows the user's local application data). Nothing is created.
    /// </summary>
    public static string OfMachine()
    {
        if (Environment.GetEnvironmentVariable("SPECTRAL_CACHE") is { Length: > 0 } named)
            return Path.GetFullPath(named);
        string home = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } caches && Path.IsPathRooted(caches)
                ? caches
                : Path.Combine(HomeFolder(), ".cache");
        return Path.GetFullPath(Path.Combine(home, "spectral"));
    }

    // Unverified: of a home folder that does not exist yet the runtime says "", which would be the folder we stand in.
    private static string HomeFolder() => Environment.GetFolderPath(
        Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
}
