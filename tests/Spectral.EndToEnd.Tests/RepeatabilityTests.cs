using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Equal plans give equal bits on one machine, whatever surrounds the process.</summary>
public sealed class RepeatabilityTests(SealedBundles bundles)
{
    [Fact]
    public async Task Another_folder_home_cache_time_zone_and_language_give_the_same_content()
    {
        using WorkFolder folder = new();
        string home = folder.Make("home"), cache = folder.Make("cache"), temporary = folder.Make("tmp");
        File.Copy(Spec.Quickstart, folder.Locate("renamed.yml"));
        CommandLine elsewhere = new CommandLine(folder.Make("somewhere"))
            .With("HOME", home).With("XDG_CACHE_HOME", cache).With("TMPDIR", temporary)
            .With("TZ", "Pacific/Chatham").With("LANG", "tr_TR.UTF-8").With("LC_ALL", "de_DE.UTF-8");
        Outcome run = await elsewhere.Run("run", "../renamed.yml", "--out", "../deep/er/out", "--device", "cpu");
        string bundle = run.Expect(0).Bundle(elsewhere.WorkingFolder);
        Assert.StartsWith("../deep/er/out/quickstart-", run.Output, StringComparison.Ordinal);
        AssertSameContent(bundles.Quickstart, bundle);
        Assert.Empty(Directory.GetFileSystemEntries(home));
        Assert.Equal(["spectral"], Directory.GetFileSystemEntries(cache).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
    }

    /// <summary>Arrays that native code reads in place lie elsewhere when the runtime allocates otherwise before.</summary>
    [Fact]
    public async Task Where_the_runtime_puts_its_arrays_does_not_reach_the_content()
    {
        using WorkFolder folder = new();
        string spec = folder.Write("tiny.yaml", Spec.TinyWith("epochs: 4", "epochs: 300"));
        string usual = (await CommandLine.In(folder).Run("run", spec, "--out", "usual", "--device", "cpu")).Expect(0).Bundle(folder.Path);
        foreach ((string variable, string value) in ((string, string)[])[("DOTNET_TieredCompilation", "0"), ("DOTNET_gcServer", "1")])
        {
            Outcome run = await CommandLine.In(folder).With(variable, value).Run("run", spec, "--out", variable, "--device", "cpu");
            AssertSameContent(usual, run.Expect(0).Bundle(folder.Path));
        }
    }

    private static void AssertSameContent(string one, string other)
    {
        Assert.Equal(BundleFiles.Info(one, "Spectral-Numeric-Environment"), BundleFiles.Info(other, "Spectral-Numeric-Environment"));
        Assert.Equal(Hashes(one), Hashes(other)); // first, since it names the file
        Assert.Equal(BundleFiles.Info(one, "Spectral-Content-Digest"), BundleFiles.Info(other, "Spectral-Content-Digest"));

        static string[] Hashes(string bundle) =>
        [
            .. JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "data", "content.json")))!["files"]!.AsObject()
                .Select(file => $"{file.Key} {file.Value}"),
        ];
    }
}
