using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>The sealed bundle against its contract, with nothing of the product's but the files.</summary>
public sealed class BundleFormatTests(SealedBundles bundles)
{
    private string Data => Path.Combine(bundles.Quickstart, "data");

    [Fact]
    public void Every_file_of_the_contract_is_there()
    {
        string[] names = BundleFiles.Names(bundles.Quickstart);
        string[] contract =
        [
            "bagit.txt", "bag-info.txt", "manifest-sha512.txt", "tagmanifest-sha512.txt", "data/ro-crate-metadata.json",
            "data/spec.yaml", "data/overrides.json", "data/plan.json", "data/content.json",
            "data/results/measurements.csv", "data/results/training.csv",
            "data/results/outputs/train.npy", "data/results/outputs/test.npy",
            .. from checkpoint in (string[])["initial", "10", "final"]
               from split in (string[])["train", "test"]
               from file in (string[])["singular_values.npy", "projections.npy"]
               select $"data/results/{checkpoint}/{split}/{file}",
            "data/checkpoints/initial.safetensors", "data/checkpoints/10.safetensors", "data/checkpoints/final.safetensors",
            "data/report/report.html",
            "data/record/environment.json", "data/record/timings.json", "data/record/log.clef",
            "data/record/source.json", "data/record/command.json",
        ];
        Assert.Empty(contract.Except(names));
        Assert.Contains(names, name => name.StartsWith("data/dataset/", StringComparison.Ordinal));
        Assert.Contains(names, name => name.StartsWith("data/report/figures/", StringComparison.Ordinal) && name.EndsWith(".svg", StringComparison.Ordinal));
        Assert.DoesNotContain(names, name => name.Contains("/.", StringComparison.Ordinal) || name.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.Equal("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", File.ReadAllText(Path.Combine(bundles.Quickstart, "bagit.txt")));
    }

    [Fact]
    public async Task Sha512sum_checks_the_bundle_with_nothing_of_ours()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sha512sum is a program of GNU systems");
        CommandLine shell = new(bundles.Quickstart);
        Outcome payload = await shell.RunOther("sha512sum", "--strict", "-c", "manifest-sha512.txt");
        Outcome tags = await shell.RunOther("sha512sum", "--strict", "-c", "tagmanifest-sha512.txt");
        int files = BundleFiles.Names(bundles.Quickstart).Count(name => name.StartsWith("data/", StringComparison.Ordinal));
        Assert.Equal(files, payload.Expect(0).Lines.Count(line => line.EndsWith(": OK", StringComparison.Ordinal)));
        Assert.Equal(3, tags.Expect(0).Lines.Count(line => line.EndsWith(": OK", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Verify_finds_both_bundles_sound_and_prints_their_content_digest()
    {
        foreach (string bundle in (string[])[bundles.Quickstart, bundles.Tiny])
        {
            Outcome verified = await new CommandLine(bundles.Folder).Run("verify", bundle);
            Assert.Contains(BundleFiles.ContentDigest(bundle), verified.Expect(0).Output, StringComparison.Ordinal);
            Outcome json = await new CommandLine(bundles.Folder).Run("verify", bundle, "--json");
            Assert.True(json.Expect(0).Json["sound"]!.GetValue<bool>());
            Assert.Empty(json.Json["problems"]!.AsArray());
        }
    }

    [Fact]
    public void The_plan_hash_is_that_of_plan_json_in_bag_info_and_in_the_folder_name()
    {
        string hash = BundleFiles.Sha256(Path.Combine(Data, "plan.json"));
        Assert.Equal(hash, BundleFiles.Info(bundles.Quickstart, "Spectral-Plan-Hash"));
        Assert.Equal($"quickstart-{hash[..12]}", Path.GetFileName(bundles.Quickstart));
        Assert.Equal("quickstart", BundleFiles.Info(bundles.Quickstart, "External-Identifier"));
    }

    [Fact]
    public void The_content_digest_is_that_of_the_files_in_bag_info_and_in_content_json()
    {
        string digest = BundleFiles.ContentDigest(bundles.Quickstart);
        JsonNode content = JsonNode.Parse(File.ReadAllText(Path.Combine(Data, "content.json")))!;
        Assert.Equal(digest, BundleFiles.Info(bundles.Quickstart, "Spectral-Content-Digest"));
        Assert.Equal(digest, content["digest"]!.GetValue<string>());
        Assert.Equal(BundleFiles.Content(bundles.Quickstart), content["files"]!.AsObject().Select(file => file.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_seal_of_these_tests_is_the_products_own()
    {
        using WorkFolder folder = new();
        string copy = BundleFiles.Copy(bundles.Tiny, folder.Locate("copy"));
        BundleFiles.Reseal(copy);
        Assert.All(BundleFiles.Names(bundles.Tiny), name =>
            Assert.Equal(File.ReadAllBytes(Path.Combine(bundles.Tiny, name)), File.ReadAllBytes(Path.Combine(copy, name))));
    }

    [Fact]
    public void The_spec_is_the_authors_bytes() =>
        Assert.Equal(File.ReadAllBytes(Spec.Quickstart), File.ReadAllBytes(Path.Combine(Data, "spec.yaml")));

    [Fact]
    public async Task A_spec_with_a_byte_order_mark_and_CR_LF_is_kept_byte_for_byte()
    {
        using WorkFolder folder = new();
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Spec.Tiny.Replace("\n", "\r\n", StringComparison.Ordinal))];
        File.WriteAllBytes(folder.Locate("tiny.yaml"), bytes);
        string bundle = (await CommandLine.In(folder).Run("run", "tiny.yaml")).Expect(0).Bundle(folder.Path);
        Assert.Equal(BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash"), BundleFiles.Info(bundle, "Spectral-Plan-Hash"));
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(bundle, "data", "spec.yaml")));
    }

    [Fact]
    public void No_singular_value_below_its_trust_floor_is_a_number()
    {
        Table measurements = Table.Read(Data, "results", "measurements.csv");
        foreach (string checkpoint in (string[])["initial", "10", "final"])
        {
            foreach (string split in (string[])["train", "test"])
            {
                NumPyFile sigma = NumPyFile.Read(Data, "results", checkpoint, split, "singular_values.npy");
                double floor = Fact("trust_floor", checkpoint, split);
                Assert.Equal("<f8", sigma.Type);
                Assert.Equal([split == "train" ? 900 : 450], sigma.Shape);
                double[] numbers = [.. sigma.Values.Where(value => !double.IsNaN(value))];
                Assert.Equal(numbers, sigma.Values.Take(numbers.Length)); // every NaN stands behind the numbers
                Assert.Equal(numbers.OrderDescending(), numbers);
                Assert.True(floor > 0 && numbers[^1] >= floor, $"{checkpoint}, {split}: {numbers[^1]} under {floor}");
                Assert.Equal(sigma.Values.Length - numbers.Length, Fact("below_trust_floor", checkpoint, split));
                Assert.Equal(numbers[0], Fact("sigma_1", checkpoint, split));
            }
        }

        double Fact(string quantity, string checkpoint, string split) => measurements.Number(
            "value", ("analysis", "spectrum"), ("quantity", quantity), ("spectrum_at", checkpoint), ("split", split));
    }

    [Fact]
    public async Task Singular_values_that_rounding_could_have_made_are_NaN_and_counted()
    {
        // Two dead ends: a linear network of rank 1 gives J a rank far below min(nK, p) = 90.
        using WorkFolder folder = new();
        string spec = folder.Write("thin.yaml", Spec.TinyWith("mlp: {hidden: [4], activation: tanh}", "layers: [flatten, {dense: 1}, {dense: 3}]")
            .Replace("{rank: 5}", "{rank: 1}", StringComparison.Ordinal));
        string bundle = (await CommandLine.In(folder).Run("run", spec)).Expect(0).Bundle(folder.Path);
        NumPyFile sigma = NumPyFile.Read(bundle, "data", "results", "initial", "train", "singular_values.npy");
        Table measurements = Table.Read(bundle, "data", "results", "measurements.csv");
        (string, string)[] place = [("spectrum_at", "initial"), ("split", "train")];
        double floor = measurements.Number("value", [("quantity", "trust_floor"), .. place]);
        int missing = sigma.Values.Count(double.IsNaN);
        Assert.InRange(missing, 1, sigma.Values.Length - 1);
        Assert.Equal(missing, measurements.Number("value", [("quantity", "below_trust_floor"), .. place]));
        Assert.All(sigma.Values, value => Assert.False(value < floor));
        Outcome verified = await CommandLine.In(folder).Run("verify", bundle);
        verified.Expect(0);
    }

    [Fact]
    public void The_tables_have_the_columns_of_the_contract_and_a_row_for_every_epoch()
    {
        Table measurements = Table.Read(Data, "results", "measurements.csv");
        Table training = Table.Read(Data, "results", "training.csv");
        Assert.Equal(
            "analysis,quantity,epoch,spectrum_at,split,target,cutoff_rank,cutoff_alpha,value,lower,upper,unit,status",
            string.Join(',', measurements.Header));
        Assert.StartsWith("epoch,split,target,loss,error", string.Join(',', training.Header), StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, 201).Select(epoch => epoch.ToString(CultureInfo.InvariantCulture)),
            training.Where(("split", "test")).Select(row => row[0]));
        // Every number of a spectrum names its cutoff; one of weights or outputs alone has a checkpoint or a split at most.
        Assert.All(measurements.Where(("status", "ok")), row =>
            Assert.Equal(row[3].Length > 0 && row[4].Length > 0 ? "9" : "", row[6]));
        Assert.All(measurements.Where(("status", "ok")), row =>
            Assert.True(Table.Parse(row[9]) <= Table.Parse(row[8]) && Table.Parse(row[8]) <= Table.Parse(row[10]), string.Join(',', row)));
    }

    [Fact]
    public void Recorded_outputs_are_float32_with_an_epoch_for_each_first_index()
    {
        NumPyFile epochs = NumPyFile.Read(Data, "results", "outputs", "epochs.npy");
        NumPyFile outputs = NumPyFile.Read(Data, "results", "outputs", "train.npy");
        Assert.Equal("<f4", outputs.Type);
        Assert.Equal([epochs.Values.Length, 300, 3], outputs.Shape);
        Assert.Equal(0, epochs.Values[0]);
        Assert.Equal(200, epochs.Values[^1]);
    }

    [Fact]
    public void The_crate_names_every_file_of_the_payload()
    {
        JsonArray graph = JsonNode.Parse(File.ReadAllText(Path.Combine(Data, "ro-crate-metadata.json")))!["@graph"]!.AsArray();
        string[] files = [.. graph.Where(entity => entity!["@type"] is JsonValue type && type.GetValue<string>() == "File").Select(entity => entity!["@id"]!.GetValue<string>()).Order(StringComparer.Ordinal)];
        Assert.Equal(BundleFiles.Names(Data).Except(["ro-crate-metadata.json"]), files);
    }

    [Fact]
    public void The_report_is_one_page_that_loads_nothing_from_elsewhere()
    {
        string html = File.ReadAllText(Path.Combine(Data, "report", "report.html"));
        Assert.Contains("quickstart", html, StringComparison.Ordinal);
        Assert.Contains(BundleFiles.Info(bundles.Quickstart, "Spectral-Plan-Hash")[..12], html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script src", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=\"http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", html, StringComparison.OrdinalIgnoreCase);
    }
}
