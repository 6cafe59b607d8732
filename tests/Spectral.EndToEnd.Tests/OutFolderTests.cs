using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Places that a bundle cannot go into.</summary>
public sealed class OutFolderTests(SealedBundles bundles)
{
    [Theory]
    [InlineData("file")]
    [InlineData("file/below")]
    public async Task An_out_folder_that_is_a_file_is_named_and_left_alone(string outFolder)
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        folder.Write("file", "mine");
        string[] before = BundleFiles.Snapshot(folder.Path);
        Outcome run = await CommandLine.In(folder).Run("run", "tiny.yaml", "--out", outFolder);
        Assert.InRange(run.ExitCode, 1, 2);
        run.ExpectRefusal(run.ExitCode, folder.Locate("file"));
        Assert.DoesNotContain("training", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, BundleFiles.Snapshot(folder.Path));
    }

    [Fact]
    public async Task An_out_folder_that_may_not_be_written_is_named_before_anything_is_computed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions");
            return;
        }

        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        // The superuser may write everywhere but to /proc.
        string locked = Environment.IsPrivilegedProcess ? "/proc/spectral-out" : folder.Make("locked");
        if (!Environment.IsPrivilegedProcess)
            File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Outcome run = await CommandLine.In(folder).Run("run", "tiny.yaml", "--out", locked);
        Assert.InRange(run.ExitCode, 1, 2);
        run.ExpectRefusal(run.ExitCode, locked);
        Assert.DoesNotContain("training", run.Error, StringComparison.Ordinal);
        if (!Environment.IsPrivilegedProcess)
            Assert.Empty(Directory.GetFileSystemEntries(locked));
    }

    [Fact]
    public async Task A_folder_of_the_bundles_name_that_is_no_bundle_is_left_alone_and_the_next_name_taken()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        string plan = (await CommandLine.In(folder).Run("check", "tiny.yaml")).Expect(0).Output.Trim()[^12..];
        File.WriteAllText(Path.Combine(folder.Make($"runs/tiny-{plan}"), "mine"), "mine");
        string[] before = BundleFiles.Snapshot(folder.Locate($"runs/tiny-{plan}"));
        Outcome run = await CommandLine.In(folder).Run("run", "tiny.yaml");
        Assert.Equal($"runs/tiny-{plan}-2\n", run.Expect(0).Output);
        Assert.Equal(before, BundleFiles.Snapshot(folder.Locate($"runs/tiny-{plan}")));
    }

    [Fact]
    public async Task A_damaged_bundle_is_not_taken_for_a_complete_one()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        CommandLine spectral = CommandLine.In(folder);
        string bundle = (await spectral.Run("run", "tiny.yaml")).Expect(0).Bundle(folder.Path);
        BundleFiles.FlipBit(Path.Combine(bundle, "data", "results", "training.csv"));
        Outcome again = (await spectral.Run("run", "tiny.yaml")).Expect(0);
        Assert.Equal($"runs/{Path.GetFileName(bundle)}-2\n", again.Output);
        (await spectral.Run("verify", again.Bundle(folder.Path))).Expect(0);
    }

    [Theory]
    [InlineData("run", "tiny.yaml", "--out", "bundle/data/runs")]
    [InlineData("export", "bundle", "--out", "bundle/export")]
    public async Task A_folder_inside_a_bundle_is_refused_since_the_bundle_would_be_damaged(params string[] arguments)
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle"));
        string[] before = BundleFiles.Names(folder.Path);
        (await CommandLine.In(folder).Run(arguments)).ExpectRefusal(2, "bundle");
        Assert.Equal(before, BundleFiles.Names(folder.Path));
    }
}
