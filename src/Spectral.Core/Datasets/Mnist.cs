using System.Collections.Immutable;
using Spectral.Core.Components;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>MNIST: grey images of handwritten digits, 28 x 28 pixels.</summary>
/// <param name="Choice">Which images are used, and how.</param>
public sealed record Mnist(ImageChoice Choice) : ImageDataset(Choice)
{
    private static readonly (ImmutableArray<DataFile> Train, ImmutableArray<DataFile> Test) Files = IdxSource.Files28(
        ["mnist", "MNIST/raw"],
        [
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ]);

    /// <summary>The set as it was published.</summary>
    public static ImageSource Published { get; } = new IdxSource
    {
        Kind = "mnist",
        ClassNames = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        Shape = new Shape(1, 28, 28),
        TrainFiles = Files.Train,
        TestFiles = Files.Test,
        TrainOfClass = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
        TestOfClass = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
        Remedy = "run 'spectral data fetch mnist', or name their folder with --data",
        Remotes =
        [
            new(Mirror + "train-images-idx3-ubyte.gz", 9_912_422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"),
            new(Mirror + "train-labels-idx1-ubyte.gz", 28_881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"),
            new(Mirror + "t10k-images-idx3-ubyte.gz", 1_648_877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"),
            new(Mirror + "t10k-labels-idx1-ubyte.gz", 4_542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        ],
    };

    private static readonly ImageFields<Mnist> Fields = new(Published.ClassNames, dataset => dataset.Choice);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Dataset, Mnist>(
        kind: "mnist",
        summary: "70,000 grey images of handwritten digits, 28 x 28 pixels; the classes are not equally large.",
        source: "LeCun, Bottou, Bengio and Haffner 1998, Gradient-based learning applied to document recognition",
        example: "{mnist: {classes: [3, 5, 8], train: 300, test: 150}}",
        fields: Fields.All,
        bind: settings => new Mnist(Fields.Of(settings)),
        check: dataset => dataset.Choice.Problems(Published));

    /// <inheritdoc/>
    protected override ImageSource Source => Published;

    /// <summary>The mirror that torchvision reads first; the original page no longer serves the files.</summary>
    private const string Mirror = "https://ossci-datasets.s3.amazonaws.com/mnist/";
}
