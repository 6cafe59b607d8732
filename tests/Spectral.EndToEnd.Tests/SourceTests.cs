using System.Text.Json.Nodes;
using Spectral.Cli.Running;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Where a run's spec came from: its git repository, as the bundle tells and as <c>--require-clean</c> asks.</summary>
public sealed class SourceTests : IAsyncLifetime
{
    private readonly WorkFolder _folder = new();

    private CommandLine Repository => new(_folder.Locate("repository"));

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        string specs = Directory.CreateDirectory(_folder.Locate("repository/specs")).FullName;
        File.WriteAllText(Path.Combine(specs, "tiny.yaml"), Spec.Tiny);
        await Git("init", "--quiet", "--initial-branch", "work");
        await Git("config", "user.email", "ada@example.org");
        await Git("config", "user.name", "Ada");
        await Git("add", ".");
        await Git("commit", "--quiet", "--message", "one");
        await Git("remote", "add", "upstream", "ssh://git@other.example.org/x.git");
        await Git("remote", "add", "origin", "https://ada:s3cr3t@example.org/ada/specs.git?token=s3cr3t");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_bundle_tells_commit_branch_path_and_address_and_no_secret()
    {
        string bundle = await Run("--require-clean");
        JsonNode source = Record(bundle, "source.json");
        Assert.Equal((await Git("rev-parse", "HEAD")).Output.Trim(), source["commit"]!.GetValue<string>());
        Assert.Equal("work", source["branch"]!.GetValue<string>());
        Assert.Equal("specs/tiny.yaml", source["path"]!.GetValue<string>());
        Assert.Equal("https://example.org/ada/specs.git", source["remote"]!.GetValue<string>());
        Assert.False(source["dirty"]!.GetValue<bool>());
        Assert.True(source["tracked"]!.GetValue<bool>());
        Assert.False(File.Exists(Path.Combine(bundle, "data", "record", "source.diff")));
        Assert.All(BundleFiles.Names(bundle), name =>
            Assert.DoesNotContain("s3cr3t", File.ReadAllText(Path.Combine(bundle, name)), StringComparison.Ordinal));
        Assert.Equal(
            ["run", "specs/tiny.yaml", "--device", "cpu", "--force", "--require-clean"],
            Record(bundle, "command.json")["arguments"]!.AsArray().Select(value => value!.GetValue<string>()));
        Assert.Equal(
            BundleFiles.Sha256(Path.Combine(AppContext.BaseDirectory, "Spectral.Core.dll")),
            Record(bundle, "environment.json")["libraries"]!["Spectral.Core"]!["sha256"]!.GetValue<string>());
        (await Repository.Run("verify", bundle)).Expect(0);
    }

    [Theory]
    [InlineData("https://example.org/a.git", "https://example.org/a.git")]
    [InlineData("https://ada@example.org/a.git", "https://example.org/a.git")]
    [InlineData("https://ada:p@ss@example.org:8080/a.git?key=1#x", "https://example.org:8080/a.git")]
    [InlineData("https://token@example.org", "https://example.org")]
    [InlineData("ssh://git:pw@example.org:22/a.git", "ssh://git@example.org:22/a.git")]
    [InlineData("git@example.org:ada/a.git", "git@example.org:ada/a.git")]
    [InlineData("git:pw@example.org:ada/a.git", "git@example.org:ada/a.git")]
    [InlineData("/srv/git/a@b.git", "/srv/git/a@b.git")]
    [InlineData("file:///srv/a.git", "file:///srv/a.git")]
    public void No_credential_stays_in_an_address(string address, string told) =>
        Assert.Equal(told, RemoteAddress.WithoutCredentials(address));

