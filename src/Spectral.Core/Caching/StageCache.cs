using System.Collections.Immutable;
using Spectral.Core.Formats;

namespace Spectral.Core.Caching;

/// <summary>
/// Finished stages by their keys, content-addressed by what went into them. Entries never change; several processes may
/// use one cache. Nothing of it is a bundle's truth: every entry can be computed again, with the same bits.
/// </summary>
/// <param name="root">The cache's folder; created by the first write.</param>
public sealed class StageCache(string root)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0 };

    /// <summary>The cache's folder.</summary>
    public string Root { get; } = Path.GetFullPath(root);

    /// <summary>What was kept through this object, in bytes.</summary>
    public long AddedBytes { get; private set; }

    private string Stages => Path.Combine(Root, "stages");

    /// <summary>Where entries are before they have their names, and after they lost them.</summary>
    internal string Drafts => Path.Combine(Root, "drafts");

    /// <summary>Where unfinished work is.</summary>
    internal string WorkPlaces => Path.Combine(Root, "work");

    /// <summary>The entry of a key, its files unchecked; null where there is none.</summary>
    /// <param name="key">64 hexadecimal digits.</param>
    public CacheEntry? Find(string key) =>
        CacheEntry.At(PathOf(key)) is { } entry && entry.Header.Key == key ? entry : null;

    /// <summary>
    /// What a reader makes of a key's entry, whose digests are checked first; null where there is none, or where it is
    /// damaged, which removes it.
    /// </summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="key">64 hexadecimal digits.</param>
    /// <param name="read">Reads the entry.</param>
    /// <param name="warn">Told of a damaged entry, in a sentence.</param>
    public T? Read<T>(string key, Func<CacheEntry, T> read, Action<string> warn)
        where T : class
    {
        if (Find(key) is not { } entry)
            return null;
        string fault;
        try
        {
            if (entry.Fault() is not { } found)
            {
                T made = read(entry);
                Touch(entry);
                return made;
            }

            fault = found;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            fault = error.Message;
        }

        // Another process may have removed it while it was read.
        if (Directory.Exists(entry.Path))
            warn($"the cache's {entry.Header.Stage} {key[..12]} is damaged and is computed again: {fault}");
        Remove(entry);
        return null;
    }

    /// <summary>Keeps a finished stage; where its key is taken, the one that stands there stays.</summary>
    /// <param name="header">What it is; its files are filled in.</param>
    /// <param name="write">Writes its files.</param>
    /// <exception cref="IOException">The disk is full, and so on; nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache may not be written.</exception>
    public void Keep(CacheHeader header, Action<ArtifactFolder> write)
    {
        string target = PathOf(header.Key), draft = Path.Combine(Drafts, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(draft);
        FolderLock? held = FolderLock.Take(draft);
        try
        {
            ArtifactFolder files = new(draft);
            write(files);
            ImmutableSortedDictionary<string, string> digests = files.Files()
                .Where(file => file != FolderLock.FileName)
                .ToImmutableSortedDictionary(file => file, file => ContentHash.Sha256OfFile(Path.Combine(draft, file)));
            files.Write(CacheHeader.FileName, (header with { Files = digests }).ToBytes());
            held?.Dispose();
            File.Delete(Path.Combine(draft, FolderLock.FileName));
            AddedBytes += new DirectoryInfo(draft).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (CacheEntry.At(target) is null)
                Publish(draft, target);
        }
        finally
        {
            held?.Dispose();
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>A place for the unfinished work of a key; null where another process works on it.</summary>
    /// <param name="key">64 hexadecimal digits.</param>
    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache may not be written.</exception>
    public WorkFolder? Work(string key) => WorkFolder.Take(Path.Combine(WorkPlaces, key));

    /// <summary>Whether there is unfinished work of a key.</summary>
    /// <param name="key">64 hexadecimal digits.</param>
    public bool HasWork(string key) => Directory.Exists(Path.Combine(WorkPlaces, key));

    /// <summary>Removes the unfinished work of a key, unless another process holds it.</summary>
    /// <param name="key">64 hexadecimal digits.</param>
    /// <exception cref="IOException">The cache cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The cache may not be written.</exception>
    public void DiscardWork(string key)
    {
        using WorkFolder? work = Work(key);
        work?.Discard();
    }

    /// <summary>All entries, in no order; folders that are none are passed over.</summary>
    public IEnumerable<CacheEntry> Entries() => Directory.Exists(Stages)
        ? Directory.EnumerateDirectories(Stages, "*", Everything)
            .SelectMany(shelf => Directory.EnumerateDirectories(shelf, "*", Everything))
            .Select(CacheEntry.At)
            .OfType<CacheEntry>()
        : [];

    /// <summary>Removes an entry: it is renamed first, so that no reader finds half of one.</summary>
    public void Remove(CacheEntry entry) => MoveAway(entry.Path);

    /// <summary>Gives a draft its name; what stands there and is no entry, foreign or damaged, gives way.</summary>
    private void Publish(string draft, string target)
    {
        DurableFile.SyncFolder(draft);
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Move(draft, target);
                DurableFile.SyncFolder(Path.GetDirectoryName(target)!);
                return;
            }
            catch (IOException) when (CacheEntry.At(target) is not null)
            {
                return; // another process was faster, with the same bits
            }
            catch (IOException) when (attempt == 0 && Directory.Exists(target))
            {
                MoveAway(target);
            }
        }
    }

    private void MoveAway(string folder)
    {
        string draft = Path.Combine(Drafts, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(Drafts);
            Directory.Move(folder, draft);
            Directory.Delete(draft, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Someone else removed it, or may and we may not.
        }
    }

    private static void Touch(CacheEntry entry)
    {
        try
        {
            Directory.SetLastWriteTimeUtc(entry.Path, DateTime.UtcNow);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A cache that may be read only: cleaning by age is then not ours either.
        }
    }

    private string PathOf(string key) => Path.Combine(Stages, key[..2], key);
}
