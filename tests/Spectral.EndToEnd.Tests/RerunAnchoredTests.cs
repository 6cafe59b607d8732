using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>rerun --anchored</c>: every stage from the bundle's own results of the stage before.</summary>
public sealed class RerunAnchoredTests(SealedBundles bundles)
{
    private const string Weights = "checkpoints/final.safetensors";
    private const string Sigma = "results/final/train/singular_values.npy";

    /// <summary>Specs that differ in what a bundle keeps of each stage.</summary>
    public static TheoryData<string> Specs { get; } =
    [
        Spec.Tiny,
        Spec.TinyBy("gram"),
        Spec.TinyBy("krylov"),
        Spec.TinyWith("at: [initial, 2, final]", "at: [step 5, best_test, final]\n  examples: 10")
            .Replace("mlp: {hidden: [4], activation: tanh}", "conv_net: {widths: [4], normalization: batch}"),
        Spec.TinyWith("epochs: 4", "epochs: 9\n  stop: {best_test: 1}\n  record_outputs_every: 2"),
        Spec.TinyWith("learning_rate: 0.05", "learning_rate: 1000"),
        Spec.TinyWith("digits: {classes: [3, 5, 8], train: 30, test: 15}", "low_rank_linear: {train: 30, test: 15}")
            .Replace("noise: {uniform: 0.25}", "noise: {gaussian: 0.1}").Replace("mlp: {hidden: [4], activation: tanh}", "linear"),
    ];

    [Theory]
    [MemberData(nameof(Specs))]
    public async Task What_a_bundle_holds_is_enough_to_make_every_stage_again_with_the_same_bits(string spec)
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string bundle = (await spectral.Run("run", folder.Write("spec.yaml", spec), "--device", "cpu", "--no-cache")).Expect(0).Bundle(folder.Path);
        Outcome rerun = await spectral.Run("rerun", bundle, "--anchored", "--device", "cpu", "--require", "bitwise");
        Assert.Equal($"{BundleFiles.Content(bundle).Length} BITWISE", rerun.Expect(0).Lines[^1]);
        Assert.Contains("anchored: every stage started from the bundle's own results", rerun.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spectra_reproduce_in_two_threads_although_training_does_not()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string spec = Spec.TinyWith("mlp: {hidden: [4], activation: tanh}", "conv_net: {widths: [4]}");
        string bundle = (await spectral.Run("run", folder.Write("conv.yaml", spec), "--device", "cpu", "--no-cache")).Expect(0).Bundle(folder.Path);
        string[] options = ["rerun", bundle, "--device", "cpu", "--threads", "2", "--json"];
        JsonObject whole = (await spectral.Run(options)).Expect(3).Json;
        JsonObject anchored = (await spectral.Run([.. options, "--anchored"])).Expect(3).Json;
        Assert.Equal("DRIFT", Verdict(whole, Weights));
        Assert.Equal("DRIFT", Verdict(whole, Sigma));
        Assert.Equal("DRIFT", Verdict(anchored, Weights));
        Assert.Contains(Verdict(anchored, Sigma), (string[])["BITWISE", "WITHIN-TOL"]);
        JsonObject spectrum = anchored["stages"]!["spectrum"]!.AsObject();
        Assert.DoesNotContain("DRIFT", spectrum.Select(entry => entry.Key));
        Assert.True(anchored["anchored"]!.GetValue<bool>());
        Assert.Equal("training", anchored["differences"]!.AsArray()[0]!["stage"]!.GetValue<string>());
        Assert.Single(whole["differences"]!.AsArray());
    }

    [Fact]
    public async Task Spectra_that_are_not_those_of_the_bundles_weights_are_drift_of_their_own()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle"));
        string path = Path.Combine(bundle, "data", Weights);
        byte[] bytes = File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), 2 * BitConverter.ToSingle(bytes, bytes.Length - 4));
        File.WriteAllBytes(path, bytes);
        BundleFiles.Reseal(bundle);
        JsonObject whole = (await spectral.Run("rerun", bundle, "--device", "cpu", "--json")).Expect(3).Json;
        JsonObject anchored = (await spectral.Run("rerun", bundle, "--device", "cpu", "--json", "--anchored")).Expect(3).Json;
        Assert.Equal("BITWISE", Verdict(whole, Sigma));
        Assert.Equal("DRIFT", Verdict(anchored, Sigma));
        // The measurements are those of the bundle's spectra, but not of its weights' errors and distances.
        Assert.Equal(["training", "spectrum"], anchored["differences"]!.AsArray().Take(2).Select(one => one!["stage"]!.GetValue<string>()));
        Assert.All(anchored["differences"]!.AsArray(), one => Assert.Equal("unexplained", one!["because"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_sealed_file_that_no_stage_can_start_from_is_damage()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle")), dataset = Path.Combine(bundle, "data", "dataset");
        File.Copy(Path.Combine(dataset, "test", "labels.npy"), Path.Combine(dataset, "train", "labels.npy"), overwrite: true);
        BundleFiles.Reseal(bundle);
        (await spectral.Run("rerun", bundle, "--device", "cpu")).Expect(3);
        (await spectral.Run("rerun", bundle, "--device", "cpu", "--anchored"))
            .ExpectRefusal(6, "bundle: dataset/train/labels.npy: expected 30 labels below 3");
    }

    private static string Verdict(JsonObject json, string path) => json["artefacts"]!.AsArray()
        .Single(entry => entry!["path"]!.GetValue<string>() == path)!["verdict"]!.GetValue<string>();
}
