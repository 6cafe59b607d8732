using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>show</c>: the summary for people, and all measurements for programs.</summary>
public sealed class ShowTests(SealedBundles bundles)
{
    [Fact]
    public async Task Show_prints_the_summary_that_the_run_ended_with_then_plan_digest_and_report()
    {
        Outcome show = (await new CommandLine(bundles.Folder).Run("show", bundles.Quickstart)).Expect(0);
        string summary = string.Join('\n', show.Lines[..^3]);
        Assert.EndsWith(Compact(summary), Compact(bundles.QuickstartRun.Error), StringComparison.Ordinal);
        Assert.Contains("before and after training", summary, StringComparison.Ordinal);
        Assert.Equal($"plan {BundleFiles.Info(bundles.Quickstart, "Spectral-Plan-Hash")}", show.Lines[^3]);
        Assert.Contains(BundleFiles.ContentDigest(bundles.Quickstart), show.Lines[^2], StringComparison.Ordinal);
        Assert.True(File.Exists(show.Lines[^1]["report ".Length..]), show.Lines[^1]);
        Assert.DoesNotContain('\u001b', show.Output);
        Assert.Empty(show.Error);
    }

    [Fact]
    public async Task Json_has_every_row_of_the_measurements()
    {
        JsonObject json = (await new CommandLine(bundles.Folder).Run("show", bundles.Quickstart, "--json")).Expect(0).Json;
        Table table = Table.Read(bundles.Quickstart, "data", "results", "measurements.csv");
        JsonArray rows = json["measurements"]!.AsArray();
        Assert.Equal("quickstart", json["name"]!.GetValue<string>());
        Assert.Equal(4355, json["parameters"]!.GetValue<int>());
        Assert.Null(json["diverged_at"]);
        Assert.Equal(BundleFiles.ContentDigest(bundles.Quickstart), json["content_digest"]!.GetValue<string>());
        Assert.Equal(table.Rows.Length, rows.Count);
        Assert.All(table.Rows.Zip(rows), pair =>
        {
            Assert.Equal(table.Header, pair.Second!.AsObject().Select(cell => cell.Key));
            Assert.Equal(pair.First[1], pair.Second["quantity"]!.GetValue<string>());
            double value = Table.Parse(pair.First[8]);
            Assert.Equal(double.IsNaN(value) ? null : value, pair.Second["value"]?.GetValue<double>());
        });
    }

    [Fact]
    public async Task A_bundle_is_shown_wherever_it_was_moved_and_whatever_it_was_renamed_to()
    {
        using WorkFolder folder = new();
        BundleFiles.Copy(bundles.Tiny, folder.Locate("a name with spaces"));
        CommandLine spectral = CommandLine.In(folder);
        Assert.Contains("report a name with spaces/data/report/report.html", (await spectral.Run("show", "a name with spaces")).Expect(0).Output, StringComparison.Ordinal);
        Assert.StartsWith("a name with spaces: sound", (await spectral.Run("verify", "a name with spaces")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("method: gram", "cannot be told from rounding")]
    [InlineData("method: tsqr", "are known to")]
    [InlineData("method: krylov\n  spectrum: {top: 7}", "cannot be told from rounding")]
    [InlineData("spectrum: {top: 7}", "are known to")]
    public async Task A_bundle_by_any_method_says_again_what_its_run_said_and_reruns_to_the_bit(string how, string floor)
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.TinyWith("jacobian:", $"jacobian:\n  {how}"));
        CommandLine spectral = CommandLine.In(folder);
        Outcome run = (await spectral.Run("run", "tiny.yaml")).Expect(0);
        string bundle = run.Lines.Single();
        Outcome show = (await spectral.Run("show", bundle)).Expect(0);
        Assert.EndsWith(Compact(string.Join('\n', show.Lines[..^3])), Compact(run.Error), StringComparison.Ordinal);
        Assert.Contains(floor, show.Output, StringComparison.Ordinal);
        (await spectral.Run("verify", bundle)).Expect(0);
        (await spectral.Run("rerun", bundle, "--require", "bitwise")).Expect(0);
    }

    private static string Compact(string text) => string.Join('\n', text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
}
