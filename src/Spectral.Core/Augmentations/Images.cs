using Spectral.Core.Plans;

namespace Spectral.Core.Augmentations;

/// <summary>What augmentations of images take.</summary>
internal static class Images
{
    /// <summary>The shape itself where it is [channels, height, width].</summary>
    public static ShapeMatch Match(Shape input) => input.Rank == 3
        ? ShapeMatch.To(input)
        : ShapeMatch.Mismatch("images [channels, height, width]");
}
