using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>CIFAR-100: colour photographs, 32 x 32 pixels, with their fine labels.</summary>
/// <param name="Choice">Which images are used, and how.</param>
public sealed record Cifar100(ImageChoice Choice) : ImageDataset(Choice)
{
    private const string Url = "https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz";

    /// <summary>The set as it was published.</summary>
    public static ImageSource Published { get; } = new CifarSource
    {
        Kind = "cifar100",
        LabelBytes = 2,
        ClassNames =
        [
            "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle", "bowl", "boy",
            "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle", "chair", "chimpanzee", "clock",
            "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur", "dolphin", "elephant", "flatfish",
            "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard", "lamp", "lawn_mower", "leopard", "lion",
            "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain", "mouse", "mushroom", "oak_tree", "orange",
            "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree", "plain", "plate", "poppy", "porcupine",
            "possum", "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea", "seal", "shark", "shrew", "skunk",
            "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank",
            "telephone", "television", "tiger", "tractor", "train", "trout", "tulip", "turtle", "wardrobe", "whale",
            "willow_tree", "wolf", "woman", "worm",
        ],
        Shape = new Shape(3, 32, 32),
        TrainFiles = [File("train.bin", 153_700_000, "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29")],
        TestFiles = [File("test.bin", 30_740_000, "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a")],
        TrainOfClass = [.. Enumerable.Repeat(500, 100)],
        TestOfClass = [.. Enumerable.Repeat(100, 100)],
        Remedy = "run 'spectral data fetch cifar100', or unpack cifar-100-binary.tar.gz and name its folder with --data",
        Remotes = [new(Url, 168_513_733, "58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec")],
    };

    private static readonly ImageFields<Cifar100> Fields = new(Published.ClassNames, dataset => dataset.Choice);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Dataset, Cifar100>(
        kind: "cifar100",
        summary: "60,000 colour photographs, 32 x 32 pixels, in 100 classes (the fine labels): 500 and 100 of each.",
        source: "Krizhevsky 2009, Learning multiple layers of features from tiny images; https://www.cs.toronto.edu/~kriz/cifar.html",
        example: "{cifar100: {classes: [apple, bee, wolf], train: 300, test: 150}}",
        fields: Fields.All,
        bind: settings => new Cifar100(Fields.Of(settings)),
        check: dataset => dataset.Choice.Problems(Published));

    /// <inheritdoc/>
    protected override ImageSource Source => Published;

    private static DataFile File(string name, long length, string sha256) => new(name, ["cifar-100-binary"], length, sha256);
}
