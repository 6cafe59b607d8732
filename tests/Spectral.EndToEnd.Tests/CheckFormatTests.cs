using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>check --format</c>: what editors, scripts and continuous integration read.</summary>
public sealed class CheckFormatTests : IDisposable
{
    private readonly WorkFolder _folder = new();

    /// <summary>Makes a sound spec and a broken one.</summary>
    public CheckFormatTests()
    {
        _folder.Write("sound.yaml", Spec.Tiny);
        _folder.Write("bad, one.yaml", Spec.TinyWith("hidden: [4]", "hiden: [4]"));
    }

    private CommandLine Spectral => CommandLine.In(_folder);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Json_has_every_spec_with_its_facts_and_every_diagnostic_with_its_place()
    {
        Outcome outcome = (await Spectral.Run("check", "--format", "json", "sound.yaml", "bad, one.yaml", "none.yaml")).Expect(2);
        Assert.Empty(outcome.Error);
        JsonArray specs = outcome.Json["specs"]!.AsArray();
        Assert.Equal(["True", "False", "False"], specs.Select(spec => spec!["ok"]!.GetValue<bool>().ToString()));
        Assert.Equal(30, specs[0]!["n"]!.GetValue<int>());
        Assert.Equal(64, specs[0]!["plan_hash"]!.GetValue<string>().Length);
        JsonObject stranger = specs[1]!["diagnostics"]!.AsArray().Single(one => Text(one, "code") == "SP0202")!.AsObject();
        Assert.Equal("error", Text(stranger, "severity"));
        Assert.Equal("bad, one.yaml", Text(stranger, "source"));
        Assert.Equal("Did you mean 'hidden'?", Text(stranger, "help"));
        string line = Spec.TinyWith("hidden: [4]", "hiden: [4]").Split('\n')[stranger["line"]!.GetValue<int>() - 1];
        Assert.Equal("hiden", line[(stranger["column"]!.GetValue<int>() - 1)..(stranger["end_column"]!.GetValue<int>() - 1)]);
        JsonNode missing = Assert.Single(specs[2]!["diagnostics"]!.AsArray())!;
        Assert.Equal("SP0001", Text(missing, "code"));
        Assert.Null(missing["line"]);
    }

    [Fact]
    public async Task Sarif_has_the_structure_of_version_2_1_0_with_a_rule_for_every_code()
    {
        Outcome outcome = (await Spectral.Run("check", "--format", "sarif", "bad, one.yaml", "sound.yaml", "none.yaml")).Expect(2);
        Assert.Empty(outcome.Error);
        Assert.Equal("2.1.0", Text(outcome.Json, "version"));
        JsonNode run = Assert.Single(outcome.Json["runs"]!.AsArray())!;
        JsonNode driver = run["tool"]!["driver"]!;
        Assert.Equal("spectral", Text(driver, "name"));
        JsonArray rules = driver["rules"]!.AsArray(), results = run["results"]!.AsArray();
        Assert.All(rules, rule => Assert.All((string[])["shortDescription", "fullDescription", "help"], part =>
            Assert.NotEmpty(Text(rule![part], "text"))));
        Assert.NotEmpty(results);
        Assert.All(results, result =>
        {
            Assert.Contains(Text(result, "level"), (string[])["none", "note", "warning", "error"]);
            Assert.NotEmpty(Text(result!["message"], "text"));
            Assert.Equal(Text(result, "ruleId"), Text(rules[result["ruleIndex"]!.GetValue<int>()], "id"));
        });
        JsonNode stranger = results.Single(result => Text(result, "ruleId") == "SP0202")!;
        JsonNode place = Assert.Single(stranger["locations"]!.AsArray())!["physicalLocation"]!;
        Assert.Equal("bad%2C%20one.yaml", Text(place["artifactLocation"], "uri"));
        Assert.All((string[])["startLine", "startColumn", "endLine", "endColumn"], part =>
            Assert.True(place["region"]![part]!.GetValue<int>() > 0));
        Assert.Null(results.Single(result => Text(result, "ruleId") == "SP0001")!["locations"]);
    }

    [Fact]
    public async Task Github_has_a_command_a_line_with_its_properties_escaped()
    {
        Outcome outcome = (await Spectral.Run("check", "--format", "github", "bad, one.yaml", "sound.yaml")).Expect(2);
        Assert.Empty(outcome.Error);
        Assert.All(outcome.Lines, line => Assert.StartsWith("::error ", line, StringComparison.Ordinal));
        Assert.Contains(outcome.Lines, line =>
            line.StartsWith("::error file=bad%2C one.yaml,line=", StringComparison.Ordinal)
            && line.Contains(",title=SP0202::unknown setting 'hiden' of network.mlp%0ADid you mean 'hidden'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("json", "\"diagnostics\": []")]
    [InlineData("sarif", "\"results\": []")]
    [InlineData("github", "")]
    public async Task A_sound_spec_ends_with_0_in_every_format(string format, string said)
    {
        Outcome outcome = (await Spectral.Run("check", "--format", format, "sound.yaml")).Expect(0);
        Assert.Contains(said, outcome.Output, StringComparison.Ordinal);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task A_problem_of_an_override_names_the_override_and_no_line_of_the_file()
    {
        string[] command = ["check", "sound.yaml", "-S", "cutoff.rank=many", "--format"];
        Assert.StartsWith("::error title=SP0204::<-S #1>:1:", (await Spectral.Run([.. command, "github"])).Expect(2).Output);
        JsonNode result = (await Spectral.Run([.. command, "sarif"])).Expect(2).Json["runs"]![0]!["results"]![0]!;
        Assert.StartsWith("<-S #1>:1:", Text(result["message"], "text"));
        Assert.Null(result["locations"]);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("run")]
    public async Task Plan_and_run_write_problems_of_the_spec_to_stderr_in_the_format(string verb)
    {
        Outcome outcome = (await Spectral.Run(verb, "bad, one.yaml", "--format", "json")).ExpectRefusal(2);
        Assert.Contains(JsonNode.Parse(outcome.Error)!["diagnostics"]!.AsArray(), one => Text(one, "code") == "SP0202");
    }

    [Fact]
    public async Task An_unknown_format_is_refused_with_the_known_ones() =>
        (await Spectral.Run("check", "--format", "xml", "sound.yaml")).ExpectRefusal(2, "'xml'", "'sarif'");

    private static string Text(JsonNode? node, string key) => node![key]!.GetValue<string>();
}
