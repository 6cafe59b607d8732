using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>A split whose inputs may still be changed.</summary>
/// <param name="Inputs">[n, input shape], row-major.</param>
/// <param name="Targets">[n, K], clean.</param>
/// <param name="Indices">[n], where each example stands in its source.</param>
internal sealed record DraftSplit(float[] Inputs, TargetArrays Targets, ImmutableArray<int> Indices)
{
    /// <summary>A split without examples.</summary>
    public static DraftSplit Empty(int outputs) => new([], new TargetArrays([], [], outputs), []);

    /// <summary>Chosen examples of byte images, each pixel divided by <paramref name="white"/>.</summary>
    /// <param name="images">[m, pixels].</param>
    /// <param name="pixels">Pixels of an image, over all channels.</param>
    /// <param name="white">The largest value of a pixel, which becomes 1.</param>
    /// <param name="labels">[m], the source's labels.</param>
    /// <param name="classes">The labels to keep, in the order of the outputs.</param>
    /// <param name="indices">The examples, by their place in the source.</param>
    public static DraftSplit OfImages(
        ReadOnlySpan<byte> images,
        int pixels,
        float white,
        ImmutableArray<int> labels,
        ImmutableArray<int> classes,
        ImmutableArray<int> indices)
    {
        float[] inputs = new float[(long)indices.Length * pixels];
        for (int example = 0; example < indices.Length; example++)
        {
            ReadOnlySpan<byte> image = images.Slice(indices[example] * pixels, pixels);
            Span<float> row = inputs.AsSpan(example * pixels, pixels);
            for (int pixel = 0; pixel < pixels; pixel++)
                row[pixel] = image[pixel] / white;
        }

        return new DraftSplit(
            inputs,
            TargetArrays.OneHot([.. indices.Select(index => classes.IndexOf(labels[index]))], classes.Length),
            indices);
    }

    /// <summary>The split as it is from now on; the inputs are not copied.</summary>
    public SplitArrays Seal() => new(ImmutableCollectionsMarshal.AsImmutableArray(Inputs), Targets, Indices);
}
