using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Verbs that only read never load libtorch, as the dynamic linker itself tells.</summary>
public sealed class LoadingTests(SealedBundles bundles)
{
    [Theory]
    [InlineData(false, "check", "tiny.yaml")]
    [InlineData(false, "plan", "tiny.yaml")]
    [InlineData(false, "plan", "tiny.yaml", "--device", "cuda")]
    [InlineData(false, "check", "tiny.yaml", "--format", "sarif")]
    [InlineData(false, "describe")]
    [InlineData(false, "schema")]
    [InlineData(false, "init", "-")]
    [InlineData(false, "verify", "BUNDLE")]
    [InlineData(false, "show", "BUNDLE")]
    [InlineData(false, "ls", "runs")]
    [InlineData(false, "diff", "BUNDLE", "BUNDLE")]
    [InlineData(true, "doctor")]
    public async Task Only_a_verb_that_computes_loads_libtorch(bool loads, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "LD_DEBUG is a variable of glibc's linker");
        using WorkFolder folder = new();
        Outcome outcome = await new CommandLine(bundles.Folder)
            .With("LD_DEBUG", "files").With("LD_DEBUG_OUTPUT", folder.Locate("linker"))
            .With("SPECTRAL_CACHE", folder.Locate("cache"))
            .Run([.. arguments.Select(argument => argument == "BUNDLE" ? bundles.Tiny : argument)]);
        outcome.Expect(0);
        string[] logs = [.. Directory.GetFiles(folder.Path, "linker.*").Select(File.ReadAllText)];
        Assert.Contains(logs, log => log.Contains("libcoreclr.so", StringComparison.Ordinal));
        Assert.Equal(loads, logs.Any(log => log.Contains("libtorch_cpu", StringComparison.Ordinal)));
    }
}
