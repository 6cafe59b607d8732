using System.Globalization;
using System.IO.Compression;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Datasets;

/// <summary>A data file as it was read: where from, its decompressed content, and that content's digest.</summary>
/// <param name="File">What was looked for.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">The decompressed content: no more than the file's length and one byte.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Bytes"/>.</param>
public sealed record FoundFile(DataFile File, string Path, byte[] Bytes, string Sha256)
{
    private const int GzipMagic = 0x8b1f;

    /// <summary>
    /// Reads a file, compressed or not (its first bytes say which). Reading stops one byte past the expected length, so a
    /// small file that unpacks to a huge one takes no more memory than the real one.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is no sound gzip file; the message names it.</exception>
    public static FoundFile Read(DataFile file, string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        int first = stream.ReadByte(), second = stream.ReadByte();
        stream.Position = 0;
        if ((first | (second << 8)) != GzipMagic)
            return Of(file, path, stream);
        try
        {
            using GZipStream unpacked = new(stream, CompressionMode.Decompress);
            return Of(file, path, unpacked);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"{path}: expected a sound gzip file: {damage.Message}", damage);
        }
    }

    /// <summary>Holds the content against what was published.</summary>
    /// <exception cref="InvalidDataException">It is another; the message names the file and both digests.</exception>
    public void RequireDigest()
    {
        if (Sha256 == File.Sha256)
            return;
        string length = Bytes.LongLength == File.Length
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $" (found {(Bytes.LongLength > File.Length ? "more than " : "")}{Math.Min(Bytes.LongLength, File.Length)} bytes, expected {File.Length})");
        throw new InvalidDataException(
            $"{Path}: found content of SHA-256 {Sha256}, expected {File.Sha256}{length}: the file is damaged or another one; "
            + "get it again, or say verify: false for files of your own in this layout");
    }

    private static FoundFile Of(DataFile file, string path, Stream content)
    {
        byte[] bytes = new byte[Math.Min(file.Length + 1, 1 << 20)];
        int filled = 0;
        while (true)
        {
            int read = content.Read(bytes, filled, bytes.Length - filled);
            filled += read;
            if (read == 0 || filled > file.Length)
                break;
            if (filled == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(file.Length + 1, 2L * bytes.Length));
        }

        Array.Resize(ref bytes, filled);
        return new FoundFile(file, path, bytes, ContentHash.Sha256(bytes));
    }
}
