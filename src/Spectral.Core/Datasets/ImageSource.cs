using System.Collections.Immutable;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>A published set of images: its classes and sizes, its files, and where they can be got.</summary>
public abstract record ImageSource
{
    /// <summary>The kind of the dataset component, such as <c>cifar10</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The names of all classes, by label.</summary>
    public required ImmutableArray<string> ClassNames { get; init; }

    /// <summary>Channels, height and width of an image.</summary>
    public required Shape Shape { get; init; }

    /// <summary>The files of the training images, in the order of the examples.</summary>
    public required ImmutableArray<DataFile> TrainFiles { get; init; }

    /// <summary>The files of the test images.</summary>
    public required ImmutableArray<DataFile> TestFiles { get; init; }

    /// <summary>Training images of each class.</summary>
    public required ImmutableArray<int> TrainOfClass { get; init; }

    /// <summary>Test images of each class.</summary>
    public required ImmutableArray<int> TestOfClass { get; init; }

    /// <summary>Where the files can be downloaded.</summary>
    public required ImmutableArray<RemoteFile> Remotes { get; init; }

    /// <summary>What a person should do who lacks the files, as the end of a message.</summary>
    public required string Remedy { get; init; }

    /// <summary>All files, those of training first.</summary>
    public ImmutableArray<DataFile> Files => [.. TrainFiles, .. TestFiles];

    /// <summary>The folder below a data folder in which the files are put when they are added or fetched.</summary>
    public string Folder => TrainFiles[0].Folders[0];

    /// <summary>Reads one part from its files, which were read but not yet held against their digests.</summary>
    /// <param name="files">The files, in the order of <see cref="TrainFiles"/> or <see cref="TestFiles"/>.</param>
    /// <exception cref="InvalidDataException">A file is not in the layout; the message names it.</exception>
    public abstract LabelledImages Parse(ImmutableArray<FoundFile> files);

    /// <summary>Finds, reads and checks one part.</summary>
    /// <param name="files"><see cref="TrainFiles"/> or <see cref="TestFiles"/>.</param>
    /// <param name="folders">Where data sets are kept.</param>
    /// <param name="verify">Whether the content must be what was published.</param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not what it should be; the message names it.</exception>
    public (LabelledImages Images, ImmutableArray<FoundFile> Files) Read(
        ImmutableArray<DataFile> files, DataFolders folders, bool verify)
    {
        ImmutableArray<FoundFile> found =
            [.. files.Select(file => FoundFile.Read(file, file.Require(folders, Kind, Remedy)))];
        LabelledImages images = Parse(found); // first: it tells swapped files from damaged ones
        if (verify)
        {
            foreach (FoundFile file in found)
                file.RequireDigest();
        }

        return (images, found);
    }
}

/// <summary>A file that can be downloaded: a data file, or an archive of all of them.</summary>
/// <param name="Url">Where it lies.</param>
/// <param name="Length">Its bytes as downloaded.</param>
/// <param name="Sha256">SHA-256 of the bytes as downloaded; empty where only the decompressed content is pinned.</param>
public sealed record RemoteFile(string Url, long Length, string Sha256)
{
    /// <summary>The name at the end of the address.</summary>
    public string Name => Url[(Url.LastIndexOf('/') + 1)..];

    /// <summary>Whether it is an archive of several files.</summary>
    public bool IsArchive => Name.EndsWith(".tar.gz", StringComparison.Ordinal);
}
