using System.Text;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>Tar archives block by block, for headers that no library would write.</summary>
public static class TarBlocks
{
    /// <summary>The bytes of a block.</summary>
    public const int Block = 512;

    /// <summary>The two empty blocks at an archive's end.</summary>
    public static byte[] End => new byte[2 * Block];

    /// <summary>One entry: a header with a checksum that holds, and padded content.</summary>
    /// <param name="name">The name, at most 100 bytes.</param>
    /// <param name="content">The content that follows.</param>
    /// <param name="type">The type: '0' is a plain file.</param>
    /// <param name="size">The size that the header declares, where it is not the content's.</param>
    /// <param name="link">The target of a link.</param>
    /// <param name="edit">Changes the header before its checksum is computed.</param>
    public static byte[] Entry(
        string name, byte[] content, char type = '0', string? size = null, string link = "", Action<byte[]>? edit = null)
    {
        byte[] header = new byte[Block];
        Put(header, 0, name);
        Put(header, 100, "0000644\0");
        Put(header, 108, "0000000\0");
        Put(header, 116, "0000000\0");
        Put(header, 124, (size ?? Convert.ToString(content.Length, 8).PadLeft(11, '0')) + "\0");
        Put(header, 136, "00000000000\0");
        header[156] = (byte)type;
        Put(header, 157, link);
        Put(header, 257, "ustar\00000");
        edit?.Invoke(header);
        Seal(header);
        return [.. header, .. content, .. new byte[(Block - content.Length % Block) % Block]];
    }

    /// <summary>Makes a header's checksum hold.</summary>
    public static void Seal(Span<byte> header)
    {
        header.Slice(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte one in header[..Block])
            sum += one;
        Put(header, 148, Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
    }

    /// <summary>Puts a text into a header.</summary>
    public static void Put(Span<byte> header, int at, string text) => Encoding.UTF8.GetBytes(text).CopyTo(header[at..]);
}
