using System.Globalization;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>
/// A first look at an archive that is not trusted, before any library reads it: plain files only, sizes that fit into
/// the archive, checksums that hold, nothing behind the end. Nothing is written, and nothing declared is allocated.
/// </summary>
/// <remarks>Source: POSIX.1-2017, pax, "ustar Interchange Format"; the GNU entry for long names is its type L.</remarks>
internal static class TarScan
{
    private const int Block = 512;
    private const int SizeAt = 124, ChecksumAt = 148, ChecksumLength = 8, TypeAt = 156, MagicAt = 257;
    private const int LongestLongName = 4096;

    /// <summary>Reads every header, and no content.</summary>
    /// <param name="archive">The archive, at its start; it can seek.</param>
    /// <param name="cancellation">Stops it before the next header.</param>
    /// <exception cref="InvalidDataException">The first fault, with its offset.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void Check(Stream archive, CancellationToken cancellation)
    {
        var header = new byte[Block];
        var entries = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var at = archive.Position;
            if (archive.ReadAtLeast(header, Block, throwOnEndOfStream: false) < Block)
                throw Fault(at, "the archive ends here", "an end of two empty blocks; it may be cut short");
            if (!header.AsSpan().ContainsAnyExcept((byte)0))
            {
                if (entries == 0)
                    throw Fault(at, "an empty archive", "the files of a bundle");
                if (archive.Length - archive.Position != Block)
                    throw Fault(at, $"{archive.Length - archive.Position} bytes behind the end", $"one more block of {Block}");
                return;
            }

            archive.Position += Padded(ContentLength(header, at, archive.Length - archive.Position));
            entries++;
        }
    }

    private static long ContentLength(ReadOnlySpan<byte> header, long at, long rest)
    {
        if (!header[MagicAt..].StartsWith("ustar"u8))
            throw Fault(at, "no 'ustar' in a header", "an uncompressed tar archive of a bundle");
        var sum = Sum(header);
        if (Octal(header.Slice(ChecksumAt, ChecksumLength)) != sum)
            throw Fault(at, "a header whose checksum does not hold", $"the sum {sum}");
        if (Octal(header[SizeAt..(SizeAt + 12)]) is not { } size)
            throw Fault(at, "a size that is no octal number", "at most 11 octal digits");
        var type = (char)header[TypeAt];
        if (type is not ('0' or 'L'))
            throw Fault(at, Kind(type), "plain files only");
        var largest = type == 'L' ? LongestLongName : BagLayout.LargestFile;
        if (size > largest)
            throw Fault(at, $"an entry of {size} bytes", $"at most {largest}");
        return Padded(size) <= rest
            ? size
            : throw Fault(at, $"an entry of {size} bytes", $"at most {rest}, the rest of the archive; it may be cut short");
    }

    private static int Sum(ReadOnlySpan<byte> header)
    {
        var sum = ChecksumLength * ' ';
        for (var i = 0; i < Block; i++)
            sum += i is >= ChecksumAt and < ChecksumAt + ChecksumLength ? 0 : header[i];
        return sum;
    }

    // Null for anything but octal digits between spaces, ended by a space or a zero.
    private static long? Octal(ReadOnlySpan<byte> field)
    {
        var digits = field.TrimStart((byte)' ');
        var end = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'7');
        if (end <= 0 || digits[end] is not (0 or (byte)' '))
            return null;
        long value = 0;
        foreach (var digit in digits[..end])
            value = value * 8 + (digit - '0');
        return value;
    }

    private static long Padded(long size) => (size + Block - 1) / Block * Block;

    private static string Kind(char type) => type switch
    {
        '\0' => "an entry of the old form without a type",
        '1' => "a hard link",
        '2' => "a symbolic link",
        '3' or '4' => "a device",
        '5' => "a folder",
        '6' => "a pipe",
        'x' or 'g' => "an extended header",
        'S' => "a file with holes",
        _ => $"an entry of the unknown type '{SafeText.Of(type.ToString(), 1)}'",
    };

    private static InvalidDataException Fault(long at, string found, string expected) => new(
        string.Create(CultureInfo.InvariantCulture, $"byte {at}: found {found}, expected {expected}"));
}
