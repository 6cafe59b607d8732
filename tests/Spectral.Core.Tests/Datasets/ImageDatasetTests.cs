using System.Text.Json.Nodes;
using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Datasets;

/// <summary>Images in the published layouts are read, chosen and preprocessed.</summary>
public sealed class ImageDatasetTests
{
    private const string Tiny = """{"classes": [1, 0], "train": 4, "test": 2, "validation": 2, "verify": false}""";

    [Theory]
    [InlineData("mnist", "mnist")]
    [InlineData("mnist", "MNIST/raw")]
    [InlineData("mnist", ".")]
    [InlineData("fashion_mnist", "fashion-mnist")]
    public void Idx_files_are_found_in_every_place_packed_or_not(string kind, string folder)
    {
        using MadeSet made = new MadeSet().WithIdx(folder);
        DatasetArrays arrays = SpecDataset.Of(kind, Tiny).Load(made.Folders, 1);
        Assert.Equal((4, 2, 2), (arrays.Train.Count, arrays.Validation.Count, arrays.Test.Count));
        Assert.Equal([0, 1, 2, 3, 4, 5], arrays.Train.Indices.Concat(arrays.Validation.Indices).Order());
        foreach (SplitArrays split in (SplitArrays[])[arrays.Train, arrays.Validation, arrays.Test])
        {
            for (int example = 0; example < split.Count; example++)
            {
                int index = split.Indices[example];
                Assert.Equal(1f, split.Inputs[784 * example]);
                Assert.Equal(10 * index / 255f, split.Inputs[(784 * example) + 783]);
                int label = ReferenceEquals(split, arrays.Test) ? 1 - (index % 2) : index % 2;
                Assert.Equal(1 - label, split.Targets.Labels[example]); // class 1 is the first output
            }
        }

        Assert.Equal(
            ["t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte", "train-images-idx3-ubyte", "train-labels-idx1-ubyte"],
            arrays.Sources.Keys);
    }

    [Theory]
    [InlineData("cifar10", 1, "cifar-10-batches-bin", "airplane", "bird")]
    [InlineData("cifar100", 2, "cifar-100-binary", "apple", "baby")]
    public void Cifar_records_are_read_plane_by_plane_through_all_files(
        string kind, int labelBytes, string folder, string first, string second)
    {
        using MadeSet made = new();
        Directory.CreateDirectory(made.File(folder));
        string[] train = kind == "cifar10" ? [.. Enumerable.Range(1, 5).Select(batch => $"data_batch_{batch}.bin")] : ["train.bin"];
        foreach (string name in train)
            made.Write($"{folder}/{name}", MadeSet.Cifar(labelBytes, 0, 2));
        made.Write($"{folder}/{(kind == "cifar10" ? "test_batch.bin" : "test.bin")}", MadeSet.Cifar(labelBytes, 2, 0));
        Dataset dataset = SpecDataset.Of(
            kind, $$"""{"classes": ["{{first}}", "{{second}}"], "train": {{2 * train.Length}}, "test": 2, "verify": false}""");
        Assert.Equal([first, second], dataset.ClassNames);
        Assert.Equal(new Shape(3, 32, 32), dataset.InputShape);
        DatasetArrays arrays = dataset.Load(made.Folders, 1);
        Assert.Equal(Enumerable.Range(0, 2 * train.Length), arrays.Train.Indices);
        for (int example = 0; example < arrays.Train.Count; example++)
        {
            Assert.Equal(example % 2, arrays.Train.Targets.Labels[example]);
            for (int channel = 0; channel < 3; channel++)
            {
                Assert.Equal(((example % 2) + channel) / 255f, arrays.Train.Inputs[(3072 * example) + (1024 * channel)]);
                Assert.Equal(((example % 2) + channel) / 255f, arrays.Train.Inputs[(3072 * example) + (1024 * channel) + 1023]);
            }
        }

        Assert.Equal([1, 0], arrays.Test.Targets.Labels);
    }

    [Fact]
    public void A_class_by_name_and_by_index_is_the_same_plan()
    {
        JsonObject Plan(string classes) => ComponentJson.Write(
            SpecDataset.Of("cifar10", $$"""{"classes": {{classes}}, "train": 3, "test": 3}"""), Catalog.Components);

        Assert.Equal(Plan("""["automobile", "airplane", "bird"]""").ToJsonString(), Plan("[1, 0, 2]").ToJsonString());
        Assert.Contains("automobile", Plan("[1, 0, 2]").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_folder_that_has_a_file_serves_it()
    {
        using MadeSet first = new MadeSet().WithIdx("mnist"), second = new MadeSet().WithIdx("mnist");
        second.Write("mnist/train-labels-idx1-ubyte", [1, 2, 3]);
        DataFolders both = new(["/nowhere", first.Path, second.Path]);
        Assert.Equal(4, SpecDataset.Of("mnist", Tiny).Load(both, 1).Train.Count);
    }

    [Fact]
    public void Classes_as_they_come_take_every_image()
    {
        using MadeSet made = new MadeSet().WithIdx("mnist");
        made.Write("mnist/train-labels-idx1-ubyte", MadeSet.IdxLabels(0, 1, 1, 1, 1, 2));
        string settings = """{"classes": [0, 1], "train": 5, "test": 2, "balanced": false, "verify": false}""";
        Assert.Equal([0, 1, 2, 3, 4], SpecDataset.Of("mnist", settings).Load(made.Folders, 1).Train.Indices);
    }

    [Fact]
    public void A_larger_training_split_contains_a_smaller_one_and_validation_changes_neither()
    {
        using MadeSet made = new MadeSet().WithIdx("mnist");
        int[] Train(string more) =>
            [.. SpecDataset.Of("mnist", $$"""{"classes": [0, 1], "test": 2, "verify": false, {{more}}}""").Load(made.Folders, 7).Train.Indices];

        Assert.Empty(Train("\"train\": 2").Except(Train("\"train\": 4")));
        Assert.Equal(Train("\"train\": 2"), Train("\"train\": 2, \"validation\": 4"));
    }
}
