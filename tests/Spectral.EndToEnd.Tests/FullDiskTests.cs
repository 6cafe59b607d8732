using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// A disk that is full, under the output folder or under the cache: a clear end or a warning, nothing half-written, and
/// a cache that works on. The disks are small file systems in memory, which need the rights to mount them.
/// </summary>
public sealed class FullDiskTests : IAsyncDisposable
{
    private readonly WorkFolder _folder = new();
    private readonly string _disk;
    private bool _isMounted;

    public FullDiskTests()
    {
        _folder.Write("tiny.yaml", Spec.Tiny);
        _disk = _folder.Make("disk");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_isMounted)
            await CommandLine.In(_folder).RunOther("umount", _disk);
        _folder.Dispose();
    }

    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(100)]
    public async Task Where_the_output_does_not_fit_the_run_says_so_leaves_nothing_and_keeps_its_stages(int kibibytes)
    {
        await Mount(kibibytes);
        CommandLine spectral = CommandLine.In(_folder).With("SPECTRAL_CACHE", _folder.Locate("cache"));
        (await spectral.Run("run", "tiny.yaml", "--device", "cpu", "--out", "disk/runs")).ExpectRefusal(1, "No space left on device");
        Assert.Empty(Directory.GetFileSystemEntries(_disk));
        Assert.EndsWith(" 0 damaged\n", (await spectral.Run("cache", "verify")).Expect(0).Output, StringComparison.Ordinal);
        (await spectral.Run("run", "tiny.yaml", "--device", "cpu", "--out", "runs")).Expect(0);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(80)]
    public async Task Where_the_cache_does_not_fit_the_run_goes_on_and_what_is_in_the_cache_is_sound(int kibibytes)
    {
        await Mount(kibibytes);
        CommandLine spectral = CommandLine.In(_folder).With("SPECTRAL_CACHE", Path.Combine(_disk, "cache")).With("SPECTRAL_SAVE_SECONDS", "0");
        Outcome run = (await spectral.Run("run", "tiny.yaml", "--device", "cpu", "--out", "runs")).Expect(0);
        Assert.Contains("goes on without it", run.Error, StringComparison.Ordinal);
        string alone = (await CommandLine.In(_folder).Run("run", "tiny.yaml", "--device", "cpu", "--out", "alone", "--no-cache"))
            .Expect(0).Bundle(_folder.Path);
        Assert.Equal(BundleFiles.ContentDigest(alone), BundleFiles.ContentDigest(run.Bundle(_folder.Path)));
        Assert.EndsWith(" 0 damaged\n", (await spectral.Run("cache", "verify")).Expect(0).Output, StringComparison.Ordinal);
        (await spectral.Run("run", "tiny.yaml", "--device", "cpu", "--out", "again")).Expect(0);
    }

    private async Task Mount(int kibibytes)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "there is no tmpfs here");
        Outcome mounted = await CommandLine.In(_folder).RunOther("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", _disk);
        Assert.SkipWhen(mounted.ExitCode != 0, "no right to mount a file system");
        _isMounted = true;
    }
}
