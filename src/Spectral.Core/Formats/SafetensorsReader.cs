using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Spectral.Core.Formats;

/// <summary>Reads files that may be hostile; <see cref="Safetensors.Parse"/> says what it refuses.</summary>
internal static class SafetensorsReader
{
    private const int LongestQuoted = 80;
    private const string NoObject = "safetensors: found a header that does not begin with '{'";

    private sealed record Entry(string Name, string DType, ImmutableArray<long> Shape, long Begin, long End);

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="FormatException">As <see cref="Safetensors.Parse"/> says.</exception>
    public static ImmutableArray<SafetensorsTensor> Read(ReadOnlyMemory<byte> file)
    {
        var start = Safetensors.LengthPrefix + HeaderLength(file.Span, file.Length, Safetensors.MaximumHeaderLength);
        var data = file[start..];
        return
        [
            .. Layout(file.Span[Safetensors.LengthPrefix..start], data.Length).Select(entry => new SafetensorsTensor(
                entry.Name, entry.DType, entry.Shape, data[(int)entry.Begin..(int)entry.End])),
        ];
    }

    /// <summary>Checks everything that <see cref="Read"/> does, from the header and the length alone.</summary>
    /// <param name="file">The file, at its start; it can seek.</param>
    /// <param name="longestHeader">The most bytes of a header that are read into memory.</param>
    /// <exception cref="FormatException">As <see cref="Safetensors.Parse"/> says, or a longer header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static void CheckForm(Stream file, int longestHeader)
    {
        var prefix = new byte[(int)Math.Min(file.Length, Safetensors.LengthPrefix)];
        file.ReadExactly(prefix);
        var header = new byte[HeaderLength(prefix, file.Length, longestHeader)];
        file.ReadExactly(header);
        Layout(header, file.Length - Safetensors.LengthPrefix - header.Length);
    }

    private static ImmutableArray<Entry> Layout(ReadOnlySpan<byte> header, long dataLength)
    {
        if (header[0] != '{')
            throw new FormatException(NoObject);
        var entries = Header(header).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToImmutableArray();
        long covered = 0;
        foreach (var entry in entries)
        {
            if (entry.Begin != covered)
                throw Fault(entry.Name, $"its data begin at {entry.Begin}, expected {covered}: "
                    + (entry.Begin > covered ? "a hole" : "an overlap"));
            if (entry.End > dataLength)
                throw Fault(entry.Name, $"its data end at {entry.End}, but the file holds {dataLength} bytes of data");
            covered = entry.End;
        }

        if (covered != dataLength)
            throw new FormatException($"safetensors: found {dataLength} bytes of data, expected {covered}");
        return entries;
    }

    private static int HeaderLength(ReadOnlySpan<byte> start, long fileLength, int longest)
    {
        const int prefix = Safetensors.LengthPrefix;
        if (fileLength < prefix)
            throw new FormatException($"safetensors: found a file of {fileLength} bytes, expected at least {prefix}");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (length > (ulong)longest)
            throw new FormatException($"safetensors: found a header of {length} bytes, expected at most {longest}");
        if (length > (ulong)(fileLength - prefix))
            throw new FormatException(
                $"safetensors: found {fileLength - prefix} bytes after the prefix, expected a header of {length}");
        return length == 0 ? throw new FormatException(NoObject) : (int)length;
    }

    private static List<Entry> Header(ReadOnlySpan<byte> utf8)
    {
        JsonObject header;
        try
        {
            header = CanonicalJson.Parse(utf8)!.AsObject();
        }
        catch (FormatException error)
        {
            throw new FormatException($"safetensors header: {error.Message}", error);
        }

        var entries = new List<Entry>();
        foreach (var (name, node) in header)
        {
            if (name == Safetensors.MetadataKey)
                CheckMetadata(node);
            else
                entries.Add(ReadEntry(name, node));
        }

        return entries;
    }

    private static void CheckMetadata(JsonNode? node)
    {
        if (node is not JsonObject texts
            || !texts.All(entry => entry.Value is JsonValue value && value.TryGetValue<string>(out _)))
            throw new FormatException("safetensors: __metadata__ is not an object of strings");
    }

    private static Entry ReadEntry(string name, JsonNode? node)
    {
        if (node is not JsonObject { Count: 3 } entry || entry["dtype"] is not JsonValue typeNode
            || !typeNode.TryGetValue<string>(out var dtype) || Integers(entry["shape"]) is not { } shape
            || Integers(entry["data_offsets"]) is not [var begin, var end])
            throw Fault(name, "expected exactly a dtype, a shape of integers and two data_offsets");
        if (Safetensors.Order(dtype) < 0)
            throw Fault(name, $"its dtype '{SafeText.Of(dtype, LongestQuoted)}' is unknown");
        if (Safetensors.ByteLength(dtype, shape) is not { } length)
            throw Fault(name, $"its shape [{string.Join(", ", shape)}] is negative or too large");
        if (begin < 0 || end < begin)
            throw Fault(name, $"its data_offsets [{begin}, {end}] are negative or reversed");
        if (end - begin != length)
            throw Fault(name, $"found {end - begin} bytes, expected {length} for {dtype} [{string.Join(", ", shape)}]");
        return new Entry(name, dtype, shape, begin, end);
    }

    private static ImmutableArray<long>? Integers(JsonNode? node)
    {
        if (node is not JsonArray array)
            return null;
        var integers = ImmutableArray.CreateBuilder<long>(array.Count);
        foreach (var item in array)
        {
            if (item is not JsonValue value || !value.TryGetValue<long>(out var integer))
                return null;
            integers.Add(integer);
        }

        return integers.MoveToImmutable();
    }

    private static FormatException Fault(string tensor, string what) =>
        new($"safetensors: tensor '{SafeText.Of(tensor, LongestQuoted)}': {what}");
}
