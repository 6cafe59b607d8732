using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Caching;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Caching;

/// <summary>Entries are whole or not there, whoever writes, dies, damages or cleans beside them.</summary>
public sealed class StageCacheTests : IDisposable
{
    private static readonly string Key = new('a', 64), Other = new('b', 64);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    private StageCache Cache => new(_folder.File("cache"));

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_kept_is_found_again_with_its_header()
    {
        Keep(Key, "hello");
        CacheEntry entry = Assert.IsType<CacheEntry>(Cache.Find(Key));
        CacheHeader expected = Header(Key) with { Files = entry.Header.Files };
        Assert.Equal(expected.ToBytes(), entry.Header.ToBytes());
        Assert.Equal(["deep/two.bin", "one.txt"], entry.Header.Files.Keys);
        Assert.Equal("hello", Read(Key));
        Assert.Null(Read(Other));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void The_first_of_two_entries_of_a_key_stays()
    {
        Keep(Key, "first");
        Keep(Key, "second");
        Assert.Equal("first", Read(Key));
        AssertNoDrafts();
    }

    [Theory]
    [InlineData("one.txt", "flip")]
    [InlineData("one.txt", "remove")]
    [InlineData("deep/two.bin", "cut")]
    [InlineData("entry.json", "flip")]
    [InlineData("entry.json", "cut")]
    public void A_damaged_entry_is_never_read_and_can_be_kept_anew(string file, string how)
    {
        Keep(Key, "hello");
        string path = Path.Combine(Cache.Find(Key)!.Path, file);
        byte[] bytes = File.ReadAllBytes(path);
        if (how == "remove")
            File.Delete(path);
        else
            File.WriteAllBytes(path, how == "cut" ? bytes[..^1] : [(byte)(bytes[0] ^ 1), .. bytes[1..]]);
        Assert.Null(Read(Key));
        Keep(Key, "again");
        Assert.Equal("again", Read(Key));
    }

    [Fact]
    public void A_damaged_file_is_told_of_by_its_name()
    {
        Keep(Key, "hello");
        File.WriteAllText(Path.Combine(Cache.Find(Key)!.Path, "one.txt"), "hullo");
        Assert.Null(Read(Key));
        Assert.Contains("one.txt is not what was written", Assert.Single(_warnings), StringComparison.Ordinal);
        Assert.Null(Cache.Find(Key));
    }

    [Fact]
    public void A_write_that_fails_leaves_nothing()
    {
        Assert.Throws<IOException>(() => Cache.Keep(Header(Key), files =>
        {
            files.Write("one.txt", [1]);
            throw new IOException("the disk is full");
        }));
        Assert.Null(Cache.Find(Key));
        AssertNoDrafts();
    }

    [Fact]
    public void Many_at_once_keep_and_read_the_same_keys_and_every_reader_finds_whole_entries()
    {
        string[] keys = [.. Enumerable.Range(0, 8).Select(i => new string((char)('a' + (i % 6)), 63) + i)];
        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            StageCache cache = Cache;
            string key = keys[i % keys.Length];
            if (i % 3 == 0)
                cache.Keep(Header(key), files => files.Write("one.txt", System.Text.Encoding.UTF8.GetBytes(key)));
            else if (i % 17 == 1 && cache.Find(key) is { } entry)
                cache.Remove(entry);
            else
                Assert.True(cache.Read(key, found => System.Text.Encoding.UTF8.GetString(found.Files.Read("one.txt")), _ => { }) is not { } read || read == key);
        });
        AssertNoDrafts();
    }

    [Fact]
    public void Unfinished_work_has_one_worker_and_waits_for_the_next_one()
    {
        using (WorkFolder work = Cache.Work(Key)!)
        {
            work.Files.Write("state", [1, 2, 3]);
            File.WriteAllBytes(Path.Combine(work.Files.Root, ".spectral-0.tmp"), [1]);
            Assert.Null(Cache.Work(Key));
            Assert.NotNull(Cache.Work(Other));
        }

        using WorkFolder next = Cache.Work(Key)!;
        Assert.Equal([1, 2, 3], next.Files.Read("state"));
        Assert.DoesNotContain(next.Files.Files(), name => name.EndsWith(".tmp", StringComparison.Ordinal));
        next.Discard();
        Assert.False(Cache.HasWork(Key));
    }

    [Fact]
    public void Cleaning_removes_what_was_of_use_longest_ago_and_no_more_than_it_must()
    {
        ImmutableArray<string> keys = [.. "abcd".Select(letter => new string(letter, 64))];
        for (int i = 0; i < keys.Length; i++)
        {
            Keep(keys[i], new string('x', 1000));
            Directory.SetLastWriteTimeUtc(Cache.Find(keys[i])!.Path, new DateTime(2026, 1, 1 + i, 0, 0, 0, DateTimeKind.Utc));
        }

        long each = Cache.Find(keys[0])!.Bytes;
        Read(keys[0]); // of use again: now the newest
        (ImmutableArray<CacheEntry> removed, long freed) = CacheCleaning.Clean(Cache, 2 * each, DateTime.MinValue);
        Assert.Equal([keys[1], keys[2]], removed.Select(entry => entry.Header.Key).Order());
        Assert.Equal(2 * each, freed);
        Assert.Equal([keys[0], keys[3]], Cache.Entries().Select(entry => entry.Header.Key).Order());
        CacheCleaning.Clean(Cache, long.MaxValue, new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(keys[0], Assert.Single(Cache.Entries()).Header.Key);
    }

    [Fact]
    public void What_dead_processes_left_is_cleaned_away_and_what_the_living_hold_stays()
    {
        string dead = Path.Combine(Cache.Root, "drafts", "dead"), living = Path.Combine(Cache.Root, "drafts", "living");
        Directory.CreateDirectory(dead);
        Directory.CreateDirectory(living);
        File.WriteAllText(Path.Combine(dead, "lock"), "");
        using FileStream held = new(Path.Combine(living, "lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        using (Cache.Work(Key))
        {
        }

        using WorkFolder busy = Cache.Work(Other)!;
        DateTime tomorrow = DateTime.UtcNow.AddDays(1), longAgo = DateTime.UtcNow.AddDays(-1);
        Assert.Equal(0, AbandonedFolders.Remove(Cache, longAgo, longAgo));
        Assert.Equal(2, AbandonedFolders.Remove(Cache, tomorrow, tomorrow));
        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(living));
        Assert.False(Cache.HasWork(Key));
        Assert.True(Cache.HasWork(Other));
    }

    private static CacheHeader Header(string key) => new(
        "training",
        key,
        "",
        "small",
        new JsonObject { ["plan"] = 1 },
        new JsonObject { ["os"] = "linux" },
        new DateTimeOffset(2026, 11, 25, 1, 2, 3, TimeSpan.Zero),
        new DateTimeOffset(2026, 11, 25, 1, 2, 4, 500, TimeSpan.Zero));

    private void Keep(string key, string text) => Cache.Keep(Header(key), files =>
    {
        files.Write("one.txt", System.Text.Encoding.UTF8.GetBytes(text));
        files.Write("deep/two.bin", new byte[100]);
    });

    private string? Read(string key) => Cache.Read(
        key, entry => System.Text.Encoding.UTF8.GetString(entry.Files.Read("one.txt")), _warnings.Add);

    private void AssertNoDrafts()
    {
        string drafts = Path.Combine(Cache.Root, "drafts");
        Assert.True(!Directory.Exists(drafts) || Directory.GetDirectories(drafts).Length == 0);
    }
}
