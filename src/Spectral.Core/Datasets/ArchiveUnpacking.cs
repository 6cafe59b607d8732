using System.Collections.Immutable;
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>
/// Takes known files out of a <c>.tar.gz</c> that is not trusted. Only files that a data set is made of are written, under
/// names of our own; an archive with a link, a device or a path that leaves its folder is refused as a whole.
/// </summary>
internal static class ArchiveUnpacking
{
    /// <summary>Bytes that an archive may hold besides the files: readmes, headers and padding.</summary>
    private const long Slack = 16 << 20;

    /// <summary>Unpacks the files into a folder.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="files">The files to take.</param>
    /// <param name="folder">An existing folder.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, hostile, too large or lacks a file; the message names it.</exception>
    public static void Into(string archive, ImmutableArray<DataFile> files, string folder, CancellationToken cancellation)
    {
        HashSet<string> taken = [];
        try
        {
            using FileStream packed = File.OpenRead(archive);
            using GZipStream unpacked = new(packed, CompressionMode.Decompress);
            using BoundedStream bounded = new(unpacked, files.Sum(file => file.Length) + Slack);
            using TarReader reader = new(bounded);
            while (reader.GetNextEntry() is { } entry)
            {
                cancellation.ThrowIfCancellationRequested();
                Require(entry);
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                    continue;
                string name = entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
                if (files.FirstOrDefault(file => file.Name == name) is not { } wanted)
                    continue;
                if (entry.Length > wanted.Length || !taken.Add(name))
                {
                    throw new InvalidDataException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"found {entry.Name} of {entry.Length} bytes, expected one {name} of {wanted.Length}"));
                }

                using FileStream target = new(Path.Combine(folder, wanted.Name), FileMode.CreateNew, FileAccess.Write);
                entry.DataStream?.CopyTo(target);
            }
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"{archive}: {damage.Message}", damage);
        }

        if (files.FirstOrDefault(file => !taken.Contains(file.Name)) is { } missing)
            throw new InvalidDataException($"{archive}: found no {missing.Name} in the archive, expected it");
    }

    private static void Require(TarEntry entry)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.Directory
            or TarEntryType.GlobalExtendedAttributes or TarEntryType.ExtendedAttributes))
        {
            throw new InvalidDataException($"found '{entry.Name}', a {entry.EntryType}, expected plain files and folders only");
        }

        if (entry.Name.StartsWith('/') || entry.Name.Contains('\\') || entry.Name.Contains(':')
            || entry.Name.Split('/').Contains(".."))
        {
            throw new InvalidDataException($"found the path '{entry.Name}', expected paths that stay in the archive's folder");
        }
    }

    /// <summary>A stream that refuses to give more than it should have.</summary>
    private sealed class BoundedStream(Stream inner, long most) : Stream
    {
        private long _given;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = inner.Read(buffer, offset, count);
            _given += read;
            return _given <= most
                ? read
                : throw new InvalidDataException($"found more than {most} unpacked bytes, expected no more");
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
