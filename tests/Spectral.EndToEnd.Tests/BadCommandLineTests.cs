using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Command lines that are wrong: exit code 2, a message, a silent stdout, and nothing made.</summary>
public sealed class BadCommandLineTests(SealedBundles bundles)
{
    [Theory]
    [InlineData("", "Required command")]
    [InlineData("chek tiny.yaml", "'chek'", "check")]
    [InlineData("verfy BUNDLE", "'verfy'", "verify")]
    [InlineData("--frobnicate", "--frobnicate")]
    [InlineData("run", "'SPEC'")]
    [InlineData("check", "SPEC")]
    [InlineData("plan", "'SPEC'")]
    [InlineData("verify", "'BUNDLE'")]
    [InlineData("rerun", "'BUNDLE'")]
    [InlineData("show", "'BUNDLE'")]
    [InlineData("export BUNDLE", "--out")]
    [InlineData("run tiny.yaml extra.yaml", "'extra.yaml'")]
    [InlineData("describe mlp rank", "'rank'")]
    [InlineData("doctor please", "'please'")]
    [InlineData("run tiny.yaml --ouy somewhere", "'--ouy'", "--out")]
    [InlineData("run tiny.yaml --forse", "'--forse'", "--force")]
    [InlineData("plan tiny.yaml --jsno", "'--jsno'", "--json")]
    [InlineData("verify BUNDLE --jsno", "'--jsno'", "--json")]
    [InlineData("show BUNDLE --force", "'--force'")]
    [InlineData("run tiny.yaml --out", "'--out'")]
    [InlineData("run tiny.yaml -S", "'-S'")]
    [InlineData("run tiny.yaml --out a --out b", "--out")]
    [InlineData("run tiny.yaml --device tpu", "--device", "'tpu'", "cuda:INDEX")]
    [InlineData("run tiny.yaml --device cuda:-1", "--device", "'cuda:-1'")]
    [InlineData("run tiny.yaml --device cuda:x", "--device", "'cuda:x'")]
    [InlineData("rerun BUNDLE --device CPU", "--device", "'CPU'")]
    [InlineData("run tiny.yaml --threads 0", "--threads", "[1, 1024]", "'0'")]
    [InlineData("run tiny.yaml --threads many", "--threads", "'many'")]
    [InlineData("rerun BUNDLE --threads 1025", "--threads", "'1025'")]
    [InlineData("rerun BUNDLE --require tolerance", "'tolerance'", "bitwise")]
    [InlineData("run @arguments", "no file '@arguments'")]
    public async Task A_wrong_command_line_is_refused_with_2(string line, params string[] said)
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        folder.Write("arguments", "tiny.yaml");
        string[] arguments = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "BUNDLE" ? bundles.Tiny : word)];
        Outcome outcome = (await CommandLine.In(folder).Run(arguments)).ExpectRefusal(2, said);
        Assert.DoesNotContain("Unhandled", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["arguments", "tiny.yaml"], folder.Entries());
    }

    [Theory]
    [InlineData("check", "")]
    [InlineData("run", "")]
    [InlineData("verify", "")]
    [InlineData("show", "")]
    [InlineData("rerun", "")]
    [InlineData("describe", "")]
    [InlineData("run", "tiny.yaml", "--out", "")]
    [InlineData("export", "BUNDLE", "--out", "")]
    public async Task An_empty_argument_is_wrong_usage_and_no_bug(params string[] arguments)
    {
        using WorkFolder folder = new();
        folder.Write("tiny.yaml", Spec.Tiny);
        Outcome outcome = await CommandLine.In(folder).Run([.. arguments.Select(word => word == "BUNDLE" ? bundles.Tiny : word)]);
        if (outcome.ExitCode == 6) // a bundle that has no name is a bundle that is not there
            outcome.Expect(6);
        else
            outcome.ExpectRefusal(2);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["tiny.yaml"], folder.Entries());
    }
}
