using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>Fashion-MNIST: grey images of clothes, 28 x 28 pixels.</summary>
/// <param name="Choice">Which images are used, and how.</param>
public sealed record FashionMnist(ImageChoice Choice) : ImageDataset(Choice)
{
    private static readonly (ImmutableArray<DataFile> Train, ImmutableArray<DataFile> Test) Files = IdxSource.Files28(
        ["fashion-mnist", "FashionMNIST/raw"],
        [
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        ]);

    /// <summary>The set as it was published.</summary>
    public static ImageSource Published { get; } = new IdxSource
    {
        Kind = "fashion_mnist",
        ClassNames = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle_boot"],
        Shape = new Shape(1, 28, 28),
        TrainFiles = Files.Train,
        TestFiles = Files.Test,
        TrainOfClass = [.. Enumerable.Repeat(6000, 10)],
        TestOfClass = [.. Enumerable.Repeat(1000, 10)],
        Remedy = "run 'spectral data fetch fashion_mnist' or 'apt-get install dataset-fashion-mnist', or name their folder with --data",
        Remotes =
        [
            new(Bucket + "train-images-idx3-ubyte.gz", 26_421_880, ""),
            new(Bucket + "train-labels-idx1-ubyte.gz", 29_515, ""),
            new(Bucket + "t10k-images-idx3-ubyte.gz", 4_422_102, ""),
            new(Bucket + "t10k-labels-idx1-ubyte.gz", 5_148, ""),
        ],
    };

    private static readonly ImageFields<FashionMnist> Fields = new(Published.ClassNames, dataset => dataset.Choice);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Dataset, FashionMnist>(
        kind: "fashion_mnist",
        summary: "70,000 grey images of clothes, 28 x 28 pixels, in 10 classes: 6,000 and 1,000 of each.",
        source: "Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747; MIT licence",
        example: "{fashion_mnist: {classes: [trouser, sneaker, bag], train: 300, test: 150}}",
        fields: Fields.All,
        bind: settings => new FashionMnist(Fields.Of(settings)),
        check: dataset => dataset.Choice.Problems(Published));

    /// <inheritdoc/>
    protected override ImageSource Source => Published;

    /// <summary>The address that github.com/zalandoresearch/fashion-mnist names.</summary>
    private const string Bucket = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
}
