using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>CIFAR-10: colour photographs, 32 x 32 pixels.</summary>
/// <param name="Choice">Which images are used, and how.</param>
public sealed record Cifar10(ImageChoice Choice) : ImageDataset(Choice)
{
    private const string Url = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz";

    /// <summary>The set as it was published.</summary>
    public static ImageSource Published { get; } = new CifarSource
    {
        Kind = "cifar10",
        LabelBytes = 1,
        ClassNames = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        Shape = new Shape(3, 32, 32),
        TrainFiles =
        [
            File("data_batch_1.bin", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
            File("data_batch_2.bin", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
            File("data_batch_3.bin", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
            File("data_batch_4.bin", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
            File("data_batch_5.bin", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
        ],
        TestFiles = [File("test_batch.bin", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")],
        TrainOfClass = [.. Enumerable.Repeat(5000, 10)],
        TestOfClass = [.. Enumerable.Repeat(1000, 10)],
        Remedy = "run 'spectral data fetch cifar10', or unpack cifar-10-binary.tar.gz and name its folder with --data",
        Remotes = [new(Url, 170_052_171, "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")],
    };

    private static readonly ImageFields<Cifar10> Fields = new(Published.ClassNames, dataset => dataset.Choice);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Dataset, Cifar10>(
        kind: "cifar10",
        summary: "60,000 colour photographs, 32 x 32 pixels, in 10 classes: 5,000 and 1,000 of each.",
        source: "Krizhevsky 2009, Learning multiple layers of features from tiny images; https://www.cs.toronto.edu/~kriz/cifar.html",
        example: "{cifar10: {classes: [automobile, airplane, bird], train: 300, test: 150}}",
        fields: Fields.All,
        bind: settings => new Cifar10(Fields.Of(settings)),
        check: dataset => dataset.Choice.Problems(Published));

    /// <inheritdoc/>
    protected override ImageSource Source => Published;

    private static DataFile File(string name, string sha256) => new(name, ["cifar-10-batches-bin"], 30_730_000, sha256);
}
