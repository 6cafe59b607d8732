using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>check</c> and <c>plan</c>: what would run, without running it.</summary>
public sealed class CheckAndPlanTests(SealedBundles bundles)
{
    [Fact]
    public async Task Check_prints_the_sizes_and_the_plan_of_every_sound_spec()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        Outcome check = (await CommandLine.In(folder).Run("check", "tiny.yaml", Spec.Quickstart)).Expect(0);
        Assert.Equal(
            [
                $"tiny.yaml: ok, n = 30, K = 3, nK = 90, p = 275, plan {BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash")[..12]}",
                $"{Spec.Quickstart}: ok, n = 300, K = 3, nK = 900, p = 4355, plan {BundleFiles.Info(bundles.Quickstart, "Spectral-Plan-Hash")[..12]}",
            ],
            check.Lines);
        Assert.Empty(check.Error);
        Assert.Equal(["tiny.yaml"], folder.Entries());
    }

    [Fact]
    public async Task Check_shows_all_errors_of_all_specs_and_still_passes_the_sound_one()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        folder.Write("one.yaml", Spec.TinyWith("uniform: 0.25", "uniform: 1.25").Replace("rank: 5", "rank: 0", StringComparison.Ordinal));
        folder.Write("two.yaml", Spec.TinyWith("epochs: 4", "epochs: 4\n  epoch: 4"));
        Outcome check = (await CommandLine.In(folder).Run("check", "one.yaml", "tiny.yaml", "two.yaml")).Expect(2);
        Assert.StartsWith("tiny.yaml: ok", Assert.Single(check.Lines), StringComparison.Ordinal);
        Assert.Contains("one.yaml:8:18: error SP0204", check.Error, StringComparison.Ordinal);
        Assert.Contains("one.yaml:18:16: error SP0204", check.Error, StringComparison.Ordinal);
        Assert.Contains("two.yaml:16:3: error SP0103: unknown key 'epoch' in 'training'", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_plan_as_json_is_the_plan_that_the_bundle_holds()
    {
        JsonObject json = (await new CommandLine(bundles.Folder).Run("plan", "tiny.yaml", "--json")).Expect(0).Json;
        JsonNode? plan = JsonNode.Parse(File.ReadAllText(Path.Combine(bundles.Tiny, "data", "plan.json")));
        Assert.True(JsonNode.DeepEquals(plan, json["plan"]), json["plan"]!.ToJsonString());
        Assert.Equal(BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash"), json["plan_hash"]!.GetValue<string>());
        Assert.Equal(275, json["parameters"]!.GetValue<int>());
        Assert.Equal(["train 90 275", "test 45 275"], json["spectra"]!.AsArray().Select(spectrum => $"{spectrum!["split"]} {spectrum["rows"]} {spectrum["columns"]}"));
        Assert.Equal(
            ["data", "noise", "network", "training", "spectrum", "analyses"],
            json["stages"]!.AsArray().Select(stage => stage!["stage"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_plan_for_people_has_hash_sizes_method_with_its_reason_and_stage_keys()
    {
        Outcome plan = (await new CommandLine(bundles.Folder).Run("plan", "tiny.yaml")).Expect(0);
        JsonArray stages = (await new CommandLine(bundles.Folder).Run("plan", "tiny.yaml", "--json")).Json["stages"]!.AsArray();
        Assert.StartsWith($"tiny, plan {BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash")}\n", plan.Output, StringComparison.Ordinal);
        Assert.Contains("J on train: [90, 275], method direct: ", plan.Output, StringComparison.Ordinal);
        Assert.All(stages, stage => Assert.Contains($"{stage!["stage"],-17}{stage["key"]!.GetValue<string>()[..12]}", plan.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cutoff.rank=4", "data noise network training spectrum")]
    [InlineData("noise.uniform=0.5", "data network")]
    [InlineData("training.epochs=5", "data noise network")]
    [InlineData("seed.init=9", "data noise")]
    public async Task An_override_changes_the_keys_of_the_stages_after_it_and_no_other(string set, string kept)
    {
        CommandLine spectral = new(bundles.Folder);
        JsonArray before = (await spectral.Run("plan", "tiny.yaml", "--json")).Expect(0).Json["stages"]!.AsArray();
        JsonArray after = (await spectral.Run("plan", "tiny.yaml", "--json", "-S", set)).Expect(0).Json["stages"]!.AsArray();
        Assert.Equal(
            kept,
            string.Join(' ', before.Zip(after).Where(pair => pair.First!["key"]!.GetValue<string>() == pair.Second!["key"]!.GetValue<string>()).Select(pair => pair.First!["stage"])));
    }

    [Fact]
    public async Task A_stopping_time_of_a_spectrum_puts_it_before_training_and_another_cutoff_trains_anew()
    {
        using WorkFolder folder = new();
        string stopped = Spec.TinyWith("squared_error: batch_mean", "squared_error: sum")
            .Replace("learning_rate: 0.05, momentum: 0.9", "learning_rate: 0.001", StringComparison.Ordinal)
            .Replace("  epochs: 4\n", "  epochs: 4\n  stop: {spectral: 1}\n", StringComparison.Ordinal);
        folder.Write("stopped.yaml", stopped);
        folder.Write("fixed.yaml", Spec.Tiny);
        CommandLine spectral = CommandLine.In(folder).With("SPECTRAL_CACHE", folder.Locate("cache"));
        (await spectral.Run("run", "stopped.yaml", "--device", "cpu")).Expect(0);

        Dictionary<string, string> before = await Stages("stopped.yaml"), after = await Stages("stopped.yaml", "-S", "cutoff.rank=3");
        Assert.Equal(["data", "noise", "network", "initial_spectrum", "training", "spectrum", "analyses"], before.Keys);
        Assert.Equal(["initial_spectrum", "training", "spectrum", "analyses"], before.Keys.Where(stage => before[stage] != after[stage]));
        string plan = (await spectral.Run("plan", "stopped.yaml", "-S", "cutoff.rank=3")).Expect(0).Output;
        Assert.Matches($"(?m)^initial_spectrum +{after["initial_spectrum"][..12]}.*\ntraining +{after["training"][..12]} ", plan);
        string explained = (await spectral.Run("explain", "stopped.yaml", "-S", "cutoff.rank=3", "--device", "cpu")).Expect(0).Output;
        Assert.Contains("training  runs; the nearest is of tiny, and differs in\n            cutoff.rank.rank: 5 -> 3", explained);

        // Without such a stop the same change leaves training and the spectrum alone.
        Dictionary<string, string> fixedBefore = await Stages("fixed.yaml"), fixedAfter = await Stages("fixed.yaml", "-S", "cutoff.rank=3");
        Assert.Equal(["analyses"], fixedBefore.Keys.Where(stage => fixedBefore[stage] != fixedAfter[stage]));

        async Task<Dictionary<string, string>> Stages(params string[] arguments) =>
            (await spectral.Run(["plan", .. arguments, "--json"])).Expect(0).Json["stages"]!.AsArray()
                .ToDictionary(stage => stage!["stage"]!.GetValue<string>(), stage => stage!["key"]!.GetValue<string>());
    }
}
