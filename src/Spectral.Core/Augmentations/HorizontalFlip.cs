using Spectral.Core.Components;
using Spectral.Core.Plans;
using Spectral.Core.Randomness;
using static TorchSharp.torch;

namespace Spectral.Core.Augmentations;

/// <summary>Each image of a batch is mirrored left to right, or not.</summary>
/// <param name="Probability">How likely it is mirrored, in [0, 1].</param>
public sealed record HorizontalFlip(double Probability) : Augmentation
{
    private static readonly Field<double> ProbabilityField = Field.Real(
        "probability",
        (HorizontalFlip flip) => flip.Probability,
        "How likely an image is mirrored.",
        Interval.Closed(0, 1),
        preset: 0.5);

    /// <summary>What the compiler knows of this component.</summary>
    public static ComponentDefinition Definition { get; } = ComponentDefinition.Of<Augmentation, HorizontalFlip>(
        kind: "horizontal_flip",
        summary: "Each image of a batch is mirrored left to right with a probability.",
        source: "torchvision.transforms.RandomHorizontalFlip; arXiv:1906.05392v2, section 4",
        example: "horizontal_flip",
        fields: [ProbabilityField],
        bind: settings => new HorizontalFlip(settings.Of(ProbabilityField)));

    /// <inheritdoc/>
    public override ShapeMatch OutputShape(Shape input) => Images.Match(input);

    /// <inheritdoc/>
    public override Tensor Apply(Tensor batch, RandomStream stream)
    {
        bool[] mirrored = new bool[batch.shape[0]];
        for (int i = 0; i < mirrored.Length; i++)
            mirrored[i] = stream.NextUniform() < Probability;
        Tensor mask = tensor(mirrored, [mirrored.Length, 1, 1, 1], device: batch.device); // [B, 1, 1, 1]
        return where(mask, batch.flip([3]), batch); // [B, C, H, W]
    }
}
