namespace Spectral.Core.Caching;

/// <summary>
/// The sole right to a folder, held through a file in it and given back by the system however the process ends. Where
/// the file system knows no locks, everyone gets it: names in the cache are unique, so that nothing worse than double
/// work follows.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The file's name.</summary>
    public const string FileName = "lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of an existing folder, or gives null where someone else holds it or the folder is gone.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static FolderLock? Take(string folder)
    {
        try
        {
            return new FolderLock(new FileStream(
                Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 0));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
