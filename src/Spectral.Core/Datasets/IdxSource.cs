using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>
/// Images in the idx layout of MNIST: big-endian magic and extents, then bytes. A file of images
/// <c>[m, height, width]</c> and one of labels <c>[m]</c> for each part.
/// </summary>
public sealed record IdxSource : ImageSource
{
    private const uint ImagesMagic = 0x803;
    private const uint LabelsMagic = 0x801;
    private const int ImagesHeader = 16;
    private const int LabelsHeader = 8;

    /// <inheritdoc/>
    public override LabelledImages Parse(ImmutableArray<FoundFile> files)
    {
        (FoundFile images, FoundFile labels) = (files[0], files[1]);
        RequireMagic(images, ImagesMagic, "images");
        RequireMagic(labels, LabelsMagic, "labels");
        uint count = Extent(images, 0), height = Extent(images, 1), width = Extent(images, 2);
        if (height != Shape.Dimensions[1] || width != Shape.Dimensions[2])
        {
            throw new InvalidDataException(
                $"{images.Path}: found images of {height} x {width} pixels, expected {Shape.Dimensions[1]} x {Shape.Dimensions[2]}");
        }

        RequireLength(images, ImagesHeader + (count * Shape.Count), $"its header's {count} images");
        uint labelCount = Extent(labels, 0);
        RequireLength(labels, LabelsHeader + (long)labelCount, $"its header's {labelCount} labels");
        if (labelCount != count)
        {
            throw new InvalidDataException(
                $"{labels.Path}: found {labelCount} labels, expected {count}, one for each image of {images.Path}");
        }

        int[] values = new int[count];
        for (int example = 0; example < values.Length; example++)
            values[example] = labels.Bytes[LabelsHeader + example];
        LabelledImages.RequireLabels(labels.Path, values, ClassNames.Length);
        return new LabelledImages(images.Bytes[ImagesHeader..], [.. values]);
    }

    /// <summary>The files of a set in MNIST's names.</summary>
    /// <param name="folders">The folders in which they may lie.</param>
    /// <param name="digests">SHA-256 of training images, training labels, test images and test labels.</param>
    internal static (ImmutableArray<DataFile> Train, ImmutableArray<DataFile> Test) Files28(
        ImmutableArray<string> folders, ImmutableArray<string> digests) => (
        [
            new("train-images-idx3-ubyte", folders, 47_040_016, digests[0]),
            new("train-labels-idx1-ubyte", folders, 60_008, digests[1]),
        ],
        [
            new("t10k-images-idx3-ubyte", folders, 7_840_016, digests[2]),
            new("t10k-labels-idx1-ubyte", folders, 10_008, digests[3]),
        ]);

    private static void RequireMagic(FoundFile file, uint magic, string what)
    {
        if (file.Bytes.Length < LabelsHeader)
            throw new InvalidDataException($"{file.Path}: found {file.Bytes.Length} bytes, expected an idx file of {what}");
        uint found = BinaryPrimitives.ReadUInt32BigEndian(file.Bytes);
        if (found == magic)
            return;
        string meaning = found switch
        {
            ImagesMagic => ", which is idx images",
            LabelsMagic => ", which is idx labels",
            _ => "",
        };
        throw new InvalidDataException(string.Create(
            CultureInfo.InvariantCulture,
            $"{file.Path}: found the magic number 0x{found:x8}{meaning}, expected 0x{magic:x8}, idx {what}"));
    }

    private static uint Extent(FoundFile file, int axis)
    {
        int at = 4 + (4 * axis);
        return file.Bytes.Length >= at + 4
            ? BinaryPrimitives.ReadUInt32BigEndian(file.Bytes.AsSpan(at))
            : throw new InvalidDataException($"{file.Path}: found {file.Bytes.Length} bytes, expected an idx header of {at + 4} or more");
    }

    private static void RequireLength(FoundFile file, long expected, string meaning)
    {
        if (file.Bytes.LongLength == expected)
            return;
        string found = file.Bytes.LongLength > file.File.Length ? $"more than {file.File.Length}" : $"{file.Bytes.Length}";
        throw new InvalidDataException($"{file.Path}: found {found} bytes, expected {expected} for {meaning}");
    }
}
