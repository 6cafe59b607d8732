using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Spectral.Core.Bundles;

/// <summary>
/// A hidden folder where something is made whole before it is renamed to its place on the same disk. It goes when it
/// is disposed, and with it every folder above that was made for it and is empty.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly ImmutableArray<string> _made;

    /// <summary>Makes the folder.</summary>
    /// <param name="parent">Where it lies; made where it is missing.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public ScratchFolder(string parent)
    {
        var made = ImmutableArray.CreateBuilder<string>();
        for (string? at = System.IO.Path.GetFullPath(parent); at is not null && !Directory.Exists(at);
            at = System.IO.Path.GetDirectoryName(at))
            made.Add(at);
        _made = made.ToImmutable();
        Path = System.IO.Path.Combine(
            System.IO.Path.GetFullPath(parent), $".spectral-{RandomNumberGenerator.GetHexString(16, true)}");
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The absolute path of the folder.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            if (Directory.Exists(Path))
                Directory.Delete(Path, recursive: true);
            foreach (var folder in _made.Where(Directory.Exists))
            {
                if (Directory.EnumerateFileSystemEntries(folder).Any())
                    return;
                Directory.Delete(folder);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An exception here would hide the one that ended the work.
        }
    }
}
