using System.Text.RegularExpressions;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>What <c>run</c> prints, where it puts the bundle, and what a second run does.</summary>
public sealed partial class RunTests(SealedBundles bundles)
{
    [Fact]
    public void The_quickstart_prints_one_line_the_path_of_its_bundle()
    {
        Outcome run = bundles.QuickstartRun.Expect(0);
        Assert.Matches("^runs/quickstart-[0-9a-f]{12}\n$", run.Output);
        Assert.True(File.Exists(Path.Combine(bundles.Folder, run.Output.Trim(), "data", "plan.json")));
    }

    [Fact]
    public void The_quickstart_ends_with_a_summary_of_rank_both_spaces_errors_and_baselines()
    {
        string summary = bundles.QuickstartRun.Error;
        Table measurements = Table.Read(bundles.Quickstart, "data", "results", "measurements.csv");
        foreach (string checkpoint in (string[])["initial", "10", "final"])
        {
            (string, string)[] row = [("spectrum_at", checkpoint), ("split", "train"), ("target", "given")];
            string errors = measurements.Where([("analysis", "classification_error"), ("quantity", "errors"), .. row]).Single()[8];
            Assert.Matches($@"train +{checkpoint} +\d+ +9 .*\({errors}/300\)", summary);
            string information = Shown("information", row), nuisance = Shown("nuisance", row);
            Assert.Matches($@"train +{checkpoint} +\d+ +{Regex.Escape(information)} +{Regex.Escape(nuisance)} ", summary);
        }

        Assert.Contains("information and the nuisance space", summary, StringComparison.Ordinal);
        Assert.Contains("baselines", summary, StringComparison.Ordinal);
        Assert.Matches(@"train +final .* 0\.1 +0\.5775", summary); // sqrt(9 / 900), and near sqrt(1 / 3)

        string Shown(string quantity, (string, string)[] row) =>
            measurements.Number("value", [("analysis", "label_alignment"), ("quantity", quantity), .. row])
                .ToString("F4", System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task No_stream_that_is_redirected_has_escape_codes_with_or_without_NO_COLOR()
    {
        using WorkFolder folder = new();
        string spec = folder.Write("tiny.yaml", Spec.Tiny);
        CommandLine plain = CommandLine.In(folder), colourful = plain.With("TERM", "xterm-256color").With("COLORTERM", "truecolor");
        Outcome[] outcomes =
        [
            bundles.QuickstartRun,
            await colourful.Run("run", spec, "--out", "a"),
            await colourful.With("NO_COLOR", "1").Run("run", spec, "--out", "b"),
        ];
        Assert.All(outcomes, outcome => Assert.DoesNotContain('\u001b', outcome.Output + outcome.Error));
        Assert.All(outcomes, outcome => Assert.DoesNotContain('\r', outcome.Output + outcome.Error));
        Assert.Equal(Timeless(outcomes[1].Error), Timeless(outcomes[2].Error));
    }

    [Fact]
    public async Task A_second_run_says_that_the_bundle_stands_already_and_changes_nothing()
    {
        string[] before = BundleFiles.Snapshot(Path.Combine(bundles.Folder, "runs"));
        Outcome again = await new CommandLine(bundles.Folder).Run("run", Spec.Quickstart, "--out", "runs", "--device", "cpu");
        Assert.Equal(bundles.QuickstartRun.Output, again.Expect(0).Output);
        Assert.Contains("stands already", again.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("training", again.Error, StringComparison.Ordinal);
        Assert.Equal(before, BundleFiles.Snapshot(Path.Combine(bundles.Folder, "runs")));
    }

    [Fact]
    public async Task Another_name_comment_or_key_order_changes_no_plan_but_another_seed_does()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string other = folder.Write("other.yaml", Spec.TinyWith("# A comment that no plan sees.\n", "")
            .Replace("name: tiny\ndescription: A run for tests.\nseed: 1\n", "seed: {root: 1}\nname: 'other'\n", StringComparison.Ordinal));
        string plan = BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash");
        Assert.Contains($"plan {plan}", (await spectral.Run("plan", other)).Expect(0).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(plan, (await spectral.Run("plan", other, "-S", "seed=2")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Force_runs_again_beside_the_first_bundle_with_the_same_content()
    {
        using WorkFolder folder = new();
        string spec = folder.Write("tiny.yaml", Spec.Tiny);
        CommandLine spectral = CommandLine.In(folder);
        string first = (await spectral.Run("run", spec)).Expect(0).Output.Trim();
        string[] before = BundleFiles.Snapshot(folder.Locate(first));
        Outcome forced = (await spectral.Run("run", spec, "--force")).Expect(0);
        Assert.Equal(first + "-2\n", forced.Output);
        Assert.Equal(before, BundleFiles.Snapshot(folder.Locate(first)));
        Assert.Equal([Path.GetFileName(first), Path.GetFileName(first) + "-2"], new DirectoryInfo(folder.Locate("runs")).GetDirectories().Select(entry => entry.Name).Order());
        Assert.Equal(
            BundleFiles.Info(folder.Locate(first), "Spectral-Content-Digest"),
            BundleFiles.Info(folder.Locate(first + "-2"), "Spectral-Content-Digest"));
        Assert.Equal(first + "\n", (await spectral.Run("run", spec)).Expect(0).Output);
    }

    [Fact]
    public async Task Overrides_change_the_plan_and_are_recorded_in_the_bundle()
    {
        using WorkFolder folder = new();
        string spec = folder.Write("tiny.yaml", Spec.Tiny);
        Outcome run = await CommandLine.In(folder).Run("run", spec, "-S", "noise.uniform=0", "--set", "cutoff.rank=3", "--threads", "1");
        string bundle = run.Expect(0).Bundle(folder.Path);
        Assert.Equal(
            """{"overrides":["noise.uniform=0","cutoff.rank=3","threads=1"],"point":{}}""",
            File.ReadAllText(Path.Combine(bundle, "data", "overrides.json")));
        Assert.Equal(0, NumPyFile.Read(bundle, "data", "dataset", "train", "mask.npy").Energy);
        Assert.Equal([90, 3], NumPyFile.Read(bundle, "data", "results", "final", "train", "left_vectors.npy").Shape);
        Assert.NotEqual(BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash"), BundleFiles.Info(bundle, "Spectral-Plan-Hash"));
        Assert.Equal(Spec.Tiny, File.ReadAllText(Path.Combine(bundle, "data", "spec.yaml")));
    }

    /// <summary>The text without what depends on the clock.</summary>
    private static string Timeless(string text) => Times().Replace(text, "");

    [GeneratedRegex(@"in \d+\.\d s|, \d+ s left")]
    private static partial Regex Times();
}
