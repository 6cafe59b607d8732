using System.Collections.Immutable;
using System.Globalization;

namespace Spectral.Core.Datasets;

/// <summary>
/// Images in the binary layout of CIFAR: records of label bytes, then 1024 red, 1024 green and 1024 blue bytes, each plane
/// row by row; no header. Source: https://www.cs.toronto.edu/~kriz/cifar.html.
/// </summary>
public sealed record CifarSource : ImageSource
{
    /// <summary>Label bytes of a record; the last one is the class (CIFAR-100 has the superclass before it).</summary>
    public required int LabelBytes { get; init; }

    /// <inheritdoc/>
    public override LabelledImages Parse(ImmutableArray<FoundFile> files)
    {
        int pixels = (int)Shape.Count, record = LabelBytes + pixels;
        foreach (FoundFile file in files)
        {
            if (file.Bytes.LongLength > file.File.Length || file.Bytes.Length == 0 || file.Bytes.Length % record != 0)
            {
                string found = file.Bytes.LongLength > file.File.Length ? $"more than {file.File.Length}" : $"{file.Bytes.Length}";
                throw new InvalidDataException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file.Path}: found {found} bytes, expected {file.File.Length} at most, in whole records of {record}"));
            }
        }

        int count = files.Sum(file => file.Bytes.Length / record);
        byte[] images = new byte[(long)count * pixels];
        int[] labels = new int[count];
        int example = 0;
        foreach (FoundFile file in files)
        {
            int first = example;
            for (int start = 0; start < file.Bytes.Length; start += record)
            {
                labels[example] = file.Bytes[start + LabelBytes - 1];
                file.Bytes.AsSpan(start + LabelBytes, pixels).CopyTo(images.AsSpan(example * pixels));
                example++;
            }

            LabelledImages.RequireLabels(file.Path, labels.AsSpan(first, example - first), ClassNames.Length);
        }

        return new LabelledImages(images, [.. labels]);
    }
}
