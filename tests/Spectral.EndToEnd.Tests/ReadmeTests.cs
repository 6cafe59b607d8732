using System.Text.RegularExpressions;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>What the README shows is what a newcomer gets.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Spec.Quickstart)!, ".."));
    private static readonly string Readme = File.ReadAllText(Path.Combine(Root, "README.md"));

    private readonly WorkFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_shows_both_commands_and_the_bundle_that_the_first_one_makes()
    {
        Assert.Contains("dotnet run --project src/Spectral.Cli -c Release -- run experiments/quickstart.yaml", Readme);
        Assert.Contains("dotnet test -c Release", Readme);
        Outcome plan = (await CommandLine.In(_folder).Run("plan", Spec.Quickstart, "--json")).Expect(0);
        Assert.Contains($"runs/quickstart-{plan.Json["plan_hash"]!.GetValue<string>()[..12]}\n", Readme);
    }

    [Fact]
    public void The_spec_in_it_is_the_quickstart()
    {
        string[] shown = Lines(SpecBlock().Match(Readme).Groups["spec"].Value);
        Assert.NotEmpty(shown);
        Assert.Equal(Lines(File.ReadAllText(Spec.Quickstart)), shown);
    }

    [Fact]
    public void Every_file_that_it_links_to_is_there()
    {
        string[] links = [.. Link().Matches(Readme).Select(match => match.Groups["path"].Value)];
        Assert.True(links.Length > 5);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(Root, link)), link));
    }

    /// <summary>The lines of a spec without comments and blank ones.</summary>
    private static string[] Lines(string spec) =>
        [.. spec.Split('\n').Select(line => line.Split('#')[0].TrimEnd()).Where(line => line.Length > 0)];

    [GeneratedRegex("```yaml\n(?<spec>.*?)```", RegexOptions.Singleline)]
    private static partial Regex SpecBlock();

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)\)")]
    private static partial Regex Link();
}
