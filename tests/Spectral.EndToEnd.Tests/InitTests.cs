using System.Diagnostics;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>init</c>: a spec to start from.</summary>
public sealed class InitTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    private CommandLine Spectral => CommandLine.In(_folder);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_quickstart_template_checks_and_runs()
    {
        Outcome made = (await Spectral.Run("init")).Expect(0);
        Assert.Equal("experiment.yaml\n", made.Output);
        Assert.Contains("next: spectral check experiment.yaml", made.Error, StringComparison.Ordinal);
        Assert.Contains("nK = 900", (await Spectral.Run("check", "experiment.yaml")).Expect(0).Output, StringComparison.Ordinal);
        string bundle = (await Spectral.Run("run", "experiment.yaml", "--device", "cpu")).Expect(0).Bundle(_folder.Path);
        (await Spectral.Run("verify", bundle)).Expect(0);
    }

    [Fact]
    public async Task The_sweep_template_lists_its_points_and_runs_in_about_a_minute()
    {
        (await Spectral.Run("init", "--template", "noise-sweep")).Expect(0);
        string[] points = (await Spectral.Run("check", "experiment.yaml")).Expect(0).Lines;
        Assert.Equal(6, points.Length);
        Assert.EndsWith("noise-sweep, point 4 of 6: noise.uniform=0.25, seed=2", points[3], StringComparison.Ordinal);
        Stopwatch clock = Stopwatch.StartNew();
        Outcome run = (await Spectral.Run("run", "experiment.yaml", "--device", "cpu")).Expect(0);
        Assert.Equal(6, run.Lines.Length);
        // A busy machine may take several times as long.
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(4));
        (await Spectral.Run(["report", .. run.Lines])).Expect(0);
    }

    [Theory]
    [InlineData("quickstart")]
    [InlineData("noise-sweep")]
    [InlineData("fashion-mnist")]
    [InlineData("theory")]
    public async Task Every_template_checks_and_explains_itself(string template)
    {
        (await Spectral.Run("init", "a.yaml", "--template", template)).Expect(0);
        (await Spectral.Run("check", "a.yaml")).Expect(0);
        string text = File.ReadAllText(_folder.Locate("a.yaml"));
        Assert.All((string[])["spectral check", "spectral run", "describe", "What to change next"], part =>
            Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.Equal(text, (await Spectral.Run("init", "-", "--template", template)).Expect(0).Output);
        Assert.Equal(["a.yaml"], _folder.Entries());
    }

    [Fact]
    public async Task A_file_that_is_there_is_left_alone()
    {
        _folder.Write("experiment.yaml", "mine");
        (await Spectral.Run("init")).ExpectRefusal(2, "experiment.yaml is there already");
        Assert.Equal("mine", File.ReadAllText(_folder.Locate("experiment.yaml")));
        _folder.Make("folder");
        (await Spectral.Run("init", "folder")).ExpectRefusal(2, "folder is there already");
    }

    [Fact]
    public async Task A_folder_that_is_missing_and_a_template_that_there_is_not_are_refused()
    {
        (await Spectral.Run("init", "none/a.yaml")).ExpectRefusal(2, "there is no folder");
        (await Spectral.Run("init", "--template", "toy")).ExpectRefusal(2, "'toy'", "'quickstart'");
        Assert.Empty(_folder.Entries());
    }
}
