namespace Spectral.Cli.Verbs;

/// <summary>Where a verb may write.</summary>
internal static class OutFolder
{
    /// <summary>What is wrong with a folder to write to, or null.</summary>
    public static string? Problem(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
            return "expected a folder's path, got an empty text";
        if (path.Contains('\0', StringComparison.Ordinal))
            return "expected a folder's path, got a text with a zero character";
        for (DirectoryInfo? folder = new(path); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(folder.FullName))
                return $"{folder.FullName} is a file; name a folder";
            // A sealed bundle is complete: one more file in it would damage it.
            if (File.Exists(Path.Combine(folder.FullName, "bagit.txt")))
                return $"{path} lies in the bundle {folder.FullName}, which is sealed; name a folder outside";
        }

        return null;
    }
}
