using System.Collections.Immutable;

namespace Spectral.Core.Caching;

/// <summary>Keeps a cache within a size: what was of use longest ago goes first.</summary>
public static class CacheCleaning
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Work that nobody has gone on with for so long is given up.</summary>
    public static TimeSpan LongestPause { get; } = TimeSpan.FromDays(30);

    /// <summary>
    /// How many bytes a cache may take where nobody says: a tenth of its disk, at most 20 GiB; at least 1 GiB.
    /// </summary>
    /// <param name="root">The cache's folder.</param>
    public static long PresetBytes(string root)
    {
        const long gibibyte = 1L << 30;
        try
        {
            string existing = root;
            while (!Directory.Exists(existing))
                existing = Path.GetDirectoryName(existing) ?? Path.GetPathRoot(root)!;
            return Math.Clamp(new DriveInfo(existing).TotalSize / 10, gibibyte, 20 * gibibyte);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return gibibyte;
        }
    }

    /// <summary>
    /// Cleans a cache as <see cref="Clean"/> does where that is due: once an hour, or after much was added. A cache that
    /// cannot be cleaned stays as it is.
    /// </summary>
    /// <param name="cache">The cache, which knows what was added through it.</param>
    public static void CleanIfDue(StageCache cache)
    {
        string mark = Path.Combine(cache.Root, "cleaned");
        long bytes = PresetBytes(cache.Root);
        try
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(mark) < Interval && cache.AddedBytes < bytes / 20)
                return;
            Clean(cache, bytes, DateTime.MinValue);
            File.WriteAllBytes(mark, []);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Next time, or by hand.
        }
    }

    /// <summary>Removes the entries that were of use longest ago until the rest fits, and what dead processes left.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="bytes">What may stay.</param>
    /// <param name="unusedSince">Entries that were last of use before this moment go in any case (UTC).</param>
    /// <returns>The entries that went, and their bytes.</returns>
    public static (ImmutableArray<CacheEntry> Removed, long Bytes) Clean(
        StageCache cache, long bytes, DateTime unusedSince)
    {
        AbandonedFolders.Remove(cache, drafts: DateTime.UtcNow.AddHours(-1), work: DateTime.UtcNow - LongestPause);
        (CacheEntry Entry, long Bytes, DateTime Used)[] entries =
            [.. cache.Entries().Select(entry => (entry, Size(entry), entry.LastUsed)).OrderByDescending(one => one.LastUsed)];
        ImmutableArray<CacheEntry>.Builder removed = ImmutableArray.CreateBuilder<CacheEntry>();
        long kept = 0, freed = 0;
        foreach ((CacheEntry entry, long size, DateTime used) in entries)
        {
            if (used >= unusedSince && kept + size <= bytes)
            {
                kept += size;
                continue;
            }

            cache.Remove(entry);
            removed.Add(entry);
            freed += size;
        }

        return (removed.ToImmutable(), freed);
    }

    private static long Size(CacheEntry entry)
    {
        try
        {
            return entry.Bytes;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0; // it went while we looked
        }
    }
}
