using System.Collections.Immutable;

namespace Spectral.Core.Plans;

/// <summary>The folders in which a machine keeps data sets, in the order in which they are searched.</summary>
/// <param name="Paths">Absolute or relative paths; one that does not exist is passed over.</param>
public sealed record DataFolders(ImmutableArray<string> Paths)
{
    /// <summary>The environment variable that names one folder of data sets.</summary>
    public const string Variable = "SPECTRAL_DATA";

    /// <summary>Where distributions install data sets.</summary>
    public const string OfSystem = "/usr/share/datasets";

    /// <summary>
    /// Where single files lie, or lay when they were last seen: a path for each SHA-256 by which a plan knows one.
    /// </summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>No folders: enough for data that is embedded or made.</summary>
    public static DataFolders None { get; } = new([]);

    /// <summary>
    /// The user's own folder, to which data sets are added: <c>XDG_DATA_HOME/spectral</c>, else
    /// <c>~/.local/share/spectral</c>. It need not exist.
    /// </summary>
    public static string OfUser
    {
        get
        {
            string? home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            // Unverified: of a home folder that does not exist yet the runtime says "", which would be the folder we stand in.
            string user = Environment.GetFolderPath(
                Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(
                Path.IsPathRooted(home) // the XDG specification: a relative path is to be ignored
                    ? home
                    : Path.Combine(user, ".local", "share"),
                "spectral");
        }
    }

    /// <summary>
    /// The folders of this machine: the one that was asked for, <c>SPECTRAL_DATA</c>, the user's, the system's.
    /// </summary>
    /// <param name="asked">The folder that the user named, or null.</param>
    public static DataFolders OfMachine(string? asked) => new(
    [
        .. new[] { asked, Environment.GetEnvironmentVariable(Variable), OfUser, OfSystem }
            .Where(path => !string.IsNullOrEmpty(path))
            .Select(path => Path.GetFullPath(path!))
            .Distinct(),
    ]);

    /// <summary>
    /// Every path at which the file of a digest may lie: its own, then under the same name in each folder.
    /// </summary>
    /// <param name="sha256">Of the whole file.</param>
    public ImmutableArray<string> Places(string sha256) => Files.TryGetValue(sha256, out string? path)
        ? [path, .. Paths.Select(folder => Path.Combine(folder, Path.GetFileName(path)))]
        : [];
}
