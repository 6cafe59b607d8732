using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>The crate checked by a SHACL engine and shapes of others: <c>tests/crate/check.sh</c>. Skipped without node.</summary>
public sealed class CrateTests(SealedBundles bundles)
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(Spec.Quickstart)!, "..", "tests", "crate");

    [Fact]
    public async Task Every_crate_holds_to_both_profiles_and_every_control_is_found()
    {
        using WorkFolder folder = new();
        CommandLine shell = CommandLine.In(folder);
        Assert.SkipUnless(await CanCheck(shell), "no node and npm, or the packages cannot be had");
        foreach (string bundle in (string[])[bundles.Tiny, bundles.Quickstart, await Diverged(folder)])
        {
            Outcome outcome = (await shell.RunOther(Path.Combine(Folder, "check.sh"), bundle)).Expect(0);
            Assert.Contains("6 files of shapes, 0 faults", outcome.Output, StringComparison.Ordinal);
            Assert.Contains("25 controls, 0 missed", outcome.Output, StringComparison.Ordinal);
        }
    }

    /// <summary>A run whose training diverges has other stages' files, or fewer.</summary>
    private static async Task<string> Diverged(WorkFolder folder)
    {
        folder.Write("diverged.yaml", Spec.TinyWith("learning_rate: 0.05", "learning_rate: 1.0e30"));
        return (await CommandLine.In(folder).Run("run", "diverged.yaml")).Expect(0).Bundle(folder.Path);
    }

    private static async Task<bool> CanCheck(CommandLine shell)
    {
        string[] places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!places.Any(place => File.Exists(Path.Combine(place, "node"))) || !places.Any(place => File.Exists(Path.Combine(place, "npm"))))
            return false;
        Outcome fetched = await shell.RunOther(
            "/bin/sh", "-c", $"[ -d '{Folder}/node_modules/shacl-engine' ] || npm ci --prefix '{Folder}' --no-audit --no-fund --ignore-scripts");
        return fetched.ExitCode == 0;
    }
}
