using System.Globalization;
using System.Text.Json.Nodes;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>
/// A user's own arrays: bad ones are told, and good ones are known by their content, wherever they lie.
/// </summary>
public sealed class OwnDataTests
{
    [Fact]
    public async Task Files_that_were_moved_are_the_same_plan_and_a_bundle_finds_them_again()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        WriteArrays(folder, "here");
        folder.Write("here.yaml", Own("here"));
        string bundle = (await spectral.Run("run", "here.yaml", "--device", "cpu")).Expect(0).Bundle(folder.Path);
        string plan = File.ReadAllText(Path.Combine(bundle, "data", "plan.json"));
        Assert.DoesNotContain("x.npy", plan, StringComparison.Ordinal);
        Assert.Contains(BundleFiles.Sha256(folder.Locate("here/x.npy")), plan, StringComparison.Ordinal);
        (await spectral.Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(0);

        Directory.Move(folder.Locate("here"), folder.Locate("there"));
        folder.Write("there.yaml", Own("there"));
        Outcome again = (await spectral.Run("run", "there.yaml", "--device", "cpu")).Expect(0);
        Assert.Equal(bundle, again.Bundle(folder.Path));
        Assert.Contains("stands already", again.Error, StringComparison.Ordinal);

        (await spectral.Run("verify", bundle)).Expect(0);
        (await spectral.Run("rerun", bundle, "--device", "cpu")).ExpectRefusal(
            1, folder.Locate("here/x.npy"), "found no such file", "--data");
        (await spectral.Run("export", bundle, "--out", "lost")).ExpectRefusal(1, "found no such file");
        (await spectral.Run("rerun", bundle, "--data", "there", "--device", "cpu", "--require", "bitwise")).Expect(0);
        (await spectral.Run("export", bundle, "--data", "there", "--out", "export")).Expect(0);
        double[] train = NumPyFile.Read(folder.Path, "export", "train", "inputs.npy").Values;
        Assert.Equal(NumPyFile.Read(folder.Path, "there", "x.npy").Values, train);
    }

