using System.Text.Json.Nodes;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>What <c>plan</c> predicts, what it rests on, and what <c>resources</c> refuses.</summary>
public sealed class CostTests(SealedBundles bundles)
{
    [Theory]
    [InlineData("tiny.yaml")]
    [InlineData("quickstart")]
    public async Task Peak_memory_is_predicted_within_30_percent_even_where_nothing_was_measured(string spec)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere libtorch takes another part of memory");
        using WorkFolder cache = new();
        bool isTiny = spec == "tiny.yaml";
        string bundle = isTiny ? bundles.Tiny : bundles.Quickstart;
        JsonArray stages = JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "data/record/timings.json")))!["stages"]!.AsArray();
        JsonObject plan = (await new CommandLine(bundles.Folder).With("SPECTRAL_CACHE", cache.Path)
            .Run("plan", isTiny ? spec : Spec.Quickstart, "--json")).Expect(0).Json;
        Assert.Null(plan["calibrated"]);
        double measured = stages.Max(stage => stage!["peak_bytes"]!.GetValue<double>());
        Assert.InRange(plan["run"]!["peak_bytes"]!.GetValue<double>() / measured, 1 / 1.3, 1.3);
        // The process' peak never falls, and every stage that ran has it.
        Assert.Equal(
            stages.Select(stage => stage!["peak_bytes"]!.GetValue<long>()).Order(),
            stages.Select(stage => stage!["peak_bytes"]!.GetValue<long>()));
    }

    [Fact]
    public async Task Every_stage_that_costs_something_and_the_whole_run_have_all_figures()
    {
        JsonObject plan = (await new CommandLine(bundles.Folder).Run("plan", "tiny.yaml", "--json")).Expect(0).Json;
        foreach (JsonNode? stage in plan["stages"]!.AsArray().Where(stage => stage!["stage"]!.GetValue<string>() is "training" or "spectrum"))
        {
            Assert.All(
                (string[])["flops", "moved_bytes", "bytes", "peak_bytes", "disk_bytes", "seconds", "seconds_by_rule_of_thumb"],
                figure => Assert.True(stage![figure]!.GetValue<double>() > 0, figure));
        }

        Assert.All(
            (string[])["flops", "moved_bytes", "peak_bytes", "bundle_bytes", "cache_bytes", "other_seconds", "seconds"],
            figure => Assert.True(plan["run"]![figure]!.GetValue<double>() > 0, figure));
        Assert.Equal("direct", plan["stages"]!.AsArray().Single(stage => stage!["stage"]!.GetValue<string>() == "spectrum")!["method"]!.GetValue<string>());
    }

    [Fact]
    public async Task Plan_says_whether_this_machine_was_measured_and_takes_its_rates()
    {
        using WorkFolder cache = new();
        CommandLine spectral = new CommandLine(bundles.Folder).With("SPECTRAL_CACHE", cache.Path);
        Outcome before = (await spectral.Run("plan", "tiny.yaml")).Expect(0);
        Assert.Contains("not calibrated: times are by assumed rates", before.Output, StringComparison.Ordinal);
        Assert.Contains("'spectral calibrate' measures this machine", before.Output, StringComparison.Ordinal);
        string file = Store(cache, MachineProfile.MeasuredNow(MachineRates.Assumed with { StartSeconds = 1000 }));
        Outcome after = (await spectral.Run("plan", "tiny.yaml")).Expect(0);
        Assert.Contains("times by the calibration of ", after.Output, StringComparison.Ordinal);
        JsonObject json = (await spectral.Run("plan", "tiny.yaml", "--json")).Expect(0).Json;
        Assert.NotNull(json["calibrated"]);
        Assert.True(json["run"]!["seconds"]!.GetValue<double>() > 1000);
        Assert.Equal(BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash"), json["plan_hash"]!.GetValue<string>());

        await File.WriteAllTextAsync(file, "{\"rates\": 7}", TestContext.Current.CancellationToken);
        Outcome damaged = (await spectral.Run("plan", "tiny.yaml")).Expect(0);
        Assert.Contains($"warning: the calibration {file} cannot be read: ", damaged.Error, StringComparison.Ordinal);
        Assert.Contains("not calibrated", damaged.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calibrate_measures_this_machine_and_plan_rests_on_it_from_then_on()
    {
        using WorkFolder cache = new();
        CommandLine spectral = new CommandLine(bundles.Folder).With("SPECTRAL_CACHE", cache.Path);
        Outcome calibrate = (await spectral.Run("calibrate", "--json")).Expect(0);
        JsonObject rates = calibrate.Json["rates"]!.AsObject();
        Assert.Contains("measuring training steps", calibrate.Error, StringComparison.Ordinal);
        Assert.InRange(rates["products"]!["one"]!.GetValue<double>(), 1e8, 1e13);
        Assert.InRange(rates["base_bytes"]!.GetValue<double>(), 5e7, 2e9);
        Assert.Equal([Path.GetFileName(MachineProfile.Path)], Directory.GetFiles(cache.Locate("machine")).Select(Path.GetFileName));
        Outcome plan = (await spectral.Run("plan", "tiny.yaml")).Expect(0);
        Assert.Contains("times by the calibration of ", plan.Output, StringComparison.Ordinal);
        Assert.Contains("calibration           of ", (await spectral.Run("doctor")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_plan_and_run_refuse_what_the_spec_does_not_allow_at_its_place()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder).With("SPECTRAL_CACHE", folder.Locate("cache"));
        folder.Write("tiny.yaml", Spec.Tiny + "resources: {memory: 20 MiB, time: 1 s}\n");
        foreach (string verb in (string[])["check", "plan", "run"])
        {
            Outcome refused = (await spectral.Run(verb, "tiny.yaml")).Expect(2);
            Assert.Matches(@"tiny\.yaml:\d+:21: error SP0701: resources\.memory allows 20 MiB", refused.Error);
            Assert.Empty(refused.Output);
        }

        folder.Write("tiny.yaml", Spec.Tiny + "resources: {time: 1 s}\n");
        Outcome unknown = (await spectral.Run("check", "tiny.yaml")).Expect(0);
        Assert.Contains("note SP0704: resources.time is not checked", unknown.Error, StringComparison.Ordinal);
        Store(folder, MachineProfile.MeasuredNow(MachineRates.Assumed), "cache");
        Outcome late = (await spectral.Run("check", "tiny.yaml")).Expect(2);
        Assert.Matches(@"tiny\.yaml:\d+:19: error SP0702: resources\.time allows 1 s", late.Error);
        folder.Write("tiny.yaml", Spec.Tiny + "resources: {memory: 8 GiB, time: 2 h, disk: 1 GiB}\n");
        Assert.Empty((await spectral.Run("check", "tiny.yaml")).Expect(0).Error);
    }

    [Fact]
    public async Task A_sweeps_plan_adds_up_its_points_and_counts_a_shared_stage_once()
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        folder.Write("sweep.yaml", Spec.Tiny + "sweep: {cutoff.rank: [3, 4]}\n");
        CommandLine spectral = CommandLine.In(folder);
        JsonObject one = (await spectral.Run("plan", "tiny.yaml", "--json")).Expect(0).Json;
        JsonObject two = (await spectral.Run("plan", "sweep.yaml", "--json")).Expect(0).Json;
        Assert.Equal(Of(one, "training"), Of(two, "training"), 1e-12);
        Assert.Equal(2 * Of(one, "analyses"), Of(two, "analyses"), 1e-12);
        Assert.True(two["run"]!["seconds"]!.GetValue<double>() > one["run"]!["seconds"]!.GetValue<double>());

        static double Of(JsonObject plan, string name) => plan["stages"]!.AsArray()
            .Single(stage => stage!["stage"]!.GetValue<string>() == name)!["seconds"]!.GetValue<double>();
    }

    /// <summary>Stores a profile in a cache as <c>calibrate</c> does; its path.</summary>
    private static string Store(WorkFolder folder, MachineProfile profile, string cache = "")
    {
        string path = Path.Combine(folder.Path, cache, "machine", Path.GetFileName(MachineProfile.Path));
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, CanonicalJson.Serialize(profile.ToJson()));
        return path;
    }
}
