using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Bundles that are not as they were sealed, and folders that are none.</summary>
public sealed class DamagedBundleTests(SealedBundles bundles)
{
    [Theory]
    [InlineData("bagit.txt")]
    [InlineData("bag-info.txt")]
    [InlineData("manifest-sha512.txt")]
    [InlineData("tagmanifest-sha512.txt")]
    [InlineData("data/spec.yaml")]
    [InlineData("data/overrides.json")]
    [InlineData("data/plan.json")]
    [InlineData("data/content.json")]
    [InlineData("data/ro-crate-metadata.json")]
    [InlineData("data/results/measurements.csv")]
    [InlineData("data/results/training.csv")]
    [InlineData("data/results/outputs/train.npy")]
    [InlineData("data/results/final/test/singular_values.npy")]
    [InlineData("data/results/2/train/left_vectors.npy")]
    [InlineData("data/checkpoints/initial.safetensors")]
    [InlineData("data/dataset/train/mask.npy")]
    [InlineData("data/report/report.html")]
    [InlineData("data/record/environment.json")]
    [InlineData("data/record/log.clef")]
    public async Task One_flipped_bit_is_found_and_its_file_named(string name)
    {
        using WorkFolder folder = new();
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle"));
        BundleFiles.FlipBit(Path.Combine(bundle, name));
        string[] before = BundleFiles.Snapshot(bundle);
        Outcome verify = (await CommandLine.In(folder).Run("verify", "bundle", "--json")).Expect(6);
        Assert.False(verify.Json["sound"]!.GetValue<bool>());
        string[] paths = [.. verify.Json["problems"]!.AsArray().Select(problem => problem!["path"]!.GetValue<string>())];
        // A flipped bit of the tag manifest makes another file's line wrong, or its own form.
        Assert.True(paths.Contains(name) || name == "tagmanifest-sha512.txt", string.Join(", ", paths));
        Assert.Contains("damaged", verify.Error, StringComparison.Ordinal);
        Assert.Equal(before, BundleFiles.Snapshot(bundle));
    }

    [Fact]
    public async Task A_missing_file_an_added_file_an_added_folder_and_a_link_are_found()
    {
        using WorkFolder folder = new();
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle"));
        File.Delete(Path.Combine(bundle, "data", "report", "report.html"));
        File.WriteAllText(Path.Combine(bundle, "data", "results", "extra.csv"), "a\n1\n");
        File.WriteAllText(Path.Combine(bundle, "notes.txt"), "mine");
        Directory.CreateDirectory(Path.Combine(bundle, "data", "empty"));
        string kept = Path.Combine(bundle, "data", "spec.yaml");
        File.Move(kept, folder.Locate("spec.yaml"));
        File.CreateSymbolicLink(kept, folder.Locate("spec.yaml"));
        Outcome verify = (await CommandLine.In(folder).Run("verify", "bundle")).Expect(6);
        Assert.Contains("data/report/report.html: found no such file", verify.Output, StringComparison.Ordinal);
        Assert.Contains("data/results/extra.csv: found no line in manifest-sha512.txt", verify.Output, StringComparison.Ordinal);
        Assert.Contains("notes.txt: found an unexpected file", verify.Output, StringComparison.Ordinal);
        Assert.Contains("data/empty: found an empty folder", verify.Output, StringComparison.Ordinal);
        Assert.Contains("data/spec.yaml: found a symbolic link", verify.Output, StringComparison.Ordinal);
        Assert.All(verify.Lines, line => Assert.StartsWith("bundle: ", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bag-info.txt")]
    [InlineData("manifest-sha512.txt")]
    [InlineData("data/plan.json")]
    [InlineData("data/content.json")]
    [InlineData("data/results/measurements.csv")]
    [InlineData("data/dataset/facts.json")]
    [InlineData("data/results/final/train/singular_values.npy")]
    public async Task No_verb_crashes_on_a_bundle_with_a_file_missing_or_full_of_rubbish(string name)
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle")), path = Path.Combine(bundle, name);
        foreach (byte[]? bytes in (byte[]?[])[[0xFF, 0xFE, 0, 1], "{}"u8.ToArray(), null])
        {
            if (bytes is null)
                File.Delete(path);
            else
                File.WriteAllBytes(path, bytes);
            Assert.Contains(name, (await spectral.Run("verify", "bundle")).Expect(6).Output, StringComparison.Ordinal);
            Outcome show = await spectral.Run("show", "bundle");
            // 'show' reads files only; a manifest with rubbish and a spectrum that is gone are none of its business.
            if (show.ExitCode != 0)
                show.ExpectRefusal(6, "bundle");
        }

        (await spectral.Run("export", "bundle", "--out", "x")).ExpectRefusal(6, "bundle", name);
        (await spectral.Run("rerun", "bundle")).ExpectRefusal(6, "bundle", name);
        Assert.Equal(["bundle"], folder.Entries());
    }

    [Fact]
    public async Task A_folder_that_is_no_bundle_an_empty_one_a_file_and_a_missing_path_are_told_apart_from_bundles()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        folder.Make("empty");
        File.WriteAllText(Path.Combine(folder.Make("full"), "mine.txt"), "mine");
        folder.Write("file", "mine");
        string[] before = BundleFiles.Snapshot(folder.Path);
        foreach (string path in (string[])["empty", "full", "file", "missing"])
        {
            Outcome verify = await spectral.Run("verify", path);
            Assert.True(verify.ExitCode == 6 || (path is "file" or "missing" && verify.ExitCode == 2), verify.Error);
            Assert.Contains(path, verify.Output + verify.Error, StringComparison.Ordinal);
            foreach (string[] line in (string[][])[["show", path], ["rerun", path], ["export", path, "--out", "x"]])
            {
                Outcome outcome = await spectral.Run(line);
                Assert.Equal(verify.ExitCode, outcome.ExitCode);
                outcome.ExpectRefusal(verify.ExitCode, path);
            }
        }

        Assert.Equal(before, BundleFiles.Snapshot(folder.Path));
    }

    [Fact]
    public async Task A_plan_that_was_edited_and_sealed_anew_no_longer_has_the_plan_hash()
    {
        using WorkFolder folder = new();
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle")), plan = Path.Combine(bundle, "data", "plan.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(plan))!;
        json["training"]!["epochs"] = 5;
        File.WriteAllText(plan, json.ToJsonString());
        BundleFiles.Reseal(bundle);
        Outcome verify = (await CommandLine.In(folder).Run("verify", "bundle")).Expect(6);
        Assert.Contains("data/plan.json", verify.Output, StringComparison.Ordinal);
        Assert.Contains("the plan hash", verify.Output, StringComparison.Ordinal);
    }
}
