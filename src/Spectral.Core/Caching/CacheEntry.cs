using Spectral.Core.Formats;

namespace Spectral.Core.Caching;

/// <summary>A finished stage in the cache: a folder that was renamed into its place when it was complete.</summary>
/// <param name="Header">What it is.</param>
/// <param name="Path">Its folder.</param>
public sealed record CacheEntry(CacheHeader Header, string Path)
{
    /// <summary>Its files.</summary>
    public ArtifactFolder Files { get; } = new(Path);

    /// <summary>When it was last of use, or made.</summary>
    public DateTime LastUsed => Directory.GetLastWriteTimeUtc(Path);

    /// <summary>What it takes on the disk, in bytes of its files.</summary>
    public long Bytes => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    /// <summary>What is wrong with the files; null where each is there with its digest.</summary>
    /// <remarks>The cost is reading every file.</remarks>
    public string? Fault()
    {
        try
        {
            foreach ((string file, string digest) in Header.Files)
            {
                if (!Files.Contains(file))
                    return $"{file} is missing";
                if (ContentHash.Sha256OfFile(System.IO.Path.Combine(Path, file)) != digest)
                    return $"{file} is not what was written";
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return error.Message;
        }
    }

    /// <summary>Reads an entry's header, or gives null where the folder is none.</summary>
    internal static CacheEntry? At(string path)
    {
        string header = System.IO.Path.Combine(path, CacheHeader.FileName);
        try
        {
            return File.Exists(header) ? new CacheEntry(CacheHeader.Parse(File.ReadAllBytes(header)), path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
