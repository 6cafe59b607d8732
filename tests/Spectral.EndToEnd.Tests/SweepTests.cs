using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>A spec with a sweep: one bundle a point, in order, whatever fails, stops or runs at once.</summary>
public sealed class SweepTests : IDisposable
{
    private const int Terminate = 15, Interrupt = 2;

    private const string Grid = "sweep:\n  noise.uniform: [0, 0.5]\n  cutoff.rank: [3, 5]\n";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly WorkFolder _folder = new();

    private CommandLine Spectral =>
        CommandLine.In(_folder).WithDefaultSignals().With("SPECTRAL_CACHE", _folder.Locate("cache"));

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_point_becomes_a_bundle_of_its_plan_and_stdout_has_one_path_a_point_in_order()
    {
        _folder.Write("grid.yaml", Spec.Tiny + Grid);
        string[] checks = (await Spectral.Run("check", "grid.yaml")).Expect(0).Lines;
        Outcome run = await Run("grid.yaml");
        Assert.Equal(4, run.Expect(0).Lines.Length);
        Assert.Equal(checks.Select(line => "runs/tiny-" + After(line, "plan ")[..12]), run.Lines);
        Assert.Equal(
            ["0 3", "0 5", "0.5 3", "0.5 5"],
            run.Lines.Select(bundle => Point(bundle)).Select(point => $"{point["noise.uniform"]} {point["cutoff.rank"]}"));
        Assert.Equal("A run for tests. [noise.uniform=0.5, cutoff.rank=3]", BundleFiles.Info(_folder.Locate(run.Lines[2]), "External-Description"));
        foreach (string bundle in run.Lines)
            (await Spectral.Run("verify", bundle)).Expect(0);

        // Two noises are two trainings; the second cutoff of each finds the first one's network and spectra.
        Assert.Equal(2, Count(run.Error, "training: from the cache"));
        Outcome again = await Run("grid.yaml");
        Assert.Equal(run.Lines, again.Expect(0).Lines);
        Assert.Equal(4, Count(again.Error, "stands already"));
    }

    [Fact]
    public async Task A_point_has_the_content_of_the_spec_with_its_values_written_in()
    {
        _folder.Write("grid.yaml", Spec.Tiny + Grid);
        _folder.Write("point.yaml", Spec.TinyWith("uniform: 0.25", "uniform: 0.5"));
        string alone = (await Run("point.yaml", "--out", "alone")).Expect(0).Bundle(_folder.Path);
        string point = (await Run("grid.yaml", "--point", "4")).Expect(0).Bundle(_folder.Path);
        Assert.Equal(BundleFiles.Info(alone, "Spectral-Plan-Hash"), BundleFiles.Info(point, "Spectral-Plan-Hash"));
        Assert.Equal(BundleFiles.ContentDigest(alone), BundleFiles.ContentDigest(point));
        (await Run("grid.yaml", "--point", "5")).ExpectRefusal(2, "SP0507", "an integer in [1, 4], got 5");
        (await Run("point.yaml", "--point", "1")).ExpectRefusal(2, "SP0507");
    }

