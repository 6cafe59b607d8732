using System.Formats.Tar;
using System.Text;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// A bundle as one file: a tar archive without compression whose bytes depend on nothing but the bundle's files. The
/// day, the folder's name, its owner and its modes do not enter.
/// </summary>
/// <remarks>
/// One top folder, the bundle's own name; the files in the order of their paths' bytes; mode 0644, owner 0, time 0;
/// ustar, and a GNU entry where a path has more than 100 bytes. Extended headers of pax would hold a process's number.
/// </remarks>
public static class BundleArchive
{
    private const int LongestUstarName = 100;

    private const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Packs a bundle. The archive is whole or not there, however this ends.</summary>
    /// <param name="bundle">The folder of a bundle that <see cref="BundleVerifier"/> found sound.</param>
    /// <param name="file">The archive; it must not exist.</param>
    /// <param name="cancellation">Stops it before the next file.</param>
    /// <exception cref="IOException">Reading or writing failed, or the archive exists.</exception>
    /// <exception cref="InvalidDataException">The folder is no bundle.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public static void Pack(string bundle, string file, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        var target = Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(target)
            ?? throw new IOException($"'{file}' is the root of a file system, not a file");
        using var scratch = new ScratchFolder(folder);
        var draft = Path.Combine(scratch.Path, "archive");
        using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            WriteTo(stream, bundle, cancellation);
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, target, overwrite: false);
        DurableFile.SyncFolder(folder);
    }

    /// <summary>Writes the archive of a bundle.</summary>
    /// <param name="archive">Where it goes.</param>
    /// <param name="bundle">The folder of a bundle that <see cref="BundleVerifier"/> found sound.</param>
    /// <param name="cancellation">Stops it before the next file.</param>
    /// <exception cref="IOException">Reading or writing failed, or a symbolic link lies in the bundle.</exception>
    /// <exception cref="InvalidDataException">The folder is no bundle.</exception>
    internal static void WriteTo(Stream archive, string bundle, CancellationToken cancellation)
    {
        var top = TopFolder(BundleFolder.Open(bundle));
        var files = new ArtifactFolder(bundle);
        using var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var path in files.Files())
        {
            cancellation.ThrowIfCancellationRequested();
            using var content = new FileStream(
                Path.Combine(files.Root, path), FileMode.Open, FileAccess.Read, FileShare.Read);
            var entry = Entry($"{top}/{path}");
            entry.DataStream = content;
            entry.Mode = Mode;
            entry.ModificationTime = DateTimeOffset.UnixEpoch;
            writer.WriteEntry(entry);
        }
    }

    private static string TopFolder(BundleFolder bundle) =>
        bundle.PlanHash.Length >= BundleIdentity.HashDigits && BundleIdentity.IsName(bundle.Name)
            ? $"{bundle.Name}-{bundle.PlanHash[..BundleIdentity.HashDigits]}"
            : throw new InvalidDataException($"{BagLayout.Info} gives no name of a bundle");

    private static TarEntry Entry(string name) => Encoding.UTF8.GetByteCount(name) <= LongestUstarName
        ? new UstarTarEntry(TarEntryType.RegularFile, name)
        : new GnuTarEntry(TarEntryType.RegularFile, name);
}
