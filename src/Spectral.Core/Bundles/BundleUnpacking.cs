using System.Formats.Tar;
using System.Text;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// Takes a bundle out of an archive that is not trusted. What is accepted is exactly what
/// <see cref="BundleArchive"/> writes for a sound bundle, byte for byte; anything else leaves nothing behind.
/// </summary>
public static class BundleUnpacking
{
    private const int LongestPath = 1024;
    private const int LongestSegment = 255;

    /// <summary>Unpacks into a hidden folder, verifies, and renames.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="outFolder">Where the bundle will stand under its own name; made where it is missing.</param>
    /// <param name="cancellation">Stops it before the next file.</param>
    /// <returns>The absolute path of the bundle.</returns>
    /// <exception cref="InvalidDataException">The archive is none of a sound bundle; the message says where.</exception>
    /// <exception cref="BundleExistsException">Something of the bundle's name stands there already.</exception>
    /// <exception cref="IOException">The disk refused.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static string Unpack(string file, string outFolder, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentException.ThrowIfNullOrEmpty(outFolder);
        if (!RegularFile.Is(new FileInfo(file)))
            throw new InvalidDataException("found a pipe, socket or device, expected a tar archive");
        using var archive = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        TarScan.Check(archive, cancellation);
        using var scratch = new ScratchFolder(outFolder);
        archive.Position = 0;
        var bundle = Path.Combine(scratch.Path, Extract(archive, scratch.Path, cancellation));
        if (BundleVerifier.VerifyUntil(bundle, cancellation) is [var problem, ..])
            throw new InvalidDataException(
                $"the bundle in it: {problem.Path}: found {problem.Found}, expected {problem.Expected}");
        archive.Position = 0;
        var due = new ComparingStream(archive);
        BundleArchive.WriteTo(due, bundle, cancellation);
        due.End();
        var target = Path.Combine(Path.GetFullPath(outFolder), Path.GetFileName(bundle));
        if (Path.Exists(target))
            throw new BundleExistsException(target);
        DurableFile.SyncFolder(bundle);
        Directory.Move(bundle, target);
        DurableFile.SyncFolder(Path.GetDirectoryName(target)!);
        return target;
    }

    private static string Extract(Stream archive, string into, CancellationToken cancellation)
    {
        var (files, folders) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        string? top = null;
        using var reader = new TarReader(archive, leaveOpen: true);
        while (Next(reader) is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            var name = entry.Name;
            if (NameFault(name) is { } fault)
                throw new InvalidDataException($"found the name '{SafeText.Of(name, LongestPath)}', but {fault}");
            top ??= name.Split('/')[0];
            if (!name.StartsWith(top + "/", StringComparison.Ordinal))
                throw new InvalidDataException($"found '{name}' outside the folder '{top}', expected one folder");
            if (!files.Add(name))
                throw new InvalidDataException($"found '{name}' a second time, expected each file once");
            var isBoth = folders.Contains(name);
            for (var parent = Parent(name); parent.Length > 0; parent = Parent(parent))
                isBoth |= folders.Add(parent) && files.Contains(parent);
            if (isBoth)
                throw new InvalidDataException($"found '{name}', which is a file and a folder at once");
            Write(entry, Path.Combine(into, name));
        }

        return top ?? throw new InvalidDataException("found an empty archive, expected the files of a bundle");
    }

    // The scan has seen every header; what the library still refuses is as much the archive's fault.
    private static TarEntry? Next(TarReader reader)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or OverflowException)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    private static string? NameFault(string name) => ArtifactName.Fault(name)
        ?? (!name.Contains('/') ? "it lies in no folder"
            : Encoding.UTF8.GetByteCount(name) > LongestPath ? $"it has more than {LongestPath} bytes"
            : name.Split('/').Any(segment => Encoding.UTF8.GetByteCount(segment) > LongestSegment)
                ? $"a segment has more than {LongestSegment} bytes"
            : null);

    private static string Parent(string name) => name.LastIndexOf('/') is > 0 and var slash ? name[..slash] : "";

    private static void Write(TarEntry entry, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        entry.DataStream?.CopyTo(file);
        file.Flush(flushToDisk: true);
    }
}
