using System.Diagnostics;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>That a bundle appears whole or not at all, and that nothing else stays behind.</summary>
public sealed class BundleDraftTests
{
    [Fact]
    public void A_sealed_bundle_is_sound_and_named_after_run_and_plan()
    {
        using var temporary = new TemporaryFolder();
        var bundle = SampleBundle.Seal(temporary.Path);
        Assert.Equal(Path.Combine(temporary.Path, "sample-" + ContentHash.Sha256(SampleBundle.Plan)[..12]), bundle);
        Assert.Empty(BundleVerifier.Verify(bundle));
        Assert.Equal([bundle], Directory.GetFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void Until_it_is_sealed_a_bundle_is_a_hidden_folder()
    {
        using var temporary = new TemporaryFolder();
        using var draft = BundleDraft.Open(temporary.Path, SampleBundle.Identity());
        var name = Path.GetFileName(Assert.Single(Directory.GetDirectories(temporary.Path)));
        Assert.StartsWith($".{SampleBundle.Identity().FolderName}.draft-{Environment.ProcessId}-", name);
        Assert.Equal(Path.Combine(temporary.Path, name, "data"), draft.Payload.Root);
    }

    [Fact]
    public void A_draft_that_is_not_sealed_leaves_nothing_behind()
    {
        using var temporary = new TemporaryFolder();
        using (var draft = BundleDraft.Open(temporary.File("new/runs"), SampleBundle.Identity()))
            SampleBundle.Fill(draft.Payload);
        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void A_folder_that_was_there_stays_when_a_draft_goes()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.File("runs"));
        BundleDraft.Open(temporary.File("runs"), SampleBundle.Identity()).Dispose();
        Assert.True(Directory.Exists(temporary.File("runs")));
        Assert.Empty(Directory.GetFileSystemEntries(temporary.File("runs")));
    }

    [Fact]
    public void A_folder_that_came_into_use_stays_when_the_draft_that_made_it_goes()
    {
        using var temporary = new TemporaryFolder();
        using (BundleDraft.Open(temporary.File("runs"), SampleBundle.Identity()))
            File.WriteAllText(temporary.File("runs/notes.txt"), "mine");
        Assert.True(File.Exists(temporary.File("runs/notes.txt")));
    }

    [Fact]
    public void Disposing_after_sealing_keeps_the_bundle()
    {
        using var temporary = new TemporaryFolder();
        Assert.Empty(BundleVerifier.Verify(SampleBundle.Seal(temporary.File("runs"))));
    }

    [Fact]
    public void Every_further_seal_takes_the_next_number_and_replaces_nothing()
    {
        using var temporary = new TemporaryFolder();
        var first = SampleBundle.Seal(temporary.Path);
        var before = File.GetLastWriteTimeUtc(Path.Combine(first, "bagit.txt"));
        Assert.Equal(first + "-2", SampleBundle.Seal(temporary.Path));
        Assert.Equal(first + "-3", SampleBundle.Seal(temporary.Path));
        Assert.Equal(before, File.GetLastWriteTimeUtc(Path.Combine(first, "bagit.txt")));
    }

    [Fact]
    public void A_name_is_taken_by_a_file_an_empty_folder_and_a_dangling_link_too()
    {
        using var temporary = new TemporaryFolder();
        var name = temporary.File(SampleBundle.Identity().FolderName);
        File.WriteAllText(name, "a file");
        Directory.CreateDirectory(name + "-2");
        File.CreateSymbolicLink(name + "-3", temporary.File("nowhere"));
        Assert.Equal(name + "-4", SampleBundle.Seal(temporary.Path));
        Assert.Equal("a file", File.ReadAllText(name));
        Assert.Empty(Directory.GetFileSystemEntries(name + "-2"));
    }

    [Fact]
    public async Task Drafts_sealed_at_once_get_different_names()
    {
        using var temporary = new TemporaryFolder();
        var bundles = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => SampleBundle.Seal(temporary.Path), TestContext.Current.CancellationToken)));
        Assert.Equal(8, bundles.Distinct().Count());
        Assert.All(bundles, bundle => Assert.Empty(BundleVerifier.Verify(bundle)));
        Assert.Equal(8, Directory.GetFileSystemEntries(temporary.Path).Length);
    }

    [Fact]
    public void A_draft_is_sealed_once()
    {
        using var temporary = new TemporaryFolder();
        using var draft = BundleDraft.Open(temporary.Path, SampleBundle.Identity());
        SampleBundle.Fill(draft.Payload);
        draft.Seal(SampleBundle.Record());
        Assert.Throws<InvalidOperationException>(() => draft.Seal(SampleBundle.Record()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"plan":1,"seed":{"root":2}}""")]
    public void A_payload_without_its_plan_cannot_be_sealed(string? plan)
    {
        using var temporary = new TemporaryFolder();
        using (var draft = BundleDraft.Open(temporary.Path, SampleBundle.Identity()))
        {
            if (plan is not null)
                draft.Payload.Write("plan.json", System.Text.Encoding.UTF8.GetBytes(plan));
            Assert.Throws<InvalidOperationException>(() => draft.Seal(SampleBundle.Record()));
        }

        Assert.Empty(Directory.GetFileSystemEntries(temporary.Path));
    }

    [Fact]
    public void Empty_folders_are_dropped_by_sealing()
    {
        using var temporary = new TemporaryFolder();
        using var draft = BundleDraft.Open(temporary.Path, SampleBundle.Identity());
        SampleBundle.Fill(draft.Payload);
        Directory.CreateDirectory(Path.Combine(draft.Payload.Root, "report/figures/more"));
        var bundle = draft.Seal(SampleBundle.Record());
        Assert.Empty(BundleVerifier.Verify(bundle));
        Assert.False(Directory.Exists(Path.Combine(bundle, "data/report/figures")));
    }

    [Fact]
    public void Drafts_of_dead_processes_are_removed_and_all_others_stay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a process that dies at once needs the program true");
        using var temporary = new TemporaryFolder();
        var identity = SampleBundle.Identity();
        string here;
        using (BundleDraft.Open(temporary.Path, identity))
            here = Path.GetFileName(Assert.Single(Directory.GetDirectories(temporary.Path))).Split('-')[^1][..8];
        using var dead = Process.Start("true");
        dead.WaitForExit();
        var prefix = temporary.File($".{identity.FolderName}.draft-");
        string[] kept =
        [
            $"{prefix}{Environment.ProcessId}-{here}00000000", // alive
            $"{prefix}{dead.Id}-00000000{here}", // another machine's
            $"{prefix}{dead.Id}-{here}", // not our way of naming
            temporary.File($".other-{identity.PlanHash[..12]}.draft-{dead.Id}-{here}00000000"), // another run's
        ];
        foreach (var draft in kept.Append($"{prefix}{dead.Id}-{here}00000000"))
            Directory.CreateDirectory(Path.Combine(draft, "data"));
        BundleDraft.Open(temporary.Path, identity).Dispose();
        Assert.Equal(kept.Order(), Directory.GetDirectories(temporary.Path).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("Upper")]
    public void A_name_that_is_no_name_is_refused(string name)
    {
        var hash = ContentHash.Sha256([]);
        Assert.Throws<ArgumentException>(() => new BundleIdentity(name, "", hash, hash, "spectral 0.1.0"));
    }

    [Fact]
    public void A_hash_that_is_no_hash_and_text_that_is_no_text_are_refused()
    {
        var hash = ContentHash.Sha256([]);
        Assert.Throws<ArgumentException>(() => new BundleIdentity("a", "", hash.ToUpperInvariant(), hash, "s 1"));
        Assert.Throws<ArgumentException>(() => new BundleIdentity("a", "", hash, hash[1..], "s 1"));
        Assert.Throws<ArgumentException>(() => new BundleIdentity("a", "\ufffd \ud800", hash, hash, "s 1"));
        Assert.Throws<ArgumentException>(() => new BundleIdentity("a", "", hash, hash, "s\n1"));
    }
}
