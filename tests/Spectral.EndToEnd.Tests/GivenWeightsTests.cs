using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Weights from files: found beside the spec, carried in the bundle, and checked wherever they are used.</summary>
public sealed class GivenWeightsTests(SealedBundles bundles)
{
    private const string Training = """
        training:
          loss: {squared_error: batch_mean}
          optimizer: {sgd: {learning_rate: 0.05, momentum: 0.9}}
          batch_size: 10
          epochs: 4
        jacobian:
          at: [initial, 2, final]

        """;

    [Fact]
    public async Task A_bundle_that_began_with_a_file_is_run_again_without_it()
    {
        using WorkFolder folder = new();
        string weights = Place(folder, "initial", "start.safetensors");
        string spec = folder.Write("lab/given.yaml", Spec.Tiny + "initial: {weights: start.safetensors}\n");
        Outcome run = (await CommandLine.In(folder).Run("run", spec, "--out", "runs", "--device", "cpu")).Expect(0);
        string bundle = run.Bundle(folder.Path), digest = BundleFiles.Sha256(weights);
        Assert.Equal(digest, BundleFiles.Sha256(Path.Combine(bundle, "data", "inputs", digest + ".safetensors")));
        JsonNode plan = JsonNode.Parse(File.ReadAllText(Path.Combine(bundle, "data", "plan.json")))!;
        Assert.Equal(digest, plan["initial"]!["weights"]!.GetValue<string>());
        foreach (string checkpoint in (string[])["initial", "2", "final"])
        {
            string file = Path.Combine("data", "checkpoints", checkpoint + ".safetensors");
            Assert.Equal(BundleFiles.Sha256(Path.Combine(bundles.Tiny, file)), BundleFiles.Sha256(Path.Combine(bundle, file)));
        }

        File.Delete(weights);
        (await CommandLine.In(folder).Run("verify", bundle)).Expect(0);
        (await CommandLine.In(folder).Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(0);
        (await CommandLine.In(folder).Run("run", spec, "--force", "--device", "cpu"))
            .ExpectRefusal(2, "SP0312", "there is no such file");
    }

    [Fact]
    public async Task Other_bytes_under_a_true_seal_are_damage()
    {
        using WorkFolder folder = new();
        Place(folder, "initial", "start.safetensors");
        string spec = folder.Write("lab/given.yaml", Spec.Tiny + "initial: {weights: start.safetensors}\n");
        Outcome run = (await CommandLine.In(folder).Run("run", spec, "--out", "runs", "--device", "cpu")).Expect(0);
        string bundle = run.Bundle(folder.Path);
        string input = Assert.Single(Directory.GetFiles(Path.Combine(bundle, "data", "inputs")));
        File.Copy(Path.Combine(bundle, "data", "checkpoints", "final.safetensors"), input, overwrite: true);
        BundleFiles.Reseal(bundle);
        (await CommandLine.In(folder).Run("rerun", bundle, "--device", "cpu")).ExpectRefusal(6, Path.GetFileName(input));
    }

    [Fact]
    public async Task Models_from_elsewhere_have_the_numbers_that_they_had_where_they_were_trained()
    {
        using WorkFolder folder = new();
        Place(folder, "initial", "a.safetensors");
        Place(folder, "final", "b.safetensors");
        string spec = folder.Write("lab/given.yaml", Spec.TinyWith(Training, """
            training: none
            weights: [{file: b.safetensors, epoch: 4}, {file: a.safetensors, epoch: 0}]

            """));
        (await CommandLine.In(folder).Run("check", spec)).Expect(0);
        (await CommandLine.In(folder).Run("plan", spec)).Expect(0);
        Outcome run = (await CommandLine.In(folder).Run("run", spec, "--out", "runs", "--device", "cpu")).Expect(0);
        string bundle = run.Bundle(folder.Path);
        foreach ((string here, string there) in (ReadOnlySpan<(string, string)>)[("initial", "0"), ("final", "4")])
        {
            foreach (string file in (string[])["train/singular_values.npy", "test/projections.npy"])
            {
                Assert.Equal(
                    BundleFiles.Sha256(Path.Combine(bundles.Tiny, "data", "results", here, file)),
                    BundleFiles.Sha256(Path.Combine(bundle, "data", "results", there, file)));
            }
        }

        (await CommandLine.In(folder).Run("verify", bundle)).Expect(0);
        (await CommandLine.In(folder).Run("show", bundle)).Expect(0);
        (await CommandLine.In(folder).Run("export", bundle, "--out", "export", "--jacobian")).Expect(0);
        (await CommandLine.In(folder).Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(0);
    }

    /// <summary>Puts a checkpoint of the tiny run into the folder <c>lab</c>, beside the spec; gives its path.</summary>
    private string Place(WorkFolder folder, string checkpoint, string name)
    {
        string path = Path.Combine(folder.Make("lab"), name);
        File.Copy(Path.Combine(bundles.Tiny, "data", "checkpoints", checkpoint + ".safetensors"), path);
        return path;
    }
}
