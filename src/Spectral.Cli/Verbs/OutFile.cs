namespace Spectral.Cli.Verbs;

/// <summary>A file that a verb may write.</summary>
internal static class OutFile
{
    /// <summary>What is wrong with a file to write, or null. Folders that are missing are made.</summary>
    public static string? Problem(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            return "expected a file's path, got an empty text";
        if (path.Contains('\0', StringComparison.Ordinal))
            return "expected a file's path, got a text with a zero character";
        if (Directory.Exists(path) || path.EndsWith('/') || path.EndsWith(Path.DirectorySeparatorChar))
            return $"{path} is a folder; name a file";
        return OutFolder.Problem(Path.GetDirectoryName(Path.GetFullPath(path)) ?? path);
    }
}
