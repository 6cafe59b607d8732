using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Spectral.EndToEnd.Tests.Fixtures;

namespace Spectral.EndToEnd.Tests.Hostile;

/// <summary>One way to make an archive that does harm: what is made of the bytes of a sound one.</summary>
/// <param name="Name">What was done, in a few words.</param>
/// <param name="Forge">Makes it of a sound archive and the name of its top folder.</param>
public sealed record HostileArchive(string Name, Func<byte[], string, byte[]> Forge);

/// <summary>Archives that no 'bundle pack' made.</summary>
internal static class HostileArchives
{
    private const int Block = TarBlocks.Block;

    private static readonly ImmutableArray<(string What, Func<string, string> Name)> Names =
    [
        ("that climbs out", _ => "../evil"),
        ("that climbs out of its folder", top => top + "/../evil"),
        ("that climbs far out", top => top + "/../../../../../../tmp/evil"),
        ("that is absolute", _ => "/tmp/evil"),
        ("that a shell expands", _ => "~/evil"),
        ("with a drive", _ => "C:/evil"),
        ("with a backslash", top => top + "/data\\evil"),
        ("with a newline", top => top + "/a\nb"),
        ("with an escape sequence", top => top + "/\u001b[2J"),
        ("that is empty", _ => ""),
        ("in another folder", _ => "another/evil"),
        ("in no folder", _ => "evil"),
        ("with an empty segment", top => top + "//evil"),
        ("with a point for a segment", top => top + "/./evil"),
        ("that ends as a folder", top => top + "/evil/"),
        ("of a file of the bundle, a second time", top => top + "/bagit.txt"),
        ("that makes a folder of a file", top => top + "/bagit.txt/evil"),
        ("that makes a file of a folder", top => top + "/data"),
        ("of a file that no manifest lists", top => top + "/data/evil"),
        ("of a signature of nobody", top => top + "/attest/readme.txt"),
    ];

    private static readonly ImmutableArray<(string What, char Type)> Types =
    [
        ("a hard link", '1'), ("a symbolic link", '2'), ("a device of letters", '3'), ("a device of blocks", '4'), ("a folder", '5'),
        ("a pipe", '6'), ("a contiguous file", '7'), ("an extended header", 'x'), ("a global header", 'g'), ("a file with holes", 'S'),
        ("a long link", 'K'), ("a volume's rest", 'M'), ("a volume's name", 'V'), ("a file of the old form", '\0'), ("an unknown type", 'Z'),
    ];

