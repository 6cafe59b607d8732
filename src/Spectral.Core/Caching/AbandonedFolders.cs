namespace Spectral.Core.Caching;

/// <summary>What processes that died left in a cache.</summary>
public static class AbandonedFolders
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0 };

    /// <summary>Removes drafts whose process died, and work that nobody has gone on with.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="drafts">Only what was written before this moment (UTC): a draft is nobody's while it gets its name.</param>
    /// <param name="work">Only work that was last gone on with before this moment (UTC).</param>
    /// <returns>How many folders went.</returns>
    public static int Remove(StageCache cache, DateTime drafts, DateTime work)
    {
        int removed = 0;
        foreach (string folder in FoldersIn(cache.Drafts).Where(draft => IsOlder(draft, drafts))
            .Concat(FoldersIn(cache.WorkPlaces).Where(place => IsOlder(place, work))))
        {
            try
            {
                using FolderLock? held = FolderLock.Take(folder);
                if (held is null)
                    continue;
                Directory.Delete(folder, recursive: true);
                removed++;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // It is going away by itself, or is not ours.
            }
        }

        return removed;
    }

    private static IEnumerable<string> FoldersIn(string path) =>
        Directory.Exists(path) ? Directory.EnumerateDirectories(path, "*", Everything) : [];

    private static bool IsOlder(string folder, DateTime since)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(File.GetLastWriteTimeUtc)
                .Append(Directory.GetLastWriteTimeUtc(folder))
                .Max() < since;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
