using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>A run whose loss stops being finite is a result like any other.</summary>
public sealed class DivergenceTests
{
    private static readonly string Diverging = Spec.TinyWith("learning_rate: 0.05", "learning_rate: 1e30");

    [Fact]
    public async Task A_run_that_diverges_ends_with_0_a_warning_and_a_sound_bundle_that_can_be_rerun()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Write("diverging.yaml", Diverging);
        Outcome run = await spectral.Run("run", "diverging.yaml", "--device", "cpu");
        string bundle = run.Expect(0).Bundle(folder.Path);
        Assert.Contains("Training diverged: the loss stopped being finite in epoch 1", run.Error, StringComparison.Ordinal);

        (await spectral.Run("verify", bundle)).Expect(0);
        Table measurements = Table.Read(bundle, "data", "results", "measurements.csv");
        Assert.Equal(1, measurements.Number("value", ("analysis", "training"), ("quantity", "diverged_at"), ("status", "diverged")));
        Assert.Equal(["initial.safetensors"], BundleFiles.Names(Path.Combine(bundle, "data", "checkpoints")));
        Assert.Equal(["0", "0", "0"], Table.Read(bundle, "data", "results", "training.csv").Rows.Select(row => row[0]));

        JsonObject shown = (await spectral.Run("show", bundle, "--json")).Expect(0).Json;
        Assert.Equal(1, shown["diverged_at"]!.GetValue<int>());
        Assert.Contains("Training diverged", (await spectral.Run("show", bundle)).Expect(0).Output, StringComparison.Ordinal);
        Outcome rerun = (await spectral.Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(0);
        Assert.Equal($"{BundleFiles.Content(bundle).Length} BITWISE", rerun.Lines[^1]);
        (await spectral.Run("export", bundle, "--out", "export", "--jacobian")).Expect(0);
        Assert.False(Directory.Exists(folder.Locate("export/final")));
        Assert.Equal([90, 275], NumPyFile.Read(folder.Locate("export"), "initial", "train", "jacobian.npy").Shape);
    }

    [Fact]
    public async Task With_fail_on_diverge_it_ends_with_1_and_the_bundle_is_sealed_all_the_same()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Write("diverging.yaml", Diverging);
        Outcome run = await spectral.Run("run", "diverging.yaml", "--fail-on-diverge");
        (await spectral.Run("verify", run.Expect(1).Bundle(folder.Path))).Expect(0);
        Assert.Contains("Training diverged", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_fail_on_diverge_a_standing_bundle_that_diverged_ends_with_1_too()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Write("diverging.yaml", Diverging);
        Outcome first = (await spectral.Run("run", "diverging.yaml")).Expect(0);
        Outcome again = await spectral.Run("run", "diverging.yaml", "--fail-on-diverge");
        Assert.Equal(first.Output, again.Expect(1).Output);
    }

    [Fact]
    public async Task A_run_that_does_not_diverge_ends_with_0_with_fail_on_diverge()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        (await CommandLine.In(folder).Run("run", "tiny.yaml", "--fail-on-diverge")).Expect(0);
    }
}
