using System.Text.RegularExpressions;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>describe</c> and the help: what a spec and a command line can say.</summary>
public sealed class DescribeTests(SealedBundles bundles)
{
    private CommandLine Spectral => new(bundles.Folder);

    [Fact]
    public async Task Describe_lists_every_family_and_every_kind_that_the_quickstart_uses()
    {
        string list = (await Spectral.Run("describe")).Expect(0).Output;
        Assert.All((string[])["dataset", "noise", "network", "layer", "loss", "optimizer", "cutoff"], family =>
            Assert.Matches($"(?m)^{family}: ", list));
        Assert.All((string[])["digits", "uniform", "none", "mlp", "layers", "dense", "tanh", "squared_error", "sgd", "rank", "label_alignment", "residual_energy", "classification_error"], kind =>
            Assert.Matches($@"(?m)^  {kind} +\S", list));
    }

    [Fact]
    public async Task Describe_explains_a_kind_with_its_settings_ranges_and_defaults()
    {
        string mlp = (await Spectral.Run("describe", "mlp")).Expect(0).Output;
        Assert.StartsWith("mlp (network)\n", mlp, StringComparison.Ordinal);
        Assert.Matches("hidden: .*integer of 1 or more; required", mlp);
        Assert.Matches("activation: .*default relu", mlp);
        Assert.Contains("example: network: {mlp: ", mlp, StringComparison.Ordinal);
        string uniform = (await Spectral.Run("describe", "uniform")).Expect(0).Output;
        Assert.Matches(@"rate: a real in \[0, 1\]", uniform);
        Assert.StartsWith("cutoff: ", (await Spectral.Run("describe", "cutoff")).Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_explains_the_code_of_a_diagnostic_in_either_case()
    {
        Outcome upper = (await Spectral.Run("describe", "SP0103")).Expect(0), lower = (await Spectral.Run("describe", "sp0103")).Expect(0);
        Assert.Equal(upper.Output, lower.Output);
        Assert.StartsWith("SP0103: a key is not known", upper.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mpl", "mlp")]
    [InlineData("digit", "digits")]
    [InlineData("cuttoff", "cutoff")]
    public async Task A_misspelt_topic_gets_a_suggestion(string misspelt, string meant) =>
        (await Spectral.Run("describe", misspelt)).ExpectRefusal(2, $"'{misspelt}'", $"did you mean '{meant}'?");

    [Fact]
    public async Task An_unknown_topic_is_refused() =>
        (await Spectral.Run("describe", "SP9999")).ExpectRefusal(2, "nothing is named 'SP9999'");

    [Fact]
    public async Task The_help_goes_to_stdout_and_names_every_verb_and_every_option_of_run()
    {
        Outcome help = (await Spectral.Run("--help")).Expect(0), run = (await Spectral.Run("run", "--help")).Expect(0);
        Assert.All((string[])["check", "plan", "run", "verify", "rerun", "show", "export", "describe", "doctor"], verb =>
            Assert.Matches($"(?m)^  {verb} ", help.Output));
        Assert.All((string[])["-S", "--out", "--device", "--threads", "--force", "--fail-on-diverge"], option =>
            Assert.Contains(option, run.Output, StringComparison.Ordinal));
        Assert.Empty(help.Error + run.Error);
    }

    [Fact]
    public async Task The_version_is_one_line() =>
        Assert.Matches(new Regex(@"^\d+\.\d+\.\d+(\+[0-9a-f]+)?\n$"), (await Spectral.Run("--version")).Expect(0).Output);
}