    /// <summary>All of them.</summary>
    public static ImmutableArray<HostileArchive> All { get; } =
    [
        .. Names.Select(row => new HostileArchive($"a name {row.What}", (sound, top) => [.. TarBlocks.Entry(row.Name(top), "x"u8.ToArray()), .. sound])),
        .. Names.Select(row => new HostileArchive($"at the end a name {row.What}", (sound, top) => [.. sound[..^End(sound)], .. TarBlocks.Entry(row.Name(top), "x"u8.ToArray()), .. TarBlocks.End])),
        .. Types.Select(row => new HostileArchive($"among the files {row.What}", (sound, top) => [.. TarBlocks.Entry(top + "/evil", [], row.Type, link: "/etc/passwd"), .. sound])),
        .. Types.Select(row => new HostileArchive($"in a file's place {row.What}", (sound, _) => Header(sound, header => header[156] = (byte)row.Type))),
        new("a link, then a file through it", (sound, top) => [.. TarBlocks.Entry(top, [], '2', link: "/tmp"), .. TarBlocks.Entry(top + "/evil", "x"u8.ToArray()), .. sound]),
        new("nothing", (_, _) => []),
        new("one byte", (_, _) => [0]),
        new("empty blocks", (_, _) => TarBlocks.End),
        new("a million empty bytes", (_, _) => new byte[1_000_000]),
        new("no end", (sound, _) => sound[..^End(sound)]),
        new("half an end", (sound, _) => sound[..^Block]),
        new("an end cut short", (sound, _) => sound[..^1]),
        new("a header cut short", (sound, _) => sound[..300]),
        new("a content cut short", (sound, _) => sound[..(sound.Length / 2)]),
        new("a byte behind the end", (sound, _) => [.. sound, 0]),
        new("empty blocks behind the end", (sound, _) => [.. sound, .. TarBlocks.End]),
        new("a second archive behind the end", (sound, _) => [.. sound, .. sound]),
        new("a program behind the end", (sound, _) => [.. sound, .. "#!/bin/sh\n"u8]),
        new("a checksum that does not hold", (sound, _) => Byte(sound, 148, '7')),
        new("a checksum that is no number", (sound, _) => Byte(sound, 148, 'x')),
        new("a mode that no checksum covers", (sound, _) => Byte(sound, 105, '7')),
        new("a mode with all rights", (sound, _) => Header(sound, header => TarBlocks.Put(header, 100, "0007777"))),
        new("an owner", (sound, _) => Header(sound, header => TarBlocks.Put(header, 108, "0001750"))),
        new("an owner's name", (sound, _) => Header(sound, header => TarBlocks.Put(header, 265, "root"))),
        new("a time", (sound, _) => Header(sound, header => TarBlocks.Put(header, 136, "14000000000"))),
        new("a prefix that climbs out", (sound, _) => Header(sound, header => TarBlocks.Put(header, 345, ".."))),
        new("another name of the top folder", (sound, top) => Renamed(sound, top, "x" + top[1..])),
        new("no magic", (sound, _) => Header(sound, header => header.AsSpan(257, 8).Clear())),
        new("a size in base 256", (sound, _) => Header(sound, header => header[124] = 0x80)),
        new("a negative size in base 256", (sound, _) => Header(sound, header => header.AsSpan(124, 12).Fill(0xff))),
        new("a size with a sign", (sound, _) => Header(sound, header => TarBlocks.Put(header, 124, "-0000000001"))),
        new("a size that is no number", (sound, _) => Header(sound, header => TarBlocks.Put(header, 124, "99999999999"))),
        new("an empty size", (sound, _) => Header(sound, header => header.AsSpan(124, 12).Clear())),
        new("a size of 8 GB", (sound, top) => [.. TarBlocks.Entry(top + "/evil", [], size: "77777777777"), .. sound]),
        new("a size of 1 GB that is not there", (sound, top) => [.. TarBlocks.Entry(top + "/evil", [], size: "10000000000"), .. sound]),
        new("a size one too large", (sound, _) => Header(sound, header => header[134]++)),
        new("a name of 1 GB", (sound, _) => [.. TarBlocks.Entry("././@LongLink", [], 'L', size: "10000000000"), .. sound]),
        new("a name of 1 MB", (sound, _) => [.. TarBlocks.Entry("././@LongLink", new byte[1 << 20], 'L'), .. sound]),
        new("a name of 3,000 bytes", (sound, top) => [.. TarBlocks.Entry("././@LongLink", Encoding.UTF8.GetBytes(top + "/" + string.Concat(Enumerable.Repeat("abc/", 740)) + "x\0"), 'L'), .. TarBlocks.Entry("x", []), .. sound]),
        new("a segment of 300 bytes", (sound, top) => [.. TarBlocks.Entry("././@LongLink", Encoding.UTF8.GetBytes(top + "/" + new string('a', 300) + "\0"), 'L'), .. TarBlocks.Entry("x", []), .. sound]),
        new("a long name that climbs out", (sound, top) => [.. TarBlocks.Entry("././@LongLink", Encoding.UTF8.GetBytes(top + "/../../../../../../../../../tmp/evil\0"), 'L'), .. TarBlocks.Entry("x", []), .. sound]),
        new("a long name and no file", (sound, top) => [.. sound[..^End(sound)], .. TarBlocks.Entry("././@LongLink", Encoding.UTF8.GetBytes(top + "/x\0"), 'L'), .. TarBlocks.End]),
        new("two long names for one file", (sound, top) => [.. TarBlocks.Entry("././@LongLink", Encoding.UTF8.GetBytes(top + "/x\0"), 'L'), .. TarBlocks.Entry("././@LongLink", Encoding.UTF8.GetBytes(top + "/y\0"), 'L'), .. sound]),
        new("a name that is not UTF-8", (sound, top) => [.. TarBlocks.Entry(top + "/x", [], edit: header => header[top.Length + 1] = 0xff), .. sound]),
        new("a name with a zero in it", (sound, top) => [.. TarBlocks.Entry(top + "/a\0b", "x"u8.ToArray()), .. sound]),
        new("a target on a plain file", (sound, _) => Header(sound, header => TarBlocks.Put(header, 157, "/etc/passwd"))),
        new("letters in the padding", (sound, _) => Padding(sound)),
        new("a changed byte of a file", (sound, _) => Byte(sound, Block + 10, '!')),
        new("a compressed archive", (sound, _) => Compressed(sound)),
        new("a zip file", (_, _) => [.. "PK\u0003\u0004"u8, .. new byte[2000]]),
        new("text", (_, _) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("not an archive\n", 1000)))),
        new("100,000 headers of folders", (_, top) => [.. Enumerable.Repeat(TarBlocks.Entry(top + "/d", [], '5'), 2000).SelectMany(entry => entry), .. TarBlocks.End]),
        new("a file less", (sound, _) => [.. sound[FirstEntry(sound)..]]),
        new("the first file last", (sound, _) => [.. sound[FirstEntry(sound)..^End(sound)], .. sound[..FirstEntry(sound)], .. TarBlocks.End]),
    ];

    private static int End(byte[] sound)
    {
        int zeros = sound.Length - 1 - sound.AsSpan().LastIndexOfAnyExcept((byte)0);
        return Math.Min(zeros, 2 * Block);
    }

    private static int FirstEntry(byte[] sound)
    {
        int size = Convert.ToInt32(Encoding.ASCII.GetString(sound, 124, 11), 8);
        return Block + (size + Block - 1) / Block * Block;
    }

    private static byte[] Byte(byte[] sound, int at, char letter)
    {
        byte[] changed = [.. sound];
        changed[at] = (byte)letter;
        return changed;
    }

    private static byte[] Header(byte[] sound, Action<byte[]> edit)
    {
        byte[] header = sound[..Block];
        edit(header);
        TarBlocks.Seal(header);
        return [.. header, .. sound[Block..]];
    }

    private static byte[] Padding(byte[] sound)
    {
        byte[] changed = [.. sound];
        changed[FirstEntry(sound) - 1] = (byte)'!';
        return changed;
    }

    private static byte[] Renamed(byte[] sound, string top, string other)
    {
        byte[] changed = [.. sound], name = Encoding.UTF8.GetBytes(top + "/");
        for (int at = 0; at + Block <= changed.Length; at += Block)
        {
            if (!changed.AsSpan(at).StartsWith(name))
                continue;
            TarBlocks.Put(changed.AsSpan(at), 0, other);
            if (changed.AsSpan(at + 257).StartsWith("ustar"u8))
                TarBlocks.Seal(changed.AsSpan(at, Block));
        }

        return changed;
    }

    private static byte[] Compressed(byte[] sound)
    {
        using MemoryStream stream = new();
        using (GZipStream zip = new(stream, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(sound);
        return stream.ToArray();
    }
}
