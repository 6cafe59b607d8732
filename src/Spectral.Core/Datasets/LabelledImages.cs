using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Datasets;

/// <summary>All images of one part of a data set, as bytes.</summary>
/// <param name="Pixels">[m, channels, height, width], in 0..255.</param>
/// <param name="Labels">[m], each in [0, number of classes).</param>
public sealed record LabelledImages(byte[] Pixels, ImmutableArray<int> Labels)
{
    /// <summary>Refuses labels that name no class.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="labels">[m].</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="InvalidDataException">A label is out of range.</exception>
    internal static void RequireLabels(string path, ReadOnlySpan<int> labels, int classes)
    {
        for (int example = 0; example < labels.Length; example++)
        {
            if (labels[example] < 0 || labels[example] >= classes)
            {
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path}: found the label {labels[example]} at example {example}, expected 0 to {classes - 1}"));
            }
        }
    }
}
