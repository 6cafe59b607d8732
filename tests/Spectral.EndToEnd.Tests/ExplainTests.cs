using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>explain</c> says what a run would do, why, and where the spec says so; and it is right.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    public ExplainTests() => _folder.Write("tiny.yaml", Spec.Tiny);

    private CommandLine Spectral => CommandLine.In(_folder).With("SPECTRAL_CACHE", _folder.Locate("cache"));

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Before_the_first_run_nothing_is_in_the_cache_and_after_it_everything()
    {
        string[] lines = await Explain();
        Assert.Equal(9, lines.Length); // data, training, 6 spectra, analyses
        Assert.Equal("data      always runs: it reads its inputs", lines[0]);
        Assert.All(lines[1..], line => Assert.EndsWith("runs: nothing like it is in the cache", line, StringComparison.Ordinal));
        await Run();
        Assert.All((await Explain())[1..], line => Assert.Contains("in the cache, computed 20", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cutoff.rank=4", "analyses", "cutoff.rank.rank: 5 -> 4 (<-S #1>:1:13)")]
    [InlineData("training.epochs=5", "training spectrum analyses", "training.epochs: 4 -> 5 (<-S #1>:1:17)")]
    [InlineData("noise.uniform=0.5", "training spectrum analyses", "noise.uniform.rate: 0.25 -> 0.5 (<-S #1>:1:15)")]
    [InlineData("training.loss={cross_entropy: batch_mean}", "training spectrum analyses", "training.loss.cross_entropy.reduction: nothing -> \"batch_mean\" (<-S #1>:1:31)")]
    [InlineData("jacobian.splits=[train]", "analyses", "jacobian.splits.1: \"test\" -> nothing (<-S #1>:1:17)")]
    public async Task A_changed_setting_runs_what_depends_on_it_and_the_run_does_as_was_said(
        string change, string running, string reason)
    {
        await Run();
        string[] lines = await Explain("-S", change);
        Assert.Contains(lines, line => line.Trim() == reason);
        Outcome run = (await Run("-S", change, "--force")).Expect(0);
        foreach (string stage in (string[])["training", "analyses"])
        {
            bool isSaid = running.Split(' ').Contains(stage);
            Assert.Equal(isSaid, lines.Any(line => line.StartsWith(stage, StringComparison.Ordinal) && line.Contains("runs", StringComparison.Ordinal)));
            Assert.Equal(!isSaid, run.Error.Contains(stage + ": from the cache", StringComparison.Ordinal));
        }

        int restored = lines.Count(line => line.StartsWith("spectrum", StringComparison.Ordinal) && line.Contains("in the cache", StringComparison.Ordinal));
        Assert.Equal(restored, run.Error.Split('\n').Count(line =>
            line.StartsWith("spectrum: ", StringComparison.Ordinal) && line.Contains("from the cache", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_bundle_can_take_the_place_of_the_cache()
    {
        string bundle = (await Run()).Expect(0).Bundle(_folder.Path);
        Outcome same = (await Spectral.Run("explain", "tiny.yaml", "--device", "cpu", "--against", bundle)).Expect(0);
        Assert.Equal(8, same.Output.Split('\n').Count(line => line.Contains("as in ", StringComparison.Ordinal)));
        Outcome other = (await Spectral.Run(
            "explain", "tiny.yaml", "--device", "cpu", "--against", bundle, "-S", "threads=2", "--json")).Expect(0);
        JsonArray fates = JsonNode.Parse(other.Output)!.AsArray();
        JsonNode training = fates.Single(fate => (string)fate!["stage"]! == "training")!;
        Assert.Equal("runs", (string)training["fate"]!);
        Assert.Equal("threads", (string)training["settings"]![0]!["path"]!);
        (await Spectral.Run("explain", "tiny.yaml", "--against", _folder.Make("empty"))).ExpectRefusal(6);
        (await Spectral.Run("explain", "tiny.yaml", "--against", "nowhere")).ExpectRefusal(6);
    }

    private async Task<string[]> Explain(params string[] options) =>
        (await Spectral.Run(["explain", "tiny.yaml", "--device", "cpu", .. options])).Expect(0).Output.TrimEnd('\n').Split('\n');

    private Task<Outcome> Run(params string[] options) => Spectral.Run(["run", "tiny.yaml", "--device", "cpu", .. options]);
}
