using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>
/// The safetensors format: an 8-byte length, a JSON header, then the tensors' bytes. Written exactly as the reference
/// writer in Rust lays it out, so that equal tensors make equal files; read strictly.
/// </summary>
/// <remarks>Source: the format's description and <c>tensor.rs</c> in github.com/huggingface/safetensors.</remarks>
public static class Safetensors
{
    /// <summary>The longest header that a reader accepts, in bytes.</summary>
    public const int MaximumHeaderLength = 100_000_000;

    internal const string MetadataKey = "__metadata__";
    internal const int LengthPrefix = sizeof(ulong);

    // In the reference writer's order, which within a size is its own: it sorts by the later type first.
    private static readonly ImmutableArray<(string Name, int Size)> DTypes =
    [
        ("BOOL", 1), ("U8", 1), ("I8", 1), ("I16", 2), ("U16", 2), ("F16", 2), ("BF16", 2),
        ("I32", 4), ("U32", 4), ("F32", 4), ("F64", 8), ("I64", 8), ("U64", 8),
    ];

    /// <summary>Writes a whole file.</summary>
    /// <remarks>
    /// Tensors come by descending element size, within it by the reference's order of types (U64, I64, F64, F32, U32,
    /// I32, BF16, F16, U16, I16, I8, U8, BOOL), then by the UTF-8 bytes of the name. Metadata come by key, where the
    /// reference leaves the order to chance.
    /// </remarks>
    /// <param name="tensors">The tensors, in any order.</param>
    /// <param name="metadata">Free text by key; null writes none, an empty one an empty object.</param>
    /// <exception cref="ArgumentException">
    /// Two tensors share a name; a name is <c>__metadata__</c>; a type is unknown; a shape does not fit the data; a
    /// name or a text is not well-formed Unicode; the header would be too long.
    /// </exception>
    public static byte[] Serialize(
        IEnumerable<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var sorted = tensors
            .OrderByDescending(tensor => Order(tensor.DType))
            .ThenBy(tensor => tensor.Name, Utf8Order.Instance)
            .ToImmutableArray();
        var names = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
        foreach (var tensor in sorted)
        {
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"the tensor name '{tensor.Name}' is taken", nameof(tensors));
            if (ByteLength(tensor.DType, tensor.Shape) != tensor.Data.Length)
                throw new ArgumentException($"the shape of tensor '{tensor.Name}' does not fit its "
                    + $"{tensor.Data.Length} bytes of {tensor.DType}", nameof(tensors));
        }

        var header = Encoding.UTF8.GetBytes(Header(sorted, metadata));
        var headerLength = (header.Length + 7) / 8 * 8;
        if (headerLength > MaximumHeaderLength)
            throw new ArgumentException($"the header would have {headerLength} bytes, over {MaximumHeaderLength}");

        var at = LengthPrefix + headerLength;
        var file = new byte[at + sorted.Sum(tensor => (long)tensor.Data.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)headerLength);
        header.CopyTo(file.AsSpan(LengthPrefix));
        file.AsSpan((LengthPrefix + header.Length)..at).Fill((byte)' ');
        foreach (var tensor in sorted)
        {
            tensor.Data.Span.CopyTo(file.AsSpan(at));
            at += tensor.Data.Length;
        }

        return file;
    }

    /// <summary>Reads a whole file from a source that is not trusted. The data are not copied.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <returns>The tensors in the order of their data; metadata are checked and left out.</returns>
    /// <exception cref="FormatException">
    /// A header that is longer than the file or than <see cref="MaximumHeaderLength"/>, does not begin with '{', is
    /// not JSON, holds a key twice or metadata that are not text; an entry of other than dtype, shape and
    /// data_offsets; an unknown type; offsets that leave a hole, overlap, or do not fit type and shape; bytes left
    /// over. The message names the tensor.
    /// </exception>
    public static ImmutableArray<SafetensorsTensor> Parse(ReadOnlyMemory<byte> file) => SafetensorsReader.Read(file);

    /// <summary>The bytes that a tensor takes; null for an unknown type or an impossible shape.</summary>
    internal static long? ByteLength(string dtype, ImmutableArray<long> shape)
    {
        var order = Order(dtype);
        return order >= 0 && ElementCount.TryOf(shape.AsSpan(), DTypes[order].Size, out var count)
            ? count * DTypes[order].Size
            : null;
    }

    /// <summary>Where a type stands in the reference writer's list; -1 for an unknown one.</summary>
    internal static int Order(string dtype)
    {
        for (var i = 0; i < DTypes.Length; i++)
        {
            if (DTypes[i].Name == dtype)
                return i;
        }

        return -1;
    }

    private static string Header(
        ImmutableArray<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var entries = new List<string>();
        if (metadata is not null)
        {
            var texts = metadata.OrderBy(entry => entry.Key, Utf8Order.Instance)
                .Select(entry => $"{Quoted(entry.Key)}:{Quoted(entry.Value)}");
            entries.Add($"\"{MetadataKey}\":{{{string.Join(',', texts)}}}");
        }

        long begin = 0;
        foreach (var tensor in tensors)
        {
            var end = begin + tensor.Data.Length;
            entries.Add(string.Create(CultureInfo.InvariantCulture,
                $"{Quoted(tensor.Name)}:{{\"dtype\":\"{tensor.DType}\",\"shape\":[{string.Join(',', tensor.Shape)}],"
                + $"\"data_offsets\":[{begin},{end}]}}"));
            begin = end;
        }

        return $"{{{string.Join(',', entries)}}}";
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder();
        JsonText.AppendString(quoted, text); // serde_json, the reference's writer, escapes by the same rules
        return quoted.ToString();
    }
}
