using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>The index of bundles is never the truth: whatever befalls it or them, a list says what the folder holds.</summary>
public sealed class IndexTests(SealedBundles bundles) : IDisposable
{
    private readonly Shelf _shelf = new(bundles);

    /// <inheritdoc/>
    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task A_list_follows_bundles_that_come_change_and_go()
    {
        Assert.Equal(["quickstart", "tiny"], await _shelf.Names());
        Directory.Move(_shelf.Tiny, _shelf.Locate("away"));
        Assert.Equal(["quickstart"], await _shelf.Names());
        Directory.Move(_shelf.Locate("away"), _shelf.Tiny);
        Assert.Equal(["quickstart", "tiny"], await _shelf.Names());
        string info = Path.Combine(_shelf.Tiny, "bag-info.txt");
        File.WriteAllText(info, File.ReadAllText(info).Replace("Identifier: tiny", "Identifier: renamed", StringComparison.Ordinal));
        Assert.Equal(["quickstart", "renamed"], await _shelf.Names());
        Directory.Delete(_shelf.Quickstart, recursive: true);
        Directory.Delete(_shelf.Tiny, recursive: true);
        Assert.Empty(await _shelf.Names());
    }

    [Theory]
    [InlineData("data/plan.json", "plan.json")]
    [InlineData("data/results/measurements.csv", "CSV")]
    [InlineData("manifest-sha512.txt", null)]
    public async Task A_damaged_bundle_is_listed_with_its_reason_and_harms_no_other(string file, string? reason)
    {
        Assert.Equal(["quickstart", "tiny"], await _shelf.Names());
        string path = Path.Combine(_shelf.Tiny, file);
        if (reason is null)
            File.Delete(path);
        else
            File.AppendAllText(path, "x");
        Outcome list = (await _shelf.Spectral.Run("ls")).Expect(0);
        Assert.Contains("quickstart", list.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith(Path.GetFileName(_shelf.Tiny), list.Lines[2], StringComparison.Ordinal);
        Assert.Contains("damaged: ", list.Lines[2], StringComparison.Ordinal);
        Assert.Contains(reason ?? file, list.Lines[2], StringComparison.Ordinal);
        Outcome chosen = (await _shelf.Spectral.Run("ls", "--where", "n>0")).Expect(0);
        Assert.Equal(2, chosen.Lines.Length);
        Assert.Contains("passed over 1 damaged", chosen.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_is_damaged_or_another_programs_is_made_anew()
    {
        Outcome whole = (await _shelf.Spectral.Run("ls")).Expect(0);
        byte[] sound = File.ReadAllBytes(_shelf.Index);
        byte[] torn = [.. sound];
        torn.AsSpan(4096, Math.Min(8192, torn.Length - 4096)).Fill(0xA5);
        byte[] foreign = [.. sound];
        foreign.AsSpan(68, 4).Clear(); // the application id of SQLite's header
        foreach (byte[] bytes in (byte[][])["no database, but long enough to be looked at"u8.ToArray(), torn, foreign, sound[..4096], []])
        {
            File.WriteAllBytes(_shelf.Index, bytes);
            Outcome again = (await _shelf.Spectral.Run("ls")).Expect(0);
            Assert.Equal(whole.Output, again.Output);
            Assert.Empty(again.Error);
            Assert.StartsWith("SQLite format 3", File.ReadAllText(_shelf.Index), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_folder_for_the_index_a_list_is_the_same()
    {
        Outcome whole = (await _shelf.Spectral.Run("ls")).Expect(0);
        File.WriteAllText(_shelf.Locate("file"), "");
        Outcome without = (await _shelf.Spectral.With("SPECTRAL_CACHE", _shelf.Locate("file", "below")).Run("ls")).Expect(0);
        Assert.Equal(whole.Output, without.Output);
        Assert.Empty(without.Error);
    }

    [Theory]
    [InlineData("named/bundles-1.sqlite", "SPECTRAL_CACHE=named", "XDG_CACHE_HOME=cache", "HOME=home")]
    [InlineData("cache/spectral/bundles-1.sqlite", "SPECTRAL_CACHE=", "XDG_CACHE_HOME=cache", "HOME=home")]
    [InlineData("home/.cache/spectral/bundles-1.sqlite", "SPECTRAL_CACHE=", "XDG_CACHE_HOME=relative!", "HOME=home")]
    public async Task The_index_lies_in_the_cache_folder_of_the_machine(string file, params string[] variables)
    {
        CommandLine spectral = _shelf.Spectral;
        foreach (string[] pair in variables.Select(variable => variable.Split('=')))
        {
            bool isPath = pair[1].Length > 0 && !pair[1].EndsWith('!');
            spectral = spectral.With(pair[0], isPath ? _shelf.Locate(pair[1]) : pair[1]);
        }

        (await spectral.Run("ls")).Expect(0);
        Assert.True(File.Exists(_shelf.Locate(file)));
        Assert.False(File.Exists(_shelf.Index));
    }

    [Fact]
    public async Task A_pipe_in_place_of_a_file_is_damage_and_keeps_nobody_waiting()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "mkfifo is a program of GNU systems");
        string plan = Path.Combine(_shelf.Tiny, "data", "plan.json");
        File.Delete(plan);
        (await _shelf.Spectral.RunOther("mkfifo", plan)).Expect(0);
        Outcome list = (await _shelf.Spectral.Run("ls")).Expect(0);
        Assert.Contains("damaged: data/plan.json is a pipe", list.Lines[2], StringComparison.Ordinal);
        File.Delete(plan);
    }

    [Fact]
    public async Task Processes_that_make_the_index_at_once_all_give_the_same_list()
    {
        Outcome[] lists = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _shelf.Spectral.Run("ls")));
        Assert.All(lists, list => Assert.Equal(3, list.Expect(0).Lines.Length));
        Assert.Single(lists.Select(list => list.Output).Distinct());
        Assert.True(File.Exists(_shelf.Index));
    }

    [Fact]
    public async Task Nothing_in_a_bundle_is_touched()
    {
        string[] before = BundleFiles.Snapshot(_shelf.Locate("runs"));
        (await _shelf.Spectral.Run("ls", "--where", "n>0")).Expect(0);
        (await _shelf.Spectral.Run("diff", "tiny", "quickstart")).Expect(0);
        Assert.Equal(before, BundleFiles.Snapshot(_shelf.Locate("runs")));
    }
}
