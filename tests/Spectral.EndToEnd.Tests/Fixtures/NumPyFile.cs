using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Spectral.EndToEnd.Tests.Fixtures;

/// <summary>An array of a <c>.npy</c> file (NumPy's format 1.0), read with none of the product's code.</summary>
/// <param name="Type">NumPy's name of the element type, such as <c>&lt;f8</c>.</param>
/// <param name="Shape">The extents.</param>
/// <param name="Values">The elements in row-major order, exactly.</param>
public sealed partial record NumPyFile(string Type, int[] Shape, double[] Values)
{
    /// <summary>Element (i, j) of a matrix.</summary>
    public double this[int row, int column] => Values[(row * Shape[1]) + column];

    /// <summary>The sum of squares of all elements.</summary>
    public double Energy => Values.Sum(value => value * value);

    /// <summary>Reads a file.</summary>
    public static NumPyFile Read(params string[] path)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(path));
        if (!(bytes[0] == 0x93 && bytes.AsSpan(1, 5).SequenceEqual("NUMPY"u8) && bytes[6] == 1))
            throw new InvalidDataException($"{Path.Combine(path)} is no .npy file of format 1.0");
        int length = bytes[8] + (256 * bytes[9]);
        Match header = Header().Match(Encoding.ASCII.GetString(bytes, 10, length));
        string type = header.Groups["type"].Value;
        int[] shape = [.. header.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
        Span<byte> data = bytes.AsSpan(10 + length);
        double[] values = type switch
        {
            "<f8" => MemoryMarshal.Cast<byte, double>(data).ToArray(),
            "<f4" => [.. MemoryMarshal.Cast<byte, float>(data).ToArray().Select(value => (double)value)],
            "<i8" => [.. MemoryMarshal.Cast<byte, long>(data).ToArray().Select(value => (double)value)],
            "|b1" => [.. data.ToArray().Select(value => (double)value)],
            _ => throw new InvalidDataException($"{Path.Combine(path)} has elements of type '{type}'"),
        };
        return values.Length == shape.Aggregate(1, (product, extent) => product * extent)
            ? new NumPyFile(type, shape, values)
            : throw new InvalidDataException($"{Path.Combine(path)} has {values.Length} elements of shape {string.Join(", ", shape)}");
    }

    /// <summary>Writes an array of <c>&lt;f8</c>, <c>&lt;f4</c> or <c>&lt;i8</c>.</summary>
    public static void Write(string path, string type, int[] shape, params double[] values)
    {
        string extents = string.Join(", ", shape) + (shape.Length == 1 ? "," : "");
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({extents}), }}";
        header = header.PadRight((((10 + header.Length) / 64) + 1) * 64 - 11) + "\n";
        IEnumerable<byte> data = values.SelectMany(value => type switch
        {
            "<f8" => BitConverter.GetBytes(value),
            "<f4" => BitConverter.GetBytes((float)value),
            _ => BitConverter.GetBytes((long)value),
        });
        File.WriteAllBytes(
            path,
            [
                0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8),
                .. Encoding.ASCII.GetBytes(header), .. data,
            ]);
    }

    [GeneratedRegex(@"^\{'descr': '(?<type>[^']+)', 'fortran_order': False, 'shape': \((?<shape>[0-9, ]*)\), \} *\n$")]
    private static partial Regex Header();
}
