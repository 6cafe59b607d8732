namespace Spectral.Core.Formats;

/// <summary>The folder in which a machine keeps what can be made again. It need not exist.</summary>
public static class CacheFolder
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "SPECTRAL_CACHE";

    /// <summary>
    /// The folder's absolute path: <c>SPECTRAL_CACHE</c>, else <c>XDG_CACHE_HOME/spectral</c>, else
    /// <c>~/.cache/spectral</c>.
    /// </summary>
    public static string OfMachine()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } asked)
            return Path.GetFullPath(asked);
        string? home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.Combine(
            Path.IsPathRooted(home) // the XDG specification: a relative path is to be ignored
                ? home
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "spectral");
    }
}
