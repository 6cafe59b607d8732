using System.Text;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Tests.Formats;
using Xunit;

namespace Spectral.Core.Tests.Datasets;

/// <summary>A user's own npy files: read, pinned in the plan, and refused with the file's name where they are wrong.</summary>
public sealed class ArraysTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ArraysTests()
    {
        Write("x.npy", NpyArray.Of([0f, 1, 2, 3, 4, 5, 6, 7], 4, 2).ToBytes());
        Write("y.npy", NpyArray.Of([0L, 1, 2, 1], 4).ToBytes());
        Write("xt.npy", NpyArray.Of([9.0, 8], 1, 2).ToBytes());
        Write("yt.npy", NpyArray.Of([2], 1).ToBytes());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arrays_are_read_in_their_order_and_the_plan_holds_their_digests_and_shapes()
    {
        Dataset dataset = Open();
        Assert.Equal((4, 0, 1), (dataset.TrainCount, dataset.ValidationCount, dataset.TestCount));
        Assert.Equal(new Shape(2), dataset.InputShape);
        Assert.Equal(["0", "1", "2"], dataset.ClassNames);
        DatasetArrays arrays = dataset.Load(DataFolders.None, 1);
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7], arrays.Train.Inputs);
        Assert.Equal([0, 1, 2, 1], arrays.Train.Targets.Labels);
        Assert.Equal([9f, 8], arrays.Test.Inputs);
        Assert.Equal(ContentHash.Sha256OfFile(_folder.File("x.npy")), arrays.Sources["train_inputs.npy"]);

        JsonObject plan = ComponentJson.Write(dataset, Catalog.Components);
        Assert.Equal("[4,1,2]", plan["arrays"]!["sizes"]!.ToJsonString());
        Assert.Equal(4, plan["arrays"]!["sha256"]!.AsArray().Count);
    }

    [Fact]
    public void A_plan_needs_no_files_until_it_runs_and_refuses_changed_ones()
    {
        JsonObject plan = ComponentJson.Write(Open(), Catalog.Components);
        Write("x.npy", NpyArray.Of([0f, 1, 2, 3, 4, 5, 6, 8], 4, 2).ToBytes());
        Dataset again = (Dataset)ComponentJson.Read(plan, typeof(Dataset), "dataset", Catalog.Components);
        Assert.Equal(4, again.TrainCount);
        Says(Assert.Throws<InvalidDataException>(() => again.Load(DataFolders.None, 1)), "x.npy", "the file has changed");
        File.Delete(_folder.File("x.npy"));
        again = (Dataset)ComponentJson.Read(plan, typeof(Dataset), "dataset", Catalog.Components);
        Says(Assert.Throws<FileNotFoundException>(() => again.Load(DataFolders.None, 1)), "x.npy", "found no such file");
    }

    [Fact]
    public void Validation_examples_leave_training()
    {
        DatasetArrays arrays = Open(""", "validation": 1""").Load(DataFolders.None, 1);
        Assert.Equal((3, 1, 1), (arrays.Train.Count, arrays.Validation.Count, arrays.Test.Count));
        Assert.Equal([0, 1, 2, 3], arrays.Train.Indices.Concat(arrays.Validation.Indices).Order());
    }

    [Fact]
    public void Bytes_are_pixels()
    {
        Write("x.npy", NpyArray.Of((ReadOnlySpan<byte>)[0, 51, 102, 255, 0, 0, 0, 0], 4, 2).ToBytes());
        Assert.Equal([0f, 0.2f, 0.4f, 1f, 0, 0, 0, 0], Open().Load(DataFolders.None, 1).Train.Inputs);
    }

    [Fact]
    public void What_is_no_sound_array_is_told_with_its_file()
    {
        Refused("x.npy", NpyArray.Of([0f, 1, 2, float.NaN, 4, 5, 6, 7], 4, 2).ToBytes(), "train_inputs", "NaN at example 1, input 1", "finite");
        Refused("x.npy", NpyArray.Of([0, 1, 2, 1e300, 4, 5, 6, 7], 4, 2).ToBytes(), "Infinity at example 1", "range of float32");
        Refused("x.npy", Replaced("x.npy", "'fortran_order': False", "'fortran_order': True "), "Fortran order", "ascontiguousarray");
        Refused("x.npy", Replaced("x.npy", "<f4", ">f4"), "'>f4'", "newbyteorder");
        Refused("x.npy", File.ReadAllBytes(_folder.File("x.npy"))[..^1], "found 31 bytes of data", "expected 32");
        Refused("x.npy", [1, 2, 3], "expected at least 10");
        Refused("x.npy", NpyArray.Of([0L, 1, 2, 3], 4, 1).ToBytes(), "found Int64", "float32, float64 or uint8");
        Refused("x.npy", NpyArray.Of([0f, 1, 2, 3], 4).ToBytes(), "shape (4)", "[n, ...]");
        Refused("y.npy", NpyArray.Of([0L, 1, 2], 3).ToBytes(), "train_labels", "found 3 labels", "expected 4");
        Refused("y.npy", NpyArray.Of([0L, 1, -2, 1], 4).ToBytes(), "label -2 at example 2");
        Refused("y.npy", NpyArray.Of([0f, 1, 2, 1], 4).ToBytes(), "found Float32", "int64");
        Refused("yt.npy", NpyArray.Of([3], 1).ToBytes(), "test_labels", "label 3 at example 0", "0 to 2");
        Refused("xt.npy", NpyArray.Of([9.0, 8, 7], 1, 3).ToBytes(), "test_inputs", "shape [3]", "expected [2]");
        File.Delete(_folder.File("yt.npy"));
        Says(Assert.Throws<FormatException>(() => Open()), "test_labels", "yt.npy", "found no such file", "working folder");
    }

    private Dataset Open(string more = "") => SpecDataset.Of("arrays", $$"""
        {"train_inputs": "{{_folder.File("x.npy")}}", "train_labels": "{{_folder.File("y.npy")}}",
         "test_inputs": "{{_folder.File("xt.npy")}}", "test_labels": "{{_folder.File("yt.npy")}}"{{more}}}
        """);

    private void Refused(string name, byte[] content, params string[] said)
    {
        byte[] before = File.ReadAllBytes(_folder.File(name));
        Write(name, content);
        Says(Assert.Throws<FormatException>(() => Open()), [_folder.File(name), .. said]);
        Write(name, before);
    }

    private byte[] Replaced(string name, string text, string other)
    {
        byte[] file = File.ReadAllBytes(_folder.File(name));
        Encoding.Latin1.GetBytes(other).CopyTo(file.AsSpan(file.AsSpan().IndexOf(Encoding.Latin1.GetBytes(text))));
        return file;
    }

    private void Write(string name, byte[] content) => File.WriteAllBytes(_folder.File(name), content);

    private static void Says(Exception failure, params string[] said) =>
        Assert.All(said, text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
}
