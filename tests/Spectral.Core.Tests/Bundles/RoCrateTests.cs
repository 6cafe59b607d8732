using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Spectral.Core.Bundles;
using Spectral.Core.Formats;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Bundles;

/// <summary>
/// The crate, against the rules of RO-Crate 1.1 and Process Run Crate 0.5 that can be told from JSON alone.
/// </summary>
public sealed class RoCrateTests
{
    [Fact]
    public void The_graph_is_flat_and_every_reference_leads_to_an_entity()
    {
        var graph = Graph(SampleBundle.Record());
        var ids = graph.Select(entity => (string)entity["@id"]!).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var (_, value) in graph.SelectMany(entity => entity))
        {
            foreach (var reference in (value as JsonArray ?? [value?.DeepClone()]).OfType<JsonObject>())
            {
                Assert.Single(reference);
                var id = (string)reference["@id"]!;
                Assert.True(ids.Contains(id) || id == "https://w3id.org/ro/crate/1.1", id);
            }
        }
    }

    [Fact]
    public void Every_file_is_part_of_the_root_with_a_media_type()
    {
        var graph = Graph(SampleBundle.Record());
        var files = graph.Where(entity => (string?)entity["@type"] == "File").ToList();
        Assert.All(files, file => Assert.Matches("^[a-z]+/[a-z+-]+$", (string)file["encodingFormat"]!));
        Assert.Contains("report/report%20100%25%20%C3%BC.html", files.Select(file => (string)file["@id"]!));
        Assert.Equal(files.Select(file => (string)file["@id"]!), References(Entity(graph, "./"), "hasPart"));
    }

    [Fact]
    public void Stages_are_chained_from_result_to_object()
    {
        var graph = Graph(SampleBundle.Record());
        var actions = graph.Where(entity => (string?)entity["@type"] == "CreateAction").ToList();
        Assert.Equal(["data", "train", "measure"], actions.Select(action => (string)action["name"]!));
        Assert.Equal(["dataset/empty%20file.txt", "dataset/labels.npy"], References(actions[0], "result"));
        Assert.Subset(References(actions[1], "object").ToHashSet(), References(actions[0], "result").ToHashSet());
        Assert.Equal(["checkpoints/final.safetensors"], References(actions[2], "object"));
        Assert.Equal(actions.Select(action => (string)action["@id"]!), References(Entity(graph, "./"), "mentions"));
    }

    [Fact]
    public void Times_are_of_the_form_that_the_profile_reads()
    {
        var action = Entity(Graph(SampleBundle.Record()), "#stage-1");
        Assert.Equal("2026-03-02T01:30:00.000+00:00", (string)action["startTime"]!);
        Assert.Matches(new Regex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$"), (string)action["endTime"]!);
    }

    [Theory]
    [InlineData("", "#license", "No license given")]
    [InlineData("MIT", "#license", "MIT")]
    [InlineData("https://spdx.org/licenses/MIT", "https://spdx.org/licenses/MIT", "https://spdx.org/licenses/MIT")]
    public void The_license_is_an_entity_whatever_was_said(string license, string id, string name)
    {
        var graph = Graph(SampleBundle.Record() with { License = license });
        Assert.Equal(id, (string)Entity(graph, "./")["license"]!["@id"]!);
        Assert.Equal(name, (string)Entity(graph, id)["name"]!);
    }

    [Fact]
    public void A_run_without_a_description_gets_one()
    {
        var graph = Graph(SampleBundle.Record(), SampleBundle.Identity(description: ""));
        Assert.NotEmpty((string)Entity(graph, "./")["description"]!);
    }

    [Fact]
    public void A_stage_that_names_a_missing_file_is_refused()
    {
        var record = SampleBundle.Record();
        var stage = record.Stages[0];
        Assert.Throws<ArgumentException>(() => Graph(record with { Stages = [stage with { Makes = ["none"] }] }));
        Assert.Throws<ArgumentException>(() => Graph(record with { Stages = [stage with { Uses = ["none/"] }] }));
        Assert.Throws<ArgumentException>(() => Graph(record with { SoftwareUrl = "spectral" }));
    }

    private static List<JsonObject> Graph(BundleRecord record, BundleIdentity? identity = null)
    {
        using var temporary = new TemporaryFolder();
        var payload = new ArtifactFolder(temporary.Path);
        SampleBundle.Fill(payload);
        var crate = CanonicalJson.Parse(RoCrate.Serialize(identity ?? SampleBundle.Identity(), record, payload))!;
        return [.. crate["@graph"]!.AsArray().Select(entity => entity!.AsObject())];
    }

    private static JsonObject Entity(List<JsonObject> graph, string id) =>
        graph.Single(entity => (string)entity["@id"]! == id);

    private static IEnumerable<string> References(JsonObject entity, string property) =>
        entity[property]!.AsArray().Select(reference => (string)reference!["@id"]!);
}
