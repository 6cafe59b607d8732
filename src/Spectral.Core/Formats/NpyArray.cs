using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Spectral.Core.Formats;

/// <summary>
/// An array as a file in NumPy's npy format, version 1.0: C order, little endian, byte for byte what
/// <c>numpy.save</c> of NumPy 1.24 writes.
/// </summary>
/// <remarks>
/// Source: NEP 1 and <c>numpy.lib.format</c>. Two arrays of equal content are not <c>==</c>, since a record compares
/// its memory by place: compare <see cref="ToBytes"/>.
/// </remarks>
public sealed record NpyArray
{
    private NpyArray(NpyType type, ImmutableArray<long> shape, ReadOnlyMemory<byte> data)
    {
        Type = type;
        Shape = shape;
        Data = data;
    }

    /// <summary>The type of the elements.</summary>
    public NpyType Type { get; }

    /// <summary>The extents, outermost first; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The elements in C order (last axis fastest), little endian.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>An array of doubles.</summary>
    /// <param name="values">The elements in C order; they are copied.</param>
    /// <param name="shape">The extents, at most 32; none makes a scalar.</param>
    /// <exception cref="ArgumentException">The shape does not hold exactly the values.</exception>
    public static NpyArray Of(ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) =>
        Create(NpyType.Float64, values, shape);

    /// <summary>An array of floats.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{double}, ReadOnlySpan{long})"/>
    public static NpyArray Of(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        Create(NpyType.Float32, values, shape);

    /// <summary>An array of 32-bit integers.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{double}, ReadOnlySpan{long})"/>
    public static NpyArray Of(ReadOnlySpan<int> values, params ReadOnlySpan<long> shape) =>
        Create(NpyType.Int32, values, shape);

    /// <summary>An array of 64-bit integers.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{double}, ReadOnlySpan{long})"/>
    public static NpyArray Of(ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        Create(NpyType.Int64, values, shape);

    /// <summary>An array of bytes.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{double}, ReadOnlySpan{long})"/>
    public static NpyArray Of(ReadOnlySpan<byte> values, params ReadOnlySpan<long> shape) =>
        Create(NpyType.UInt8, values, shape);

    /// <summary>An array of booleans.</summary>
    /// <inheritdoc cref="Of(ReadOnlySpan{double}, ReadOnlySpan{long})"/>
    public static NpyArray Of(ReadOnlySpan<bool> values, params ReadOnlySpan<long> shape)
    {
        // A bool made by unsafe code may hold any byte; the file holds 0 or 1.
        var bytes = new byte[values.Length];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = values[i] ? (byte)1 : (byte)0;
        return Create<byte>(NpyType.Boolean, bytes, shape);
    }

    /// <summary>A copy of the elements of a <see cref="NpyType.Float64"/> array, in C order.</summary>
    /// <exception cref="InvalidOperationException">The array is of another type.</exception>
    public double[] ToDoubles() => Elements<double>(NpyType.Float64);

    /// <summary>A copy of the elements of a <see cref="NpyType.Float32"/> array, in C order.</summary>
    /// <exception cref="InvalidOperationException">The array is of another type.</exception>
    public float[] ToFloats() => Elements<float>(NpyType.Float32);

    /// <summary>A copy of the elements of an <see cref="NpyType.Int32"/> array, in C order.</summary>
    /// <exception cref="InvalidOperationException">The array is of another type.</exception>
    public int[] ToInts() => Elements<int>(NpyType.Int32);

    /// <summary>A copy of the elements of an <see cref="NpyType.Int64"/> array, in C order.</summary>
    /// <exception cref="InvalidOperationException">The array is of another type.</exception>
    public long[] ToLongs() => Elements<long>(NpyType.Int64);

    /// <summary>A copy of the elements of a <see cref="NpyType.Boolean"/> array, in C order.</summary>
    /// <exception cref="InvalidOperationException">The array is of another type.</exception>
    public bool[] ToBooleans() => Elements<bool>(NpyType.Boolean);

    /// <summary>The whole file.</summary>
    public byte[] ToBytes() => [.. NpyHeader.Write(Type, Shape), .. Data.Span];

    /// <summary>Reads a whole file from a source that is not trusted. The data are not copied.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <exception cref="FormatException">
    /// A wrong magic string; a version other than 1.0 (others exist for headers over 64 KiB and Unicode field names,
    /// which none of these types needs); a header that is not a dict of exactly descr, fortran_order and shape; an
    /// element type outside <see cref="NpyType"/>, such as objects or big endian; Fortran order; a negative or
    /// overflowing shape; data that are longer or shorter than the shape says; a boolean that is neither 0 nor 1. The
    /// message says what was found and what was expected.
    /// </exception>
    public static NpyArray Parse(ReadOnlyMemory<byte> file)
    {
        var (type, shape, start) = Layout(file.Span, file.Length);
        var data = file[start..];
        if (type == NpyType.Boolean && data.Span.IndexOfAnyExceptInRange((byte)0, (byte)1) is >= 0 and var at)
            throw new FormatException($"npy: found the boolean {data.Span[at]} at element {at}, expected 0 or 1");
        return new NpyArray(type, shape, data);
    }

    /// <summary>
    /// Checks everything that <see cref="Parse"/> does but the booleans, from the prefix and the length alone.
    /// </summary>
    /// <param name="file">The file, at its start; it can seek.</param>
    /// <exception cref="FormatException">As <see cref="Parse"/> says.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static void CheckForm(Stream file)
    {
        var prefix = new byte[(int)Math.Min(file.Length, NpyHeader.LongestPrefix)];
        file.ReadExactly(prefix);
        Layout(prefix, file.Length);
    }

    private static (NpyType Type, ImmutableArray<long> Shape, int DataStart) Layout(
        ReadOnlySpan<byte> prefix, long fileLength)
    {
        var (type, shape, start) = NpyHeader.Read(prefix);
        var size = NpyHeader.ElementSize(type);
        if (!ElementCount.TryOf(shape.AsSpan(), size, out var count))
            throw new FormatException($"npy: found the shape ({string.Join(", ", shape)}), "
                + "expected extents of 0 or more whose product fits in 64 bits");
        if (fileLength - start != count * size)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture,
                $"npy: found {fileLength - start} bytes of data, expected {count * size} for {count} elements of {type}"));
        return (type, shape, start);
    }

    private static NpyArray Create<T>(NpyType type, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("npy data are written on little-endian machines only");
        if (shape.Length > NpyHeader.MaximumRank)
            throw new ArgumentException($"NumPy has at most {NpyHeader.MaximumRank} axes, got {shape.Length}");
        if (!ElementCount.TryOf(shape, NpyHeader.ElementSize(type), out var count) || count != values.Length)
        {
            var extents = string.Join(", ", shape.ToArray());
            throw new ArgumentException($"the shape ({extents}) does not hold exactly {values.Length} values");
        }

        return new NpyArray(type, [.. shape], MemoryMarshal.AsBytes(values).ToArray());
    }

    private T[] Elements<T>(NpyType type) where T : unmanaged => Type == type
        ? MemoryMarshal.Cast<byte, T>(Data.Span).ToArray()
        : throw new InvalidOperationException($"the array holds {Type}, not {type}");
}