    [Fact]
    public async Task Uncommitted_changes_are_kept_as_a_patch_and_refused_where_none_may_be()
    {
        string clean = await Run();
        File.AppendAllText(_folder.Locate("repository/specs/tiny.yaml"), "# a thought\n");
        (await Repository.Run("run", "specs/tiny.yaml", "--require-clean", "--force"))
            .ExpectRefusal(2, "--require-clean", "uncommitted:  M specs/tiny.yaml");
        string dirty = await Run();
        Assert.True(Record(dirty, "source.json")["dirty"]!.GetValue<bool>());
        Assert.False(Record(dirty, "source.json")["diff_is_cut"]!.GetValue<bool>());
        Assert.Equal((await Git("diff", "--full-index", "HEAD")).Output, File.ReadAllText(Path.Combine(dirty, "data", "record", "source.diff")));
        Assert.Equal(BundleFiles.ContentDigest(clean), BundleFiles.ContentDigest(dirty));

        await Git("checkout", "--quiet", "--", "specs/tiny.yaml");
        await Git("rm", "--quiet", "--cached", "specs/tiny.yaml");
        await Git("commit", "--quiet", "--message", "two");
        (await Repository.Run("run", "specs/tiny.yaml", "--require-clean", "--force")).ExpectRefusal(2, "untracked: specs/tiny.yaml");
        Assert.False(Record(await Run(), "source.json")["tracked"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_large_patch_is_cut_at_a_mebibyte_and_says_so()
    {
        string other = _folder.Locate("repository/notes.txt");
        File.WriteAllText(other, "a\n");
        await Git("add", ".");
        await Git("commit", "--quiet", "--message", "notes");
        File.WriteAllText(other, string.Concat(Enumerable.Range(0, 200_000).Select(line => $"line {line}\n")));
        string bundle = await Run();
        Assert.True(Record(bundle, "source.json")["diff_is_cut"]!.GetValue<bool>());
        Assert.Equal(1 << 20, new FileInfo(Path.Combine(bundle, "data", "record", "source.diff")).Length);
    }

    [Fact]
    public async Task Outside_a_repository_or_without_git_everything_is_null_and_the_run_goes_on()
    {
        _folder.Write("tiny.yaml", Spec.Tiny);
        CommandLine outside = CommandLine.In(_folder);
        string bundle = (await outside.Run("run", "tiny.yaml", "--device", "cpu")).Expect(0).Bundle(_folder.Path);
        Assert.All(Record(bundle, "source.json").AsObject(), fact => Assert.Null(fact.Value));
        (await outside.Run("run", "tiny.yaml", "--require-clean", "--force")).ExpectRefusal(2, "no git repository");
        // A path without git on it.
        Outcome without = await Repository.With("PATH", _folder.Make("empty")).Run("run", "specs/tiny.yaml", "--device", "cpu", "--force");
        Assert.All(Record(without.Expect(0).Bundle(Repository.WorkingFolder), "source.json").AsObject(), fact => Assert.Null(fact.Value));
    }

    [Fact]
    public async Task Nothing_that_a_repository_names_is_run_and_its_index_stays()
    {
        string trap = _folder.Write("trap.sh", $"#!/bin/sh\ntouch '{_folder.Locate("sprung")}'\n");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the trap is a shell script");
        (await Repository.RunOther("chmod", "+x", _folder.Locate(trap))).Expect(0);
        foreach (string setting in new[] { "core.fsmonitor", "diff.external", "core.pager", "core.askPass", "diff.trap.textconv", "diff.trap.command" })
            await Git("config", setting, _folder.Locate(trap));
        File.WriteAllText(_folder.Locate("repository/.git/info/attributes"), "*.yaml diff=trap\n");
        string hook = _folder.Locate("repository/.git/hooks/post-index-change");
        Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
        File.Copy(_folder.Locate(trap), hook);
        File.AppendAllText(_folder.Locate("repository/specs/tiny.yaml"), "# a thought\n");
        string[] before = BundleFiles.Snapshot(_folder.Locate("repository/.git"));
        Assert.Contains("a thought", File.ReadAllText(Path.Combine(await Run(), "data", "record", "source.diff")), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Locate("sprung")));
        Assert.Equal(before, BundleFiles.Snapshot(_folder.Locate("repository/.git")));
    }

    private async Task<string> Run(params string[] options) =>
        (await Repository.Run(["run", "specs/tiny.yaml", "--device", "cpu", "--force", .. options])).Expect(0).Bundle(Repository.WorkingFolder);

    private async Task<Outcome> Git(params string[] arguments) => (await Repository.RunOther("git", arguments)).Expect(0);

    private static JsonNode Record(string bundle, string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "data", "record", name)))!;
}