    [Fact]
    public async Task Several_processes_at_once_make_the_bundles_that_one_makes_and_train_each_network_once()
    {
        _folder.Write("grid.yaml", Spec.Tiny + Grid);
        Outcome one = (await Run("grid.yaml", "--no-cache", "--out", "one")).Expect(0);
        Outcome two = (await Run("grid.yaml", "--jobs", "2", "--out", "two")).Expect(0);
        Assert.Equal(one.Lines.Select(Path.GetFileName), two.Lines.Select(Path.GetFileName));
        Assert.Equal(one.Lines.Select(Digest), two.Lines.Select(Digest));
        Assert.Equal(2, Count(two.Error, "training: from the cache"));
        Assert.Contains("[1] training: started\n", two.Error, StringComparison.Ordinal);
        Assert.All(
            two.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches(@"^(\[[1-4]\] |point [1-4] of 4: )", line));
        Assert.Equal(4, Directory.GetFileSystemEntries(_folder.Locate("two")).Length);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task The_first_failure_ends_a_sweep_unless_it_is_to_keep_going(string jobs)
    {
        // No machine has the memory for the first network.
        _folder.Write("bad.yaml", Spec.Tiny + "sweep:\n  zip: {network.mlp.hidden: [[9000000, 9000000], 4, 5, 6], seed: [1, 2, 3, 4]}\n");
        Outcome stopped = (await Run("bad.yaml", "--jobs", jobs)).Expect(5);
        Assert.Contains("point 1 failed; points left to run: ", stopped.Error, StringComparison.Ordinal);
        Assert.InRange(stopped.Lines.Length, 0, jobs == "1" ? 0 : 2);
        Outcome all = (await Run("bad.yaml", "--jobs", jobs, "--keep-going")).Expect(5);
        Assert.Equal(3, all.Lines.Length);
        Assert.Equal(["2", "3", "4"], all.Lines.Select(bundle => Point(bundle)["seed"]!.GetValue<string>()));
        Assert.DoesNotContain("   at ", all.Error, StringComparison.Ordinal);
        Assert.Equal(all.Lines.Select(Path.GetFileName).Order(), Directory.GetFileSystemEntries(_folder.Locate("runs")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_diverged_point_is_a_failure_only_where_that_was_asked()
    {
        _folder.Write("wild.yaml", Spec.Tiny + "sweep: {training.optimizer.sgd.learning_rate: [1e30, 0.05]}\n");
        Assert.Single((await Run("wild.yaml", "--fail-on-diverge")).Expect(1).Lines);
        Assert.Equal(2, (await Run("wild.yaml", "--fail-on-diverge", "--keep-going")).Expect(1).Lines.Length);
        Assert.Equal(2, (await Run("wild.yaml")).Expect(0).Lines.Length);
    }

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 75)]
    public async Task After_a_signal_finished_bundles_stand_and_the_same_command_runs_the_rest(int signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        _folder.Write("long.yaml", Spec.Tiny + "sweep: {training.epochs: [4, 3000, 5]}\n");
        using RunningProcess run = Spectral.Start("run", "long.yaml", "--device", "cpu", "-S", "training.record_outputs_every=1000000");
        await run.Says("point 2 of 3");
        run.Signal(signal);
        Outcome stopped = (await run.End(Soon)).Expect(code);
        Assert.Contains("the same command goes on", stopped.Error, StringComparison.Ordinal);
        string first = stopped.Bundle(_folder.Path);
        Assert.Equal([first], Directory.GetFileSystemEntries(_folder.Locate("runs")));
        Outcome rest = (await Run("long.yaml", "-S", "training.record_outputs_every=1000000")).Expect(0);
        Assert.Equal(3, rest.Lines.Length);
        Assert.Equal(first, _folder.Locate(rest.Lines[0]));
        Assert.Equal(1, Count(rest.Error, "stands already"));
    }

    [Theory]
    [InlineData(Interrupt, 130)]
    [InlineData(Terminate, 75)]
    public async Task A_signal_ends_the_processes_of_all_points_in_order(int signal, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        _folder.Write("long.yaml", Spec.TinyWith("epochs: 4", "epochs: 5000000\n  record_outputs_every: 100000") + "sweep: {seed: [1, 2, 3]}\n");
        using RunningProcess run = Spectral.Start("run", "long.yaml", "--device", "cpu", "--jobs", "2");
        await run.Says("[1] training: started");
        await run.Says("[2] training: started");
        run.Signal(signal);
        Outcome outcome = (await run.End(Soon)).ExpectRefusal(code, "the same command goes on");
        Assert.DoesNotContain("point 3", outcome.Error, StringComparison.Ordinal);
        // The points said it for themselves: they stopped in order, and nobody killed them.
        Assert.Contains("[1] spectral: interrupted; what was done is in the cache", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("[2] spectral: interrupted; what was done is in the cache", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(_folder.Entries().Except(["cache", "long.yaml", "runs"]));
        // The folder itself may stay, empty: each process takes away only what it made itself.
        string runs = _folder.Make("runs");
        Assert.Empty(Directory.GetFileSystemEntries(runs));
    }

    [Fact]
    public async Task An_override_of_a_swept_path_takes_its_place_and_says_so()
    {
        _folder.Write("grid.yaml", Spec.Tiny + Grid);
        Outcome run = (await Run("grid.yaml", "-S", "noise.uniform=0.5")).Expect(0);
        Assert.Equal(2, run.Lines.Length);
        Assert.Contains("grid.yaml:21:3: note SP0508: noise.uniform is not swept", run.Error, StringComparison.Ordinal);
        Outcome one = (await Run("grid.yaml", "-S", "sweep=none")).Expect(0);
        Assert.Equal("{}", Point(one.Lines[0]).ToJsonString());
    }

    [Fact]
    public async Task An_error_at_one_point_is_told_at_its_value_and_nothing_runs()
    {
        _folder.Write("bad.yaml", Spec.Tiny + "sweep:\n  noise.uniform: [0.5, 1.5]\n  seed: {from: 1, to: 3}\n");
        Outcome run = (await Run("bad.yaml")).ExpectRefusal(2, "bad.yaml:21:24: error SP0204", "at point 4 (noise.uniform=1.5, seed=1) and 2 more");
        Assert.Equal(1, Count(run.Error, "error SP"));
        (await Spectral.Run("check", "bad.yaml")).ExpectRefusal(2);
        Assert.Equal(["bad.yaml"], _folder.Entries());
    }

    [Fact]
    public async Task Plan_sums_a_sweep_and_counts_a_shared_stage_once()
    {
        _folder.Write("grid.yaml", Spec.Tiny + Grid);
        JsonObject plan = (await Spectral.Run("plan", "grid.yaml", "--json")).Expect(0).Json;
        JsonArray points = plan["points"]!.AsArray();
        Assert.Equal([1, 2, 3, 4], points.Select(point => point!["number"]!.GetValue<int>()));
        for (int number = 1; number <= 4; number++)
        {
            JsonObject one = (await Spectral.Run("plan", "grid.yaml", "--json", "--point", $"{number}")).Expect(0).Json;
            Assert.Equal(points[number - 1]!["plan_hash"]!.GetValue<string>(), one["plan_hash"]!.GetValue<string>());
            Assert.True(JsonNode.DeepEquals(points[number - 1]!["point"], one["point"]));
        }

        Assert.Equal(
            ["data 1", "training 2", "spectrum 2", "analyses 4"],
            plan["stages"]!.AsArray().Select(stage => $"{stage!["stage"]} {stage["runs"]}"));
        Outcome text = (await Spectral.Run("plan", "grid.yaml")).Expect(0);
        Assert.Contains("tiny, point 3 of 4: noise.uniform=0.5, cutoff.rank=3\n", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_of_each_point_what_would_run_and_where_the_sweep_says_so()
    {
        _folder.Write("grid.yaml", Spec.Tiny + Grid);
        _ = (await Run("grid.yaml", "--point", "1")).Expect(0);
        string[] lines = (await Spectral.Run("explain", "grid.yaml", "--device", "cpu")).Expect(0).Lines;
        Assert.Equal(4, lines.Count(line => line.StartsWith("point ", StringComparison.Ordinal)));
        Assert.Contains("            cutoff.rank.rank: 3 -> 5 (grid.yaml:22:20)", lines);
        Assert.Contains("            noise.uniform.rate: 0 -> 0.5 (grid.yaml:21:22)", lines);
        JsonArray json = JsonNode.Parse((await Spectral.Run("explain", "grid.yaml", "--device", "cpu", "--json")).Expect(0).Output)!.AsArray();
        Assert.Equal(["hit", "runs"], json.Take(2).Select(point => point!["stages"]!.AsArray()[^1]!["fate"]!.GetValue<string>()));
    }

    private static string After(string line, string mark) => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..];

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private Task<Outcome> Run(params string[] arguments) => Spectral.Run(["run", .. arguments, "--device", "cpu"]);

    private JsonObject Point(string bundle) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, bundle, "data", "overrides.json")))!["point"]!.AsObject();

    private string Digest(string bundle) => BundleFiles.ContentDigest(_folder.Locate(bundle));
}
