using System.Diagnostics;
using Spectral.EndToEnd.Tests.Fixtures;
using Spectral.EndToEnd.Tests.Hostile;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Archives made to harm who unpacks them: refused, and nothing is left anywhere.</summary>
public sealed class HostileArchiveTests(SealedBundles bundles)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20); // a fraction of a second where no one else computes

    /// <summary>The names of all cases.</summary>
    public static TheoryData<string> Names { get; } = [.. HostileArchives.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused_and_nothing_is_left_behind(string name)
    {
        using WorkFolder folder = new();
        string archive = folder.Locate("evil.tar");
        File.WriteAllBytes(archive, HostileArchives.All.Single(one => one.Name == name).Forge(await Packed(folder), Path.GetFileName(bundles.Tiny)));
        string[] before = Entries(folder), beside = Directory.GetFileSystemEntries(Path.GetTempPath(), "evil*");
        Stopwatch clock = Stopwatch.StartNew();
        Outcome outcome = (await InProcess.Run("bundle", "unpack", archive, "--out", folder.Locate("out/deep")))
            .ExpectRefusal(6, archive, "found", "nothing was unpacked");
        Assert.True(clock.Elapsed < Soon, $"{clock.Elapsed.TotalSeconds} s");
        Assert.DoesNotContain(outcome.Error, letter => char.IsControl(letter) && letter != '\n');
        Assert.Equal(before, Entries(folder));
        Assert.Equal(beside, Directory.GetFileSystemEntries(Path.GetTempPath(), "evil*"));
    }

    [Theory]
    [InlineData("a name that climbs out")]
    [InlineData("among the files a symbolic link")]
    [InlineData("a name of 1 GB")]
    [InlineData("a size of 8 GB")]
    [InlineData("a compressed archive")]
    public async Task The_built_program_refuses_it_in_little_memory(string name)
    {
        using WorkFolder folder = new();
        File.WriteAllBytes(
            folder.Locate("evil.tar"),
            HostileArchives.All.Single(one => one.Name == name).Forge(await Packed(folder), Path.GetFileName(bundles.Tiny)));
        (await CommandLine.In(folder).With("DOTNET_GCHeapHardLimit", "0x8000000").Run("bundle", "unpack", "evil.tar"))
            .ExpectRefusal(6, "evil.tar", "nothing was unpacked");
        Assert.Equal(["evil.tar"], folder.Entries());
    }

    [Fact]
    public async Task A_pipe_and_a_hole_of_a_terabyte_are_no_archives()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes among files");
        using WorkFolder folder = new();
        BundleForgery here = new(folder.Path);
        here.Pipe("pipe.tar");
        here.Hole("hole.tar", 1L << 40);
        here.Link("link.tar", "pipe.tar");
        foreach (string name in (string[])["pipe.tar", "hole.tar", "link.tar"])
            (await InProcess.Run("bundle", "unpack", folder.Locate(name), "--out", folder.Locate("out"))).ExpectRefusal(6, name);
        Assert.Equal(["hole.tar", "link.tar", "pipe.tar"], folder.Entries());
    }

    [Fact]
    public async Task The_archive_that_all_are_made_of_is_unpacked()
    {
        using WorkFolder folder = new();
        File.WriteAllBytes(folder.Locate("sound.tar"), await Packed(folder));
        string unpacked = (await InProcess.Run("bundle", "unpack", folder.Locate("sound.tar"), "--out", folder.Locate("out"))).Expect(0).Bundle(folder.Path);
        Assert.Equal(BundleFiles.ContentDigest(bundles.Tiny), BundleFiles.ContentDigest(unpacked));
    }

    /// <summary>All entries but the folder itself, whose time tells of a hidden folder that came and went.</summary>
    private static string[] Entries(WorkFolder folder) =>
        [.. BundleFiles.Snapshot(folder.Path).Where(line => !line.StartsWith(folder.Path + " ", StringComparison.Ordinal))];

    private async Task<byte[]> Packed(WorkFolder folder)
    {
        string archive = folder.Locate("packed.tar");
        (await InProcess.Run("bundle", "pack", bundles.Tiny, "--out", archive)).Expect(0);
        byte[] bytes = File.ReadAllBytes(archive);
        File.Delete(archive);
        return bytes;
    }
}
