using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>The stage cache as users meet it: hits, --no-cache, listing, cleaning, checking, many processes, full disks.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    private CommandLine Spectral => CommandLine.In(_folder).With("SPECTRAL_CACHE", _folder.Locate("cache"));

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_run_computes_nothing_and_its_record_says_so()
    {
        _folder.Write("tiny.yaml", Spec.Tiny);
        string first = (await Run("--out", "one")).Expect(0).Bundle(_folder.Path);
        Outcome again = (await Run("--out", "two")).Expect(0);
        string second = again.Bundle(_folder.Path);
        Assert.Contains("training: from the cache", again.Error, StringComparison.Ordinal);
        Assert.Contains("analyses: from the cache", again.Error, StringComparison.Ordinal);
        Assert.Equal(BundleFiles.ContentDigest(first), BundleFiles.ContentDigest(second));
        (await Spectral.Run("verify", second)).Expect(0);
        JsonArray stages = JsonNode.Parse(File.ReadAllText(Path.Combine(second, "data/record/timings.json")))!["stages"]!.AsArray();
        Assert.Equal([false, true, true, true], stages.Select(stage => (bool)stage!["cached"]!));
    }

    [Fact]
    public async Task Without_the_cache_nothing_is_taken_and_nothing_kept()
    {
        _folder.Write("tiny.yaml", Spec.Tiny);
        await Run("--out", "one");
        string[] before = BundleFiles.Snapshot(_folder.Locate("cache"));
        Outcome run = (await Run("--out", "two", "--no-cache")).Expect(0);
        Assert.DoesNotContain("from the cache", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, BundleFiles.Snapshot(_folder.Locate("cache")));
    }

    [Fact]
    public async Task The_cache_is_listed_checked_and_cleaned()
    {
        _folder.Write("tiny.yaml", Spec.Tiny);
        await Run();
        Outcome list = (await Spectral.Run("cache", "ls", "--json")).Expect(0);
        JsonArray entries = JsonNode.Parse(list.Output)!["entries"]!.AsArray();
        Assert.Equal(8, entries.Count); // training, 6 spectra, analyses
        Assert.Equal(8, (await Spectral.Run("cache", "ls")).Expect(0).Output.Split('\n').Count(line => line.Contains("tiny", StringComparison.Ordinal)));
        Assert.Equal("8 sound, 0 damaged\n", (await Spectral.Run("cache", "verify")).Expect(0).Output);

        string damaged = Directory.GetFiles(_folder.Locate("cache"), "rows.csv", SearchOption.AllDirectories).Single();
        File.WriteAllText(damaged, "no weights");
        Outcome check = (await Spectral.Run("cache", "verify")).Expect(6);
        Assert.Contains("rows.csv is not what was written; removed", check.Output, StringComparison.Ordinal);
        Assert.EndsWith("7 sound, 1 damaged\n", check.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("training: from the cache", (await Run("--force")).Expect(0).Error, StringComparison.Ordinal);

        Assert.StartsWith("8 entries removed", (await Spectral.Run("cache", "gc", "--max-size", "0")).Expect(0).Output, StringComparison.Ordinal);
        Assert.StartsWith("0 entries removed", (await Spectral.Run("cache", "gc")).Expect(0).Output, StringComparison.Ordinal);
        (await Spectral.Run("cache", "gc", "--max-size", "much")).ExpectRefusal(2, "expected a number of bytes");
    }

    [Fact]
    public async Task Eight_different_runs_and_two_equal_ones_share_a_cache_at_once()
    {
        _folder.Write("tiny.yaml", Spec.Tiny);
        int[] seeds = [1, 2, 3, 4, 5, 6, 7, 8, 1, 1];
        Outcome[] together = await Task.WhenAll(seeds.Select((seed, i) => Run("--out", $"together{i}", "-S", $"seed={seed}")));
        string[] digests = [.. together.Select(run => BundleFiles.ContentDigest(run.Expect(0).Bundle(_folder.Path)))];
        for (int i = 0; i < 8; i++)
        {
            Outcome alone = await Run("--out", $"alone{i}", "--no-cache", "-S", $"seed={seeds[i]}");
            Assert.Equal(BundleFiles.ContentDigest(alone.Expect(0).Bundle(_folder.Path)), digests[i]);
        }

        Assert.Equal([digests[0], digests[0]], digests[8..]);
        Assert.EndsWith(" 0 damaged\n", (await Spectral.Run("cache", "verify")).Expect(0).Output, StringComparison.Ordinal);
    }

    private Task<Outcome> Run(params string[] options) => Spectral.Run(["run", "tiny.yaml", "--device", "cpu", .. options]);
}
