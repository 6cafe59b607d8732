using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>ls</c>: many bundles, chosen, sorted and shown.</summary>
public sealed class LsTests(SealedBundles bundles) : IDisposable
{
    private readonly Shelf _shelf = new(bundles);

    /// <inheritdoc/>
    public void Dispose() => _shelf.Dispose();

    [Fact]
    public async Task A_line_a_bundle_says_what_it_is_and_how_it_ended()
    {
        Outcome list = (await _shelf.Spectral.Run("ls")).Expect(0);
        Assert.Empty(list.Error);
        Assert.Equal(3, list.Lines.Length);
        Assert.StartsWith("name", list.Lines[0], StringComparison.Ordinal);
        Assert.StartsWith("quickstart", list.Lines[1], StringComparison.Ordinal);
        Assert.StartsWith("tiny", list.Lines[2], StringComparison.Ordinal);
        foreach ((string line, string bundle) in new[] { (list.Lines[1], _shelf.Quickstart), (list.Lines[2], _shelf.Tiny) })
        {
            Assert.Contains(BundleFiles.Info(bundle, "Spectral-Plan-Hash")[..12], line, StringComparison.Ordinal);
            Assert.Contains(BundleFiles.ContentDigest(bundle)[..12], line, StringComparison.Ordinal);
            Assert.Contains("uniform 0.25", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Json_has_every_column_in_full()
    {
        JsonObject json = (await _shelf.Spectral.Run("ls", "runs", "--json")).Expect(0).Json;
        JsonNode tiny = json["bundles"]!.AsArray().Single(bundle => bundle!["name"]!.GetValue<string>() == "tiny")!;
        Table training = Table.Read(_shelf.Tiny, "data", "results", "training.csv");
        Assert.Equal(_shelf.Tiny, tiny["bundle"]!.GetValue<string>());
        Assert.Equal(BundleFiles.Info(_shelf.Tiny, "Spectral-Plan-Hash"), tiny["plan_hash"]!.GetValue<string>());
        Assert.Equal(BundleFiles.ContentDigest(_shelf.Tiny), tiny["content_digest"]!.GetValue<string>());
        Assert.Equal(30, tiny["n"]!.GetValue<double>());
        Assert.Equal("mlp", tiny["network"]!.GetValue<string>());
        Assert.Equal("rank 5", tiny["cutoff"]!.GetValue<string>());
        Assert.Equal(
            training.Number("error", ("epoch", "4"), ("split", "train"), ("target", "given")), tiny["train_error"]!.GetValue<double>());
        Assert.Equal(
            training.Number("error", ("epoch", "4"), ("split", "test"), ("target", "clean")), tiny["test_error"]!.GetValue<double>());
        Assert.False(tiny["signed"]!.GetValue<bool>());
        Assert.Null(tiny["damage"]);
        DateTime created = DateTime.Parse(tiny["created"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        Assert.InRange(DateTime.UtcNow - created.ToUniversalTime(), TimeSpan.FromMinutes(-1), TimeSpan.FromHours(3));
    }

    [Theory]
    [InlineData("quickstart tiny", "network.kind=mlp")]
    [InlineData("quickstart tiny", "noise.uniform.rate>=0.25")]
    [InlineData("", "noise.uniform.rate>0.25")]
    [InlineData("quickstart", "n>=100")]
    [InlineData("tiny", "training.epochs<100", "name~IN")]
    [InlineData("quickstart", "name~quick*")]
    [InlineData("tiny", "name!~quick")]
    [InlineData("tiny", "cutoff=rank 5")]
    [InlineData("tiny", "spectrum.sigma_1@2/train")]
    [InlineData("quickstart", "train_error=0")]
    [InlineData("", "created<2020-01-01")]
    public async Task A_condition_holds_of_settings_facts_and_measurements(string names, params string[] conditions)
    {
        string[] found = await _shelf.Names([.. conditions.SelectMany(condition => new[] { "--where", condition })]);
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries), found);
    }

    [Fact]
    public async Task A_measurement_is_compared_as_its_table_has_it()
    {
        double[] values = [.. new[] { _shelf.Quickstart, _shelf.Tiny }.Select(bundle =>
            Table.Read(bundle, "data", "results", "measurements.csv").Number(
                "value", ("analysis", "label_alignment"), ("quantity", "information"), ("spectrum_at", "final"),
                ("split", "train"), ("target", "given")))];
        string larger = values[0] > values[1] ? "quickstart" : "tiny";
        const string path = "label_alignment.information@final/train/given";
        string between = ((values[0] + values[1]) / 2).ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal([larger], await _shelf.Names("--where", $"{path}>{between}"));
        Assert.Equal([larger], await _shelf.Names("--where", $"label_alignment.information@given/final/train>{between}"));
        Assert.Equal(larger, (await _shelf.Names("--sort", path, "--reverse"))[0]);
        Assert.NotEqual(larger, (await _shelf.Names("--sort", path))[0]);
        JsonArray json = (await _shelf.Spectral.Run("ls", "--json", "--columns", $"name, {path}")).Expect(0).Json["bundles"]!.AsArray();
        Assert.Equal(values, json.Select(bundle => bundle![path]!.GetValue<double>()));
    }

    [Theory]
    [InlineData("--where", "nosie.uniform.rate>0", "did you mean 'noise.uniform.rate'?")]
    [InlineData("--where", "zzzzzzzz=1", "--paths")]
    [InlineData("--where", "label_alignment.information>0", "label_alignment.information@")]
    [InlineData("--where", "n==3", "expected a number or a text")]
    [InlineData("--where", "n>many", "expected one")]
    [InlineData("--sort", "nmae", "did you mean 'name'?")]
    [InlineData("--columns", "name,nn", "did you mean 'n'?")]
    public async Task What_means_nothing_is_refused_with_what_to_write(string option, string value, string said) =>
        (await _shelf.Spectral.Run("ls", option, value)).ExpectRefusal(2, option, said);

    [Fact]
    public async Task A_folder_that_is_not_there_is_refused_and_an_empty_one_is_not()
    {
        (await _shelf.Spectral.Run("ls", "nowhere")).ExpectRefusal(2, "there is no folder nowhere");
        Outcome none = (await _shelf.Spectral.Run("ls", "runs/..", "--where", "n>1")).Expect(0);
        Assert.Empty(none.Output);
        Assert.Contains("no bundles", none.Error, StringComparison.Ordinal);
        Assert.Equal(["quickstart", "tiny"], await _shelf.Names(".", "--recursive"));
    }

    [Fact]
    public async Task Every_path_that_is_listed_can_be_asked_for()
    {
        string[] paths = (await _shelf.Spectral.Run("ls", "--paths")).Expect(0).Lines;
        Assert.Contains("training.optimizer.sgd.learning_rate", paths);
        Assert.Contains("spectrum.sigma_1@final/test", paths);
        string[] some = [.. paths.Where((_, index) => index % 7 == 0)];
        JsonArray list = (await _shelf.Spectral.Run("ls", "--json", "--columns", string.Join(',', some))).Expect(0).Json["bundles"]!.AsArray();
        Assert.All(some, path => Assert.Contains(list, bundle => bundle!.AsObject().ContainsKey(path)));
    }
}
