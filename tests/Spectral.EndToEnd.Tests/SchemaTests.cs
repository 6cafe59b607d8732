using System.Diagnostics;
using System.Text.Json.Nodes;
using Spectral.Dsl;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>The JSON schema: the repository's copy, and what a validator that is not ours makes of it.</summary>
public sealed class SchemaTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly string Copy = Repository.Path("schemas", "spectral-1.schema.json");

    [Fact]
    public async Task The_repository_holds_the_schema_that_the_program_prints()
    {
        Outcome printed = (await InProcess.Run("schema")).Expect(0);
        Assert.True(
            printed.Output == File.ReadAllText(Copy),
            $"renew it: dotnet src/Spectral.Cli/bin/Release/net10.0/spectral.dll schema > {Copy}");
    }

    [Fact]
    public async Task Every_object_is_closed_and_every_key_has_a_description_with_an_example()
    {
        JsonObject schema = (await InProcess.Run("schema")).Expect(0).Json;
        Assert.Equal("http://json-schema.org/draft-07/schema#", schema["$schema"]!.GetValue<string>());
        int keys = 0;
        Visit(schema, "#");
        Assert.InRange(keys, 250, 2000);

        void Visit(JsonNode? node, string path)
        {
            if (node is JsonArray items)
            {
                for (int index = 0; index < items.Count; index++)
                    Visit(items[index], $"{path}/{index}");
            }

            if (node is not JsonObject found)
                return;
            if (found["properties"] is JsonObject properties)
            {
                Assert.False(found["additionalProperties"]!.GetValue<bool>(), path);
                foreach ((string key, JsonNode? value) in properties)
                {
                    Assert.True(value!["description"]!.GetValue<string>().Length > 5, $"{path}/{key}");
                    // An axis of a sweep takes what stands at its path, which has the example.
                    bool isAxis = path == "#/definitions/axes" && !key.Contains("zip") && value["items"] is not null;
                    Assert.True(isAxis || value["examples"] is JsonArray { Count: > 0 }, $"{path}/{key}");
                    keys++;
                }
            }

            foreach ((string key, JsonNode? value) in found)
                Visit(value, $"{path}/{key}");
        }
    }

    [Fact]
    public void Every_experiment_names_the_schema_in_its_first_line()
    {
        string[] experiments = Repository.Experiments();
        Assert.True(experiments.Length > 20);
        Assert.All(experiments, experiment =>
        {
            const string Mark = "# yaml-language-server: $schema=";
            string first = File.ReadLines(experiment).First();
            Assert.StartsWith(Mark, first, StringComparison.Ordinal);
            Assert.Equal(Copy, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(experiment)!, first[Mark.Length..])));
        });
    }

    [Fact]
    public async Task Another_validator_agrees_with_check_on_every_experiment_and_500_generated_specs()
    {
        Assert.SkipUnless(CanValidate(), "no python3-jsonschema");
        Outcome found = (await Check()).Expect(0);
        Assert.Contains($"{Repository.Experiments().Length} specs: {Repository.Experiments().Length} taken by both", found.Output);
        Assert.Matches("(?m)^500 specs: [0-9]+ taken by both, .* 0 disagreements$", found.Output);
        Assert.Matches("(?m)^[0-9]{3,} examples of keys, all valid$", found.Output);
    }

    [Fact]
    public async Task A_sweep_may_name_every_path_that_describe_knows()
    {
        JsonObject schema = (await InProcess.Run("schema")).Expect(0).Json;
        string[] axes = [.. schema["definitions"]!["axes"]!["properties"]!.AsObject().Select(axis => axis.Key)];
        string[] paths = [.. axes.Except(["zip", "random", "exclude"])];
        Assert.True(paths.Length > 200);
        foreach (string path in paths)
            _ = (await InProcess.Run("describe", path)).Expect(0);
        // Lists have items and no keys of their own.
        Assert.Empty(Compiler.Keys
            .Where(key => !key.StartsWith("spectral", StringComparison.Ordinal) && !key.StartsWith("sweep", StringComparison.Ordinal))
            .Where(key => !key.StartsWith("weights.", StringComparison.Ordinal) && !key.StartsWith("expected.", StringComparison.Ordinal))
            .Except(["jacobian.at.log_spaced"])
            .Except(paths));
    }

    /// <summary>The comparison itself can fail: a rule less, or one too many, is found.</summary>
    [Theory]
    [InlineData("\"maximum\": 1024", "\"maximum\": 102400000")]
    [InlineData("\"exclusiveMinimum\": 0", "\"exclusiveMinimum\": 3")]
    [InlineData("\"additionalProperties\": false", "\"additionalProperties\": true")]
    [InlineData("\"items\": {\n            \"$ref\": \"#/properties/seed\"", "\"items\": {\n            \"$ref\": \"#/properties/name\"")]
    public async Task A_schema_that_is_off_is_found(string rule, string other)
    {
        Assert.SkipUnless(CanValidate(), "no python3-jsonschema");
        using WorkFolder folder = new();
        string schema = File.ReadAllText(Copy);
        Assert.Contains(rule, schema, StringComparison.Ordinal);
        folder.Write("schema.json", schema.Replace(rule, other, StringComparison.Ordinal));
        Outcome found = (await Check(folder.Locate("schema.json"), "1500")).Expect(1);
        Assert.Contains("the schema ", found.Output, StringComparison.Ordinal);
    }

    private static async Task<Outcome> Check(string schema = "", string count = "500")
    {
        using WorkFolder folder = new();
        return await CommandLine.In(folder)
            .With("SPECTRAL", CommandLine.Program)
            .With("SPECIMENS", Path.Combine(AppContext.BaseDirectory, "Spectral.Specimens.dll"))
            .With("SCHEMA", schema)
            .RunOther(Repository.Path("tests", "schema", "check.sh"), count);
    }

    private static bool CanValidate()
    {
        if (!File.Exists(Python) || !File.Exists("/bin/bash"))
            return false;
        using Process process = Process.Start(
            new ProcessStartInfo(Python, ["-c", "import jsonschema, yaml"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
