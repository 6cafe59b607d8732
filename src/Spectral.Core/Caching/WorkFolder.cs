using Spectral.Core.Formats;

namespace Spectral.Core.Caching;

/// <summary>
/// A place for work that is not finished, held by one process at a time: whoever comes after a process that died goes
/// on there.
/// </summary>
public sealed class WorkFolder : IDisposable
{
    private readonly FolderLock _lock;

    private WorkFolder(string path, FolderLock held)
    {
        _lock = held;
        Files = new ArtifactFolder(path);
    }

    /// <summary>What is there; the lock's own file is among it.</summary>
    public ArtifactFolder Files { get; }

    /// <summary>The folder of a key, created where it is missing; null where another process works there.</summary>
    /// <exception cref="IOException">The folder cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    internal static WorkFolder? Take(string path)
    {
        Directory.CreateDirectory(path);
        if (FolderLock.Take(path) is not { } held)
            return null;
        foreach (string left in Directory.EnumerateFiles(path, ".spectral-*.tmp", SearchOption.AllDirectories))
            File.Delete(left); // a file that a dying process had not renamed yet
        return new WorkFolder(path, held);
    }

    /// <summary>Removes the work: it is finished, or of no use.</summary>
    public void Discard()
    {
        try
        {
            Directory.Delete(Files.Root, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Whatever stays is checked before it is used, and cleaned away in time.
        }
    }

    /// <summary>Gives the folder free for others; what is in it stays.</summary>
    public void Dispose() => _lock.Dispose();
}