    [Fact]
    public async Task Of_several_places_the_one_with_the_plans_content_is_taken()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        WriteArrays(folder, "a");
        folder.Write("own.yaml", Own("a"));
        string bundle = (await spectral.Run("run", "own.yaml", "--device", "cpu")).Expect(0).Bundle(folder.Path);
        BundleFiles.Copy(folder.Locate("a"), folder.Locate("b"));
        File.Copy(folder.Locate("a/xt.npy"), folder.Locate("a/x.npy"), overwrite: true);
        (await spectral.Run("rerun", bundle, "--device", "cpu")).ExpectRefusal(1, "x.npy", "the file has changed");
        (await spectral.Run("rerun", bundle, "--data", "b", "--device", "cpu", "--require", "bitwise")).Expect(0);
    }

    [Fact]
    public async Task A_plan_that_holds_paths_as_older_ones_do_keeps_its_hash_and_runs_again()
    {
        using WorkFolder folder = new();
        CommandLine spectral = CommandLine.In(folder);
        WriteArrays(folder, "here");
        folder.Write("own.yaml", Own("here"));
        string bundle = (await spectral.Run("run", "own.yaml", "--device", "cpu")).Expect(0).Bundle(folder.Path);
        string file = Path.Combine(bundle, "data", "plan.json"), plan = File.ReadAllText(file);
        // Canonical: keys in the order of their bytes.
        string old = plan.Replace(
            "\"unit_norm\":false",
            "\"test_inputs\":\"here/xt.npy\",\"test_labels\":\"here/yt.npy\",\"train_inputs\":\"here/x.npy\","
                + "\"train_labels\":\"here/y.npy\",\"unit_norm\":false",
            StringComparison.Ordinal);
        Assert.NotEqual(plan, old);
        string hash = Age(bundle, old);
        (await spectral.Run("verify", bundle)).Expect(0);
        (await spectral.Run("show", bundle)).Expect(0);
        (await spectral.Run("rerun", bundle, "--device", "cpu", "--require", "bitwise")).Expect(0);
        Assert.Equal(hash, BundleFiles.Info(bundle, "Spectral-Plan-Hash"));
    }

    [Theory]
    [MemberData(nameof(Spec.Methods), MemberType = typeof(Spec))]
    public async Task Arrays_that_are_not_finite_are_told_by_file_and_place(string method)
    {
        foreach ((string type, double value, string said) in ((string, double, string)[])
            [("<f4", double.NaN, "NaN"), ("<f8", double.NegativeInfinity, "-Infinity"), ("<f8", 1e300, "Infinity")])
        {
            using WorkFolder folder = new();
            WriteArrays(folder, "own");
            NumPyFile.Write(folder.Locate("own/x.npy"), type, [4, 2], 0, 1, 2, 3, 4, value, 6, 7);
            await Refused(
                folder, Own("own", method), "train_inputs", "own/x.npy", $"found {said} at example 2, input 1");
        }
    }

    [Fact]
    public async Task Arrays_without_examples_or_with_labels_beyond_K_are_told_by_file()
    {
        await Bad("x.npy", "(0, 2)", place => NumPyFile.Write(place, "<f4", [0, 2]));
        await Bad("xt.npy", "(0, 2)", place => NumPyFile.Write(place, "<f4", [0, 2]));
        await Bad("y.npy", "found 0 labels", place => NumPyFile.Write(place, "<i8", [0]));
        await Bad("y.npy", "the label 3 at example 2", place => NumPyFile.Write(place, "<i8", [4], 0, 1, 3, 1));
        await Bad("y.npy", "the label -1 at example 2", place => NumPyFile.Write(place, "<i8", [4], 0, 1, -1, 1));
        await Bad("yt.npy", "the label 9 at example 1", place => NumPyFile.Write(place, "<i8", [2], 0, 9));
        await Bad("x.npy", "expected at least 10", place => File.WriteAllBytes(place, []));

        static async Task Bad(string file, string said, Action<string> spoil)
        {
            using WorkFolder folder = new();
            WriteArrays(folder, "own");
            spoil(folder.Locate("own/" + file));
            await Refused(folder, Own("own"), "own/" + file, said);
        }
    }

    [Theory]
    [InlineData("train: 30", "train: 0", "dataset.digits.train")]
    [InlineData("test: 15", "test: 0", "test")]
    [InlineData("classes: [3, 5, 8]", "classes: []", "dataset.digits.classes")]
    [InlineData("at: [initial, 2, final]", "at: [initial, 2, final]\n  examples: 0", "jacobian.examples")]
    [InlineData("at: [initial, 2, final]", "at: [initial, 2, final]\n  examples: {train: 0}", "jacobian.examples")]
    [InlineData("at: [initial, 2, final]", "at: [initial, 2, final]\n  spectrum: {top: 0}", "jacobian.spectrum")]
    [InlineData("at: [initial, 2, final]", "at: [initial, 2, final]\n  splits: []", "jacobian.splits")]
    public async Task Nothing_to_differentiate_is_told_at_its_place(string text, string other, string said)
    {
        using WorkFolder folder = new();
        folder.Write("bad.yaml", Spec.TinyWith(text, other));
        (await CommandLine.In(folder).Run("run", "bad.yaml", "--out", "out"))
            .ExpectRefusal(2, "bad.yaml:", "error SP", said);
        Assert.Equal(["bad.yaml"], folder.Entries());
    }

    /// <summary>
    /// Puts another plan into a bundle, takes the record of places away, as a program had it that knew none, and makes
    /// every hash true again. Gives the plan's hash.
    /// </summary>
    private static string Age(string bundle, string plan)
    {
        string file = Path.Combine(bundle, "data", "plan.json"), hash = BundleFiles.Sha256(file);
        File.WriteAllText(file, plan);
        File.Delete(Path.Combine(bundle, "data", "record", "inputs.json"));
        string other = BundleFiles.Sha256(file), crate = Path.Combine(bundle, "data", "ro-crate-metadata.json");
        foreach (string path in (string[])[Path.Combine(bundle, "bag-info.txt"), crate])
            File.WriteAllText(path, File.ReadAllText(path).Replace(hash, other, StringComparison.Ordinal));
        JsonNode graph = JsonNode.Parse(File.ReadAllText(crate))!;
        JsonArray entities = graph["@graph"]!.AsArray();
        foreach (JsonArray list in entities.Select(entity => entity!["hasPart"]).OfType<JsonArray>().Prepend(entities))
            list.RemoveAll(part => part!["@id"]!.GetValue<string>() == "record/inputs.json");
        JsonNode described = entities.Single(entity => entity!["@id"]!.GetValue<string>() == "plan.json")!;
        described["contentSize"] = new FileInfo(file).Length.ToString(CultureInfo.InvariantCulture);
        File.WriteAllText(crate, graph.ToJsonString());
        BundleFiles.Reseal(bundle);
        return other;
    }

    private static async Task Refused(WorkFolder folder, string spec, params string[] said)
    {
        folder.Write("bad.yaml", spec);
        (await CommandLine.In(folder).Run("run", "bad.yaml", "--out", "out", "--device", "cpu")).ExpectRefusal(
            2, ["bad.yaml:", "error SP", .. said]);
        Assert.Equal(["bad.yaml", "own"], folder.Entries());
    }

    /// <summary>Four training and two test examples of two numbers each, in three classes.</summary>
    private static void WriteArrays(WorkFolder folder, string name)
    {
        string place = folder.Make(name);
        NumPyFile.Write(Path.Combine(place, "x.npy"), "<f4", [4, 2], 0, 1, 2, 3, 4, 5, 6, 7);
        NumPyFile.Write(Path.Combine(place, "y.npy"), "<i8", [4], 0, 1, 2, 1);
        NumPyFile.Write(Path.Combine(place, "xt.npy"), "<f4", [2, 2], 1, 1, 3, 2);
        NumPyFile.Write(Path.Combine(place, "yt.npy"), "<i8", [2], 0, 2);
    }

    private static string Own(string name, string method = "direct") => Spec.TinyBy(method)
        .Replace(
            "digits: {classes: [3, 5, 8], train: 30, test: 15}",
            $"arrays: {{train_inputs: {name}/x.npy, train_labels: {name}/y.npy, test_inputs: {name}/xt.npy, "
                + $"test_labels: {name}/yt.npy, classes: 3}}",
            StringComparison.Ordinal)
        .Replace("batch_size: 10", "batch_size: full", StringComparison.Ordinal);
}
