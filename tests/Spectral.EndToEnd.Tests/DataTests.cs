using System.IO.Compression;
using Spectral.EndToEnd.Tests.Fixtures;
using Xunit;

namespace Spectral.EndToEnd.Tests;

/// <summary>Data sets as a user meets them: found, missing, damaged, one's own, listed, added.</summary>
public sealed class DataTests
{
    private const string Mnist = "mnist: {classes: [0, 1], train: 4, test: 2, verify: false}";

    [Fact]
    public async Task A_spec_is_checked_without_files_and_its_run_says_where_they_were_looked_for()
    {
        using WorkFolder folder = new();
        folder.Write("s.yaml", WithDataset("cifar10: {classes: [cat, dog], train: 40, test: 20}"));
        (await Line(folder).Run("check", "s.yaml")).Expect(0);
        (await Line(folder).Run("plan", "s.yaml")).Expect(0);
        (await Line(folder).Run("run", "s.yaml", "--data", folder.Make("mine")))
            .ExpectRefusal(1, "cifar10: found no data_batch_1.bin", folder.Locate("mine"), "spectral data fetch cifar10");
        (await Line(folder).Run("run", "s.yaml", "--data", "nowhere")).ExpectRefusal(1, "--data nowhere");
        Assert.False(Directory.Exists(folder.Locate("runs")) && Directory.GetFileSystemEntries(folder.Locate("runs")).Length > 0);
    }

