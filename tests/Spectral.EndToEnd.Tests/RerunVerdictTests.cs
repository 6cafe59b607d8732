using System.Text.Json.Nodes;
using System.Xml.Linq;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>What a stranger reads off a rerun: who differs first, by how much, why, and what its author allows.</summary>
public sealed class RerunVerdictTests(SealedBundles bundles)
{
    private const string Sigma = "results/final/train/singular_values.npy";

    /// <summary>A convolution, whose gradient is summed in another order by two threads.</summary>
    private static string Convolution { get; } =
        Spec.TinyWith("mlp: {hidden: [4], activation: tanh}", "conv_net: {widths: [4]}").Replace("name: tiny", "name: conv");

    [Fact]
    public async Task Two_threads_keep_data_noise_and_initial_weights_to_the_bit_and_training_is_named_as_the_first_to_differ()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string bundle = (await spectral.Run("run", folder.Write("conv.yaml", Convolution), "--device", "cpu")).Expect(0).Bundle(folder.Path);
        (await spectral.Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(0);

        Outcome rerun = await spectral.Run("rerun", bundle, "--device", "cpu", "--threads", "2", "--json", "--html", "verdicts.html");
        JsonObject json = rerun.Expect(3).Json;
        JsonNode[] artefacts = [.. json["artefacts"]!.AsArray().Select(entry => entry!)];
        Assert.All(artefacts.Where(entry => Text(entry, "stage") == "data" || Text(entry, "path") == "checkpoints/initial.safetensors"),
            entry => Assert.Equal("BITWISE", Text(entry, "verdict")));
        Assert.Equal(11, artefacts.Count(entry => Text(entry, "stage") == "data") + 1);
        // From equal weights two threads give spectra within tolerance; from other weights, other spectra.
        Assert.All(artefacts.Where(entry => Text(entry, "path").StartsWith("results/initial/", StringComparison.Ordinal)),
            entry => Assert.Contains(Text(entry, "verdict"), (string[])["BITWISE", "WITHIN-TOL"]));
        JsonNode first = json["first_difference"]!;
        Assert.Equal(("training", "environment", "DRIFT"), (Text(first, "stage"), Text(first, "because"), Text(first, "verdict")));
        Assert.StartsWith("checkpoints/", Text(first, "artefact"), StringComparison.Ordinal);
        JsonNode fact = Assert.Single(first["facts"]!.AsArray())!;
        Assert.Equal(("threads", "1", "2"), (Text(fact, "fact"), Text(fact, "bundle"), Text(fact, "here")));
        Assert.Contains("first difference: training, checkpoints/", rerun.Error, StringComparison.Ordinal);
        Assert.Contains("  threads: 1, then 2", rerun.Error, StringComparison.Ordinal);

        string page = File.ReadAllText(folder.Locate("verdicts.html"));
        XElement root = XDocument.Parse(page.Replace("<!DOCTYPE html>\n", "", StringComparison.Ordinal)).Root!;
        Assert.All(artefacts, entry => Assert.Contains(root.Descendants(), cell => cell.Value == Text(entry, "path")));
    }

