using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary><c>rerun</c>: the verdict on every artefact, and the exit codes that scripts rely on.</summary>
public sealed class RerunTests(SealedBundles bundles)
{
    [Fact]
    public async Task Every_artefact_of_the_quickstart_is_bitwise_equal_even_where_that_is_required()
    {
        Outcome rerun = await Rerun(bundles.Quickstart, "--require", "bitwise");
        string[] lines = rerun.Expect(0).Lines;
        string[] content = BundleFiles.Content(bundles.Quickstart);
        Assert.Equal(content.Select(name => $"BITWISE {name}"), lines[..^1].Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..2])));
        Assert.Equal($"{content.Length} BITWISE", lines[^1]);
        Assert.Contains("the numeric environment is the bundle's", rerun.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_a_verdict_for_every_content_file()
    {
        JsonObject json = (await Rerun(bundles.Tiny, "--json")).Expect(0).Json;
        Assert.True(json["same_numeric_environment"]!.GetValue<bool>());
        Assert.Equal(BundleFiles.Content(bundles.Tiny), json["artefacts"]!.AsArray().Select(entry => Text(entry, "path")));
        Assert.All(json["artefacts"]!.AsArray(), entry => Assert.Equal("BITWISE", Text(entry, "verdict")));
    }

    [Fact]
    public async Task Two_threads_leave_data_and_initial_weights_bitwise_and_the_plan_no_drift()
    {
        Outcome rerun = await Rerun(bundles.Tiny, "--threads", "2", "--json");
        Assert.True(rerun.ExitCode is 0 or 3, rerun.Error); // more threads are other bits, which training may amplify
        JsonArray artefacts = rerun.Json["artefacts"]!.AsArray();
        JsonNode[] before = [.. artefacts.Where(entry => Text(entry, "path") is "plan.json" or "checkpoints/initial.safetensors"
            || Text(entry, "path").StartsWith("dataset/", StringComparison.Ordinal)).Select(entry => entry!)];
        Assert.Equal(11, before.Length);
        Assert.All(before, entry => Assert.Equal("BITWISE", Text(entry, "verdict")));
        Assert.DoesNotContain(artefacts, entry => Text(entry, "verdict") == "MISSING");
        Assert.Equal(rerun.ExitCode == 3, artefacts.Any(entry => Text(entry, "verdict") == "DRIFT"));
    }

    [Fact]
    public async Task Results_within_tolerance_end_with_0_and_with_4_where_bitwise_is_required()
    {
        using WorkFolder folder = new();
        string bundle = WithSigma1(folder, sigma => BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(sigma) + 1));
        Outcome allowed = await Rerun(bundle), required = await Rerun(bundle, "--require", "bitwise");
        string verdict = Assert.Single(allowed.Expect(0).Lines, line => line.StartsWith("WITHIN-TOL", StringComparison.Ordinal));
        Assert.Contains("results/final/train/singular_values.npy", verdict, StringComparison.Ordinal);
        Assert.Contains("tolerance 1e-12", verdict, StringComparison.Ordinal);
        Assert.Equal(allowed.Output, required.Expect(4).Output);
    }

    [Fact]
    public async Task A_changed_singular_value_under_a_true_seal_is_drift_and_ends_with_3()
    {
        using WorkFolder folder = new();
        string bundle = WithSigma1(folder, sigma => sigma * 1.001);
        (await CommandLine.In(folder).Run("verify", bundle)).Expect(0);
        JsonArray artefacts = (await Rerun(bundle, "--json")).Expect(3).Json["artefacts"]!.AsArray();
        JsonNode drift = Assert.Single(artefacts, entry => Text(entry, "verdict") != "BITWISE")!;
        Assert.Equal("DRIFT", Text(drift, "verdict"));
        Assert.Equal("results/final/train/singular_values.npy", Text(drift, "path"));
        Assert.Equal(1e-3, drift["distance"]!.GetValue<double>(), 5);
    }

    [Fact]
    public async Task A_changed_singular_value_under_a_broken_seal_is_damage_and_ends_with_6()
    {
        using WorkFolder folder = new();
        string bundle = WithSigma1(folder, sigma => sigma * 1.001, reseal: false);
        (await Rerun(bundle)).ExpectRefusal(6, "results/final/train/singular_values.npy");
        (await CommandLine.In(folder).Run("export", bundle, "--out", "x")).ExpectRefusal(6, "singular_values.npy");
        Assert.Equal(["bundle"], folder.Entries());
    }

    [Fact]
    public async Task A_file_that_the_plan_does_not_make_is_missing_from_the_rerun_and_ends_with_3()
    {
        using WorkFolder folder = new();
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle"));
        string extra = Path.Combine(bundle, "data", "dataset", "train", "extra.npy");
        File.Copy(Path.Combine(bundle, "data", "dataset", "train", "labels.npy"), extra);
        string crate = Path.Combine(bundle, "data", "ro-crate-metadata.json");
        JsonNode graph = JsonNode.Parse(File.ReadAllText(crate))!;
        JsonArray entities = graph["@graph"]!.AsArray();
        JsonNode file = entities.Single(entity => Text(entity, "@id") == "dataset/train/labels.npy")!.DeepClone();
        file["@id"] = "dataset/train/extra.npy";
        entities.Add(file);
        JsonNode root = entities.Single(entity => Text(entity, "@id") == "./")!;
        root["hasPart"]!.AsArray().Add((JsonNode)new JsonObject { ["@id"] = "dataset/train/extra.npy" });
        File.WriteAllText(crate, graph.ToJsonString());
        BundleFiles.Reseal(bundle);
        Outcome rerun = await Rerun(bundle);
        Assert.Contains(rerun.Expect(3).Lines, line => line.StartsWith("MISSING     dataset/train/extra.npy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rerun_reads_and_makes_no_cache_and_leaves_nothing_in_the_temporary_folder()
    {
        using WorkFolder folder = new();
        string junk = folder.Make("junk"), temporary = folder.Make("tmp"), home = folder.Make("home");
        Directory.CreateDirectory(Path.Combine(junk, "spectral"));
        foreach (string name in (string[])["training", "spectrum", "spectral/training", BundleFiles.Info(bundles.Tiny, "Spectral-Plan-Hash")])
            File.WriteAllText(Path.Combine(junk, name), "junk");
        folder.Write("file", "a folder would be expected here");
        string[] before = BundleFiles.Snapshot(junk);
        CommandLine spectral = CommandLine.In(folder).With("TMPDIR", temporary).With("HOME", home);
        Outcome[] outcomes =
        [
            await spectral.With("SPECTRAL_CACHE", junk).With("XDG_CACHE_HOME", junk).Run("rerun", bundles.Tiny, "--device", "cpu"),
            await spectral.With("SPECTRAL_CACHE", folder.Locate("file")).With("XDG_CACHE_HOME", folder.Locate("file")).Run("rerun", bundles.Tiny, "--device", "cpu"),
        ];
        Assert.All(outcomes, outcome => Assert.Equal($"{BundleFiles.Content(bundles.Tiny).Length} BITWISE", outcome.Expect(0).Lines[^1]));
        Assert.Equal(before, BundleFiles.Snapshot(junk));
        Assert.Empty(Directory.GetFileSystemEntries(temporary));
        Assert.Empty(Directory.GetFileSystemEntries(home));
        Assert.Equal(["file", "home", "junk", "tmp"], folder.Entries());
    }

    [Fact]
    public async Task A_cache_folder_that_may_not_be_read_does_not_matter()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions");
            return;
        }

        using WorkFolder folder = new();
        string locked = folder.Make("locked");
        File.SetUnixFileMode(locked, UnixFileMode.None);
        Outcome rerun = await CommandLine.In(folder).With("SPECTRAL_CACHE", locked).With("XDG_CACHE_HOME", locked)
            .Run("rerun", bundles.Tiny, "--device", "cpu");
        File.SetUnixFileMode(locked, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Equal($"{BundleFiles.Content(bundles.Tiny).Length} BITWISE", rerun.Expect(0).Lines[^1]);
        Assert.Empty(Directory.GetFileSystemEntries(locked));
    }

    [Fact]
    public async Task A_rerun_changes_nothing_in_the_bundle()
    {
        string[] before = BundleFiles.Snapshot(bundles.Tiny);
        (await Rerun(bundles.Tiny)).Expect(0);
        Assert.Equal(before, BundleFiles.Snapshot(bundles.Tiny));
    }

    private static string Text(JsonNode? entry, string key) => entry![key]!.GetValue<string>();

    private Task<Outcome> Rerun(string bundle, params string[] options) =>
        new CommandLine(bundles.Folder).Run(["rerun", bundle, "--device", "cpu", .. options]);

    /// <summary>A copy of the tiny bundle with sigma_1 of the final training spectrum changed.</summary>
    private string WithSigma1(WorkFolder folder, Func<double, double> change, bool reseal = true)
    {
        string bundle = BundleFiles.Copy(bundles.Tiny, folder.Locate("bundle"));
        string path = Path.Combine(bundle, "data", "results", "final", "train", "singular_values.npy");
        byte[] bytes = File.ReadAllBytes(path);
        Span<byte> first = bytes.AsSpan(10 + bytes[8] + (256 * bytes[9]), 8);
        BinaryPrimitives.WriteDoubleLittleEndian(first, change(BinaryPrimitives.ReadDoubleLittleEndian(first)));
        File.WriteAllBytes(path, bytes);
        if (reseal)
            BundleFiles.Reseal(bundle);
        return bundle;
    }
}