    [Fact]
    public async Task A_class_that_does_not_exist_and_too_many_examples_are_told_at_their_place()
    {
        using WorkFolder folder = new();
        folder.Write("s.yaml", WithDataset("cifar10: {classes: [cat, unicorn], train: 40, test: 20}"));
        (await Line(folder).Run("check", "s.yaml")).ExpectRefusal(2, "s.yaml:7:28", "unicorn", "airplane");
        folder.Write("s.yaml", WithDataset("cifar10: {classes: [cat, dog], train: 10002, test: 20}"));
        (await Line(folder).Run("check", "s.yaml")).ExpectRefusal(2, "s.yaml:7:41", "5001 images of class cat", "5000");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_on_files_is_rerun_bitwise_and_exported_with_the_same_files(bool named)
    {
        using WorkFolder folder = new();
        WriteMnist(folder, "mnist");
        folder.Write("s.yaml", WithDataset(Mnist));
        CommandLine line = named ? Line(folder) : Line(folder).With("SPECTRAL_DATA", folder.Path);
        string[] data = named ? ["--data", "."] : [];
        string bundle = (await line.Run(["run", "s.yaml", .. data])).Expect(0).Bundle(folder.Path);
        Assert.Contains("train-images-idx3-ubyte", File.ReadAllText(Path.Combine(bundle, "data", "dataset", "facts.json")), StringComparison.Ordinal);
        (await line.Run(["rerun", bundle, "--require", "bitwise", .. data])).Expect(0);
        (await line.Run(["export", bundle, "--out", "arrays", .. data])).Expect(0);
        Assert.Equal([4, 1, 28, 28], NumPyFile.Read(Path.Combine(folder.Path, "arrays", "train", "inputs.npy")).Shape);

        // Other bytes in the same layout are no longer the run's data.
        WriteMnist(folder, "mnist", shade: 9);
        (await line.Run(["rerun", bundle, .. data])).Expect(3);
        File.Delete(folder.Locate("mnist/train-labels-idx1-ubyte"));
        (await line.Run(["rerun", bundle, .. data])).ExpectRefusal(1, "train-labels-idx1-ubyte");
    }

    [Fact]
    public async Task A_damaged_file_is_refused_before_anything_is_written()
    {
        using WorkFolder folder = new();
        WriteMnist(folder, "mnist");
        folder.Write("s.yaml", WithDataset(Mnist.Replace(", verify: false", "", StringComparison.Ordinal)));
        (await Line(folder).Run("run", "s.yaml", "--data", "."))
            .ExpectRefusal(1, "train-images-idx3-ubyte.gz", "SHA-256", "ba891046e6505d7a");
    }

    [Fact]
    public async Task Ones_own_arrays_run_and_a_changed_file_is_told()
    {
        using WorkFolder folder = new();
        WriteNpy(folder.Locate("x.npy"), "<f4", "(6, 2)", [.. Enumerable.Range(0, 12).SelectMany(value => BitConverter.GetBytes((float)value / 12))]);
        WriteNpy(folder.Locate("y.npy"), "<i8", "(6,)", [.. new long[] { 0, 1, 0, 1, 0, 1 }.SelectMany(BitConverter.GetBytes)]);
        folder.Write("s.yaml", WithDataset("arrays: {train_inputs: x.npy, train_labels: y.npy, test_inputs: x.npy, test_labels: y.npy}"));
        Outcome checkedSpec = (await Line(folder).Run("check", "s.yaml")).Expect(0);
        Assert.Contains("n = 6, K = 2", checkedSpec.Output, StringComparison.Ordinal);
        string bundle = (await Line(folder).Run("run", "s.yaml")).Expect(0).Bundle(folder.Path);
        (await Line(folder).Run("rerun", bundle, "--require", "bitwise")).Expect(0);

        File.Delete(folder.Locate("x.npy"));
        (await Line(folder).Run("verify", bundle)).Expect(0);
        (await Line(folder).Run("show", bundle)).Expect(0);
        (await Line(folder).Run("rerun", bundle)).ExpectRefusal(1, "x.npy", "found no such file");
        (await Line(folder).Run("check", "s.yaml")).ExpectRefusal(2, "s.yaml:7:26", "x.npy");
        WriteNpy(folder.Locate("x.npy"), "<f4", "(6, 2)", [.. Enumerable.Repeat(BitConverter.GetBytes(1f), 12).SelectMany(bytes => bytes)]);
        (await Line(folder).Run("rerun", bundle)).ExpectRefusal(1, "x.npy", "the file has changed");
    }

    [Fact]
    public async Task Targets_that_are_no_classes_run_to_a_bundle_and_an_export()
    {
        using WorkFolder folder = new();
        folder.Write("s.yaml", WithDataset("low_rank_linear: {train: 20, dimension: 8, rank: 2, test: 20}"));
        string bundle = (await Line(folder).Run("run", "s.yaml")).Expect(0).Bundle(folder.Path);
        (await Line(folder).Run("verify", bundle)).Expect(0);
        (await Line(folder).Run("export", bundle, "--out", "arrays")).Expect(0);
        Assert.Equal([20, 1], NumPyFile.Read(folder.Locate("arrays/train/targets.npy")).Shape);
        Assert.False(File.Exists(folder.Locate("arrays/train/labels.npy")));
        Assert.All(Table.Read(bundle, "data", "results", "training.csv").Rows, row => Assert.Contains("nan", row));
    }

    [Fact]
    public async Task Data_is_listed_verified_and_added_only_when_it_is_the_published_one()
    {
        using WorkFolder folder = new();
        WriteMnist(folder, "mnist");
        Outcome list = (await Line(folder).Run("data", "list", "--data", ".")).Expect(0);
        Assert.Contains(list.Lines, line => line.StartsWith("mnist", StringComparison.Ordinal) && line.Contains("damaged", StringComparison.Ordinal));
        Assert.Contains(list.Lines, line => line.StartsWith("cifar10 ", StringComparison.Ordinal) && line.EndsWith("missing", StringComparison.Ordinal));
        Assert.Contains("train-images-idx3-ubyte.gz: found content of SHA-256", (await Line(folder).Run("data", "verify", "--data", ".")).Expect(1).Output, StringComparison.Ordinal);
        (await Line(folder).Run("data", "verify", "cifar10")).Expect(1);
        (await Line(folder).Run("data", "add", "mnist", "mnist")).ExpectRefusal(1, "train-images-idx3-ubyte.gz", "SHA-256");
        (await Line(folder).Run("data", "add", "mnist", "nothing")).ExpectRefusal(1, "nothing", "found nothing of mnist");
        (await Line(folder).Run("data", "fetch", "imagenet")).ExpectRefusal(2, "imagenet");
        (await Line(folder).Run("data", "fetch", "mnist", "--from", "ftp://x/")).ExpectRefusal(2, "--from", "http://");
        (await Line(folder).Run("data", "fetch", "mnist", "--from", "http://127.0.0.1:1/")).ExpectRefusal(1, "http://127.0.0.1:1/train-images-idx3-ubyte.gz");
    }

    /// <summary>The tiny spec on another dataset, with as many examples a batch as any has.</summary>
    private static string WithDataset(string dataset) => Spec.Tiny
        .Replace("digits: {classes: [3, 5, 8], train: 30, test: 15}", dataset, StringComparison.Ordinal)
        .Replace("noise: {uniform: 0.25}", "noise: none", StringComparison.Ordinal)
        .Replace("batch_size: 10", "batch_size: 4", StringComparison.Ordinal)
        .Replace("rank: 5", "rank: 2", StringComparison.Ordinal);

    /// <summary>A user without any data of their own.</summary>
    private static CommandLine Line(WorkFolder folder) =>
        CommandLine.In(folder).With("XDG_DATA_HOME", folder.Locate("home")).With("SPECTRAL_DATA", "");

    private static void WriteMnist(WorkFolder folder, string name, byte shade = 7)
    {
        folder.Make(name);
        foreach ((string part, int count) in new[] { ("train", 6), ("t10k", 4) })
        {
            byte[] images = new byte[16 + (784 * count)];
            new byte[] { 0, 0, 8, 3, 0, 0, 0, (byte)count, 0, 0, 0, 28, 0, 0, 0, 28 }.CopyTo(images, 0);
            for (int at = 16; at < images.Length; at++)
                images[at] = (byte)(at * shade);
            using (GZipStream packed = new(File.Create(folder.Locate($"{name}/{part}-images-idx3-ubyte.gz")), CompressionLevel.Fastest))
                packed.Write(images);
            byte[] labels = [0, 0, 8, 1, 0, 0, 0, (byte)count, .. Enumerable.Range(0, count).Select(at => (byte)(at % 2))];
            File.WriteAllBytes(folder.Locate($"{name}/{part}-labels-idx1-ubyte"), labels);
        }
    }

    private static void WriteNpy(string path, string type, string shape, byte[] data)
    {
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}".PadRight(117) + "\n";
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. data]);
    }
}