    [Fact]
    public async Task The_first_steps_of_training_are_those_of_the_bundle_up_to_the_rounding_of_their_sums()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        // One epoch, three steps on batches in their drawn order: another order would show in the second digit.
        string spec = Convolution.Replace("epochs: 4", "epochs: 1").Replace("[initial, 2, final]", "[initial, final]");
        string bundle = (await spectral.Run("run", folder.Write("conv.yaml", spec), "--device", "cpu")).Expect(0).Bundle(folder.Path);
        JsonObject json = (await spectral.Run("rerun", bundle, "--device", "cpu", "--threads", "2", "--json")).Json;
        JsonNode weights = Artefact(json, "checkpoints/final.safetensors");
        Assert.InRange(weights["distance"]!.GetValue<double>(), 0, 1e-6);
        Assert.Equal("BITWISE", Text(Artefact(json, "checkpoints/initial.safetensors"), "verdict"));
        Assert.Equal("BITWISE", Text(Artefact(json, "dataset/train/mask.npy"), "verdict"));
    }

    [Fact]
    public async Task A_millionth_more_of_sigma_1_under_a_true_seal_is_drift_with_that_number_and_nothing_explains_it()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle"));
        BundleFiles.Multiply(bundle, Sigma, 1 + 1e-6);
        (await spectral.Run("rerun", bundle, "--device", "cpu")).ExpectRefusal(6, Sigma);

        BundleFiles.Reseal(bundle);
        (await spectral.Run("verify", bundle)).Expect(0);
        Outcome rerun = await spectral.Run("rerun", bundle, "--device", "cpu");
        string line = Assert.Single(rerun.Expect(3).Lines, line => line.StartsWith("DRIFT", StringComparison.Ordinal));
        Assert.EndsWith(" max |d sigma| / sigma_1 = 1.0e-06, tolerance 1e-12", line, StringComparison.Ordinal);
        Assert.Contains(Sigma, line, StringComparison.Ordinal);
        Assert.Contains($"first difference: spectrum, {Sigma}, DRIFT", rerun.Error, StringComparison.Ordinal);
        Assert.Contains("because: unexplained: environment, code and data are the bundle's", rerun.Error, StringComparison.Ordinal);

        // Another number of threads is no excuse for it.
        JsonNode first = (await spectral.Run("rerun", bundle, "--device", "cpu", "--threads", "2", "--json")).Expect(3).Json["first_difference"]!;
        Assert.Equal(("spectrum", Sigma, "unexplained"), (Text(first, "stage"), Text(first, "artefact"), Text(first, "because")));
    }

    [Fact]
    public async Task Tolerances_of_the_spec_lie_in_the_bundle_outside_its_content_and_decide()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string spec = folder.Write("tiny.yaml", Spec.Tiny + "verify: {spectra: 2e-6}\n");
        string bundle = (await spectral.Run("run", spec, "--device", "cpu")).Expect(0).Bundle(folder.Path);
        Assert.Equal(BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash"), BundleFiles.Info(bundle, "Spectral-Plan-Hash"));
        Assert.Equal(BundleFiles.Info(bundles.Tiny, "Spectral-Content-Digest"), BundleFiles.Info(bundle, "Spectral-Content-Digest"));
        Assert.Equal(
            """{"arrays":{"float32":0.0001,"float64":0.000001},"counts":0,"spectra":0.000002,"subspaces":0.000001,"values":{"absolute":1e-9,"relative":0.000001}}""",
            File.ReadAllText(Path.Combine(bundle, "data", "verify.json")));

        BundleFiles.Multiply(bundle, Sigma, 1 + 1e-6);
        BundleFiles.Reseal(bundle);
        Outcome allowed = await spectral.Run("rerun", bundle, "--device", "cpu");
        string line = Assert.Single(allowed.Expect(0).Lines, line => line.StartsWith("WITHIN-TOL", StringComparison.Ordinal));
        Assert.EndsWith(" max |d sigma| / sigma_1 = 1.0e-06, tolerance 2e-06", line, StringComparison.Ordinal);
        Assert.Contains("the bundle's author asked for, in verify.json", allowed.Error, StringComparison.Ordinal);
        Assert.Equal(allowed.Output, (await spectral.Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(4).Output);

        File.WriteAllText(Path.Combine(bundle, "data", "verify.json"), "{}");
        BundleFiles.Reseal(bundle);
        (await spectral.Run("rerun", bundle, "--device", "cpu")).ExpectRefusal(6, "verify.json: expected an object with the keys");
    }

    [Fact]
    public async Task A_page_is_refused_where_it_would_damage_a_bundle_or_be_a_folder()
    {
        using WorkFolder folder = new();
        string[] before = BundleFiles.Snapshot(bundles.Tiny);
        foreach (string page in (string[])[Path.Combine(bundles.Tiny, "page.html"), Path.Combine(bundles.Tiny, "data", "page.html"), folder.Path, ""])
            (await CommandLine.In(folder).Run("rerun", bundles.Tiny, "--html", page)).ExpectRefusal(2, "--html");
        Assert.Equal(before, BundleFiles.Snapshot(bundles.Tiny));
        Assert.Empty(folder.Entries());
    }

    private static string Text(JsonNode? entry, string key) => entry![key]!.GetValue<string>();

    private static JsonNode Artefact(JsonObject json, string path) =>
        json["artefacts"]!.AsArray().Single(entry => Text(entry, "path") == path)!;
}
