using Spectral.Core.Plans;
using Xunit;

namespace Spectral.Core.Tests.Datasets;

/// <summary>The real Fashion-MNIST as Debian's package dataset-fashion-mnist installs it.</summary>
public sealed class FashionMnistTests
{
    private static readonly DataFolders Installed = new([DataFolders.OfSystem]);

    [Fact]
    public void The_packaged_files_are_the_published_ones_with_their_known_statistics()
    {
        SkipWithoutFiles();
        DatasetArrays arrays = SpecDataset.Of("fashion_mnist", """{"train": 60000, "test": 10000}""").Load(Installed, 1);
        Assert.Equal(Enumerable.Range(0, 60_000), arrays.Train.Indices);
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(6000, arrays.Train.Targets.Labels.Count(found => found == label)));
        double mean = arrays.Train.Inputs.Average(value => (double)value);
        double deviation = Math.Sqrt(arrays.Train.Inputs.Average(value => (value - mean) * (value - mean)));
        Assert.Equal(0.2860, mean, 1e-4);
        Assert.Equal(0.3530, deviation, 1e-4);
        Assert.Equal([9, 0, 0, 3, 0, 2, 7, 2, 5, 5], arrays.Train.Targets.Labels.Take(10));
        Assert.Equal([9, 2, 1, 1, 6, 1, 4, 6, 5, 7], arrays.Test.Targets.Labels.Take(10));
    }

    [Fact]
    public void A_subset_is_the_same_on_every_machine()
    {
        SkipWithoutFiles();
        DatasetArrays arrays = SpecDataset
            .Of("fashion_mnist", """{"classes": ["trouser", "bag"], "train": 8, "validation": 2, "test": 4}""").Load(Installed, 1);
        Assert.Equal(
            "7896 26454 27107 28392 32161 44800 53484 56652 | 47531 50384 | 802 843 874 2271",
            string.Join(" | ", new[] { arrays.Train, arrays.Validation, arrays.Test }.Select(split => string.Join(' ', split.Indices))));
    }

    private static void SkipWithoutFiles() => Assert.SkipUnless(
        File.Exists(Path.Combine(DataFolders.OfSystem, "fashion-mnist", "train-images-idx3-ubyte.gz")),
        "needs 'apt-get install dataset-fashion-mnist'");
}
