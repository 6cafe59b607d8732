using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>The prefix of an npy 1.0 file: magic, version, length and the dict in Python's notation.</summary>
internal static class NpyHeader
{
    /// <summary>The most axes that NumPy 1.24 allows; with them every header fits in version 1.0.</summary>
    public const int MaximumRank = 32;

    /// <summary>The longest prefix of a file of version 1.0: all that <see cref="Read"/> looks at.</summary>
    public const int LongestPrefix = PrefixLength + ushort.MaxValue;

    private const int PrefixLength = 10;
    private const int Alignment = 64;

    // NumPy leaves room to grow the first extent in place to its 21 digits.
    private const int GrowthDigits = 21;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static readonly ImmutableArray<(NpyType Type, string Descr, int Size)> Types =
    [
        (NpyType.Float32, "<f4", 4),
        (NpyType.Float64, "<f8", 8),
        (NpyType.Int32, "<i4", 4),
        (NpyType.Int64, "<i8", 8),
        (NpyType.UInt8, "|u1", 1),
        (NpyType.Boolean, "|b1", 1),
    ];

    /// <summary>The bytes of one element.</summary>
    public static int ElementSize(NpyType type) => Types.First(row => row.Type == type).Size;

    /// <summary>Everything before the data, as <c>numpy.lib.format</c> of NumPy 1.24 lays it out.</summary>
    public static byte[] Write(NpyType type, ImmutableArray<long> shape)
    {
        var descr = Types.First(row => row.Type == type).Descr;
        var extents = shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)).ToArray();
        var tuple = extents.Length == 1 ? $"({extents[0]},)" : $"({string.Join(", ", extents)})";
        var growth = extents.Length == 0 ? 0 : GrowthDigits - extents[0].Length;
        var dict = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {tuple}, }}" + new string(' ', growth);

        // As NumPy does, a prefix that is aligned already gets a whole further block of spaces.
        var padding = Alignment - (PrefixLength + dict.Length + 1) % Alignment;
        var text = Encoding.ASCII.GetBytes(dict + new string(' ', padding) + "\n");
        var length = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, checked((ushort)text.Length));
        return [.. Magic, 1, 0, .. length, .. text];
    }

    /// <summary>Reads and checks everything before the data.</summary>
    /// <returns>The type, the shape (not yet checked for size), and where the data start.</returns>
    /// <exception cref="FormatException">As <see cref="NpyArray.Parse"/> says.</exception>
    public static (NpyType Type, ImmutableArray<long> Shape, int DataStart) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < PrefixLength)
            throw new FormatException($"npy: found a file of {file.Length} bytes, expected at least {PrefixLength}");
        if (!file.StartsWith(Magic))
            throw new FormatException(
                $"npy: found the magic string {Convert.ToHexStringLower(file[..Magic.Length])}, expected 934e554d5059");
        if (file[6] != 1 || file[7] != 0)
            throw new FormatException($"npy: found version {file[6]}.{file[7]}, expected 1.0");
        var length = BinaryPrimitives.ReadUInt16LittleEndian(file[8..]);
        if (file.Length < PrefixLength + length)
            throw new FormatException(
                $"npy: found {file.Length - PrefixLength} bytes after the prefix, expected a header of {length}");

        var header = NpyDict.Parse(Encoding.Latin1.GetString(file.Slice(PrefixLength, length)));
        var row = Types.FirstOrDefault(row => row.Descr == header.Descr);
        if (row.Descr is null)
            throw new FormatException($"npy: found the element type '{SafeText.Of(header.Descr, 20)}', expected one of "
                + string.Join(", ", Types.Select(known => known.Descr)));
        if (header.FortranOrder)
            throw new FormatException("npy: found Fortran order, expected C order");
        if (header.Shape.Length > MaximumRank)
            throw new FormatException($"npy: found {header.Shape.Length} axes, expected at most {MaximumRank}");
        return (row.Type, header.Shape, PrefixLength + length);
    }
}
