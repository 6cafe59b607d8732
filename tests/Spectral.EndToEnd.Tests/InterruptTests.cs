using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// Ctrl-C stops a run soon with 130, SIGTERM with 75, and neither leaves anything but what the cache keeps to go on from;
/// even SIGKILL leaves no bundle.
/// </summary>
public sealed class InterruptTests(SealedBundles bundles)
{
    private const int Interrupt = 2, Terminate = 15, Killed = 9;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20); // a fraction of a second where no one else computes

    private static readonly string Long = Spec.TinyWith("epochs: 4", "epochs: 5000000\n  record_outputs_every: 100000");

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 75)]
    public async Task A_signal_during_training_saves_and_leaves_nothing_else(int signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using WorkFolder folder = new();
        string temporary = folder.Make("tmp");
        folder.Write("long.yaml", Long);
        using RunningProcess run = CommandLine.In(folder).WithDefaultSignals().With("TMPDIR", temporary)
            .Start("run", "long.yaml", "--out", "deep/out", "--device", "cpu");
        await run.Says("training: started");
        Assert.Single(Directory.GetFileSystemEntries(folder.Locate("deep/out")), path => Path.GetFileName(path).StartsWith(".tiny-", StringComparison.Ordinal));
        run.Signal(signal);
        Outcome outcome = (await run.End(Soon)).ExpectRefusal(code, "the same command goes on");
        Assert.DoesNotContain("before and after", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["long.yaml", "tmp"], folder.Entries());
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 130)]
    public async Task Without_a_cache_a_signal_leaves_nothing_to_go_on_from(int signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using WorkFolder folder = new();
        folder.Write("long.yaml", Long);
        using RunningProcess run = CommandLine.In(folder).WithDefaultSignals()
            .Start("run", "long.yaml", "--no-cache", "--device", "cpu");
        await run.Says("training: started");
        run.Signal(signal);
        (await run.End(Soon)).ExpectRefusal(code, "nothing was left behind");
    }

    [Fact]
    public async Task After_SIGTERM_the_same_command_goes_on_and_ends_with_the_content_of_an_undisturbed_run()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.TinyWith("epochs: 4", "epochs: 3000\n  record_outputs_every: 500"));
        string undisturbed = (await CommandLine.In(folder).Run("run", "tiny.yaml", "--device", "cpu", "--out", "other"))
            .Expect(0).Bundle(folder.Path);
        CommandLine spectral = CommandLine.In(folder).WithDefaultSignals().With("SPECTRAL_CACHE", folder.Locate("cache"));
        using RunningProcess run = spectral.Start("run", "tiny.yaml", "--device", "cpu");
        await run.Says("training: started");
        run.Signal(Terminate);
        (await run.End(Soon)).ExpectRefusal(75, "the same command goes on");
        Outcome again = (await spectral.Run("run", "tiny.yaml", "--device", "cpu")).Expect(0);
        Assert.Contains("training: goes on at epoch ", again.Error, StringComparison.Ordinal);
        Assert.Equal(BundleFiles.ContentDigest(undisturbed), BundleFiles.ContentDigest(again.Bundle(folder.Path)));
    }

    [Fact]
    public async Task An_interrupt_leaves_the_bundles_that_stood_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using WorkFolder folder = new();
        BundleFiles.Copy(bundles.Tiny, folder.Locate("runs/" + Path.GetFileName(bundles.Tiny)));
        string[] before = BundleFiles.Snapshot(folder.Locate("runs/" + Path.GetFileName(bundles.Tiny)));
        folder.Write("long.yaml", Long);
        using RunningProcess run = CommandLine.In(folder).WithDefaultSignals().Start("run", "long.yaml", "--device", "cpu");
        await run.Says("training: started");
        run.Signal(Interrupt);
        (await run.End(Soon)).ExpectRefusal(130);
        Assert.Equal([Path.GetFileName(bundles.Tiny)], Directory.GetFileSystemEntries(folder.Locate("runs")).Select(Path.GetFileName));
        Assert.Equal(before, BundleFiles.Snapshot(folder.Locate("runs/" + Path.GetFileName(bundles.Tiny))));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_hidden_and_the_next_run_of_the_plan_takes_it_away()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.TinyWith("epochs: 4", "epochs: 1500\n  record_outputs_every: 500"));
        CommandLine spectral = CommandLine.In(folder);
        using RunningProcess run = spectral.Start("run", "tiny.yaml", "--device", "cpu");
        await run.Says("training: started");
        run.Signal(Killed);
        Assert.Equal(128 + Killed, (await run.End(Soon)).ExitCode);
        string left = Assert.Single(Directory.GetFileSystemEntries(folder.Locate("runs")));
        Assert.StartsWith(".tiny-", Path.GetFileName(left), StringComparison.Ordinal);
        string bundle = (await spectral.Run("run", "tiny.yaml", "--device", "cpu")).Expect(0).Bundle(folder.Path);
        Assert.Equal([bundle], Directory.GetFileSystemEntries(folder.Locate("runs")));
        (await spectral.Run("verify", bundle)).Expect(0);
    }

    [Fact]
    public async Task A_rerun_that_is_interrupted_ends_with_130_and_cleans_its_temporary_folder()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using WorkFolder folder = new();
        string temporary = folder.Make("tmp");
        using RunningProcess rerun = CommandLine.In(folder).WithDefaultSignals().With("TMPDIR", temporary)
            .Start("rerun", bundles.Quickstart, "--device", "cpu");
        await rerun.Says("training: started");
        rerun.Signal(Interrupt);
        (await rerun.End(Soon)).ExpectRefusal(130, "interrupted");
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    [Fact]
    public async Task Two_runs_of_one_plan_at_once_both_seal_a_sound_bundle()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        CommandLine spectral = CommandLine.In(folder);
        Outcome[] runs = await Task.WhenAll(
            spectral.Run("run", "tiny.yaml", "--force", "--device", "cpu"), spectral.Run("run", "tiny.yaml", "--force", "--device", "cpu"));
        string[] sealedBundles = [.. runs.Select(run => run.Expect(0).Bundle(folder.Path)).Order()];
        Assert.Equal([sealedBundles[0], sealedBundles[0] + "-2"], sealedBundles);
        Assert.Equal(sealedBundles, Directory.GetFileSystemEntries(folder.Locate("runs")).Order());
        Assert.Equal(BundleFiles.ContentDigest(sealedBundles[0]), BundleFiles.ContentDigest(sealedBundles[1]));
    }
}
