using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Spectral.Core.Formats;

namespace Spectral.Core.Datasets;

/// <summary>One of a user's own <c>.npy</c> files, read and checked.</summary>
/// <param name="Path">The path as the spec has it.</param>
/// <param name="Array">Its content.</param>
/// <param name="Sha256">SHA-256 of the whole file.</param>
internal sealed record ArrayFile(string Path, NpyArray Array, string Sha256)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It is missing or cannot be read; the message says what is relative to what.</exception>
    /// <exception cref="InvalidDataException">It is no such file, or in Fortran order or big endian; the message names it.</exception>
    public static ArrayFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException(
                $"{path}: found no such file, expected an .npy file (a relative path starts at the working folder, "
                + $"{Directory.GetCurrentDirectory()}; 'rerun' and 'export' look in the folder of --data, too)");
        }

        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            return new ArrayFile(path, NpyArray.Parse(bytes), ContentHash.Sha256(bytes));
        }
        catch (FormatException wrong)
        {
            string remedy = wrong.Message.Contains("Fortran", StringComparison.Ordinal)
                ? "; save numpy.ascontiguousarray(x)"
                : wrong.Message.Contains("'>", StringComparison.Ordinal) ? "; save x.astype(x.dtype.newbyteorder('<'))" : "";
            throw new InvalidDataException($"{path}: {wrong.Message}{remedy}", wrong);
        }
    }

    /// <summary>The inputs [n, ...] in binary32; bytes are pixels and are divided by 255.</summary>
    /// <exception cref="InvalidDataException">Another type, no axis of examples, no examples, NaN or infinity.</exception>
    public float[] ToInputs()
    {
        if (Array.Shape.Length < 2 || Array.Shape.Any(extent => extent < 1))
            throw Wrong($"found the shape ({string.Join(", ", Array.Shape)})", "[n, ...] with n and every other extent of 1 or more");
        float[] inputs = Array.Type switch
        {
            NpyType.Float32 => Array.ToFloats(),
            NpyType.Float64 => [.. MemoryMarshal.Cast<byte, double>(Array.Data.Span).ToArray().Select(value => (float)value)],
            NpyType.UInt8 => [.. Array.Data.ToArray().Select(value => value / 255f)],
            _ => throw Wrong($"found {Array.Type}", "float32, float64 or uint8"),
        };
        for (int at = 0; at < inputs.Length; at++)
        {
            if (!float.IsFinite(inputs[at]))
            {
                long width = inputs.Length / Array.Shape[0];
                throw Wrong(
                    string.Create(CultureInfo.InvariantCulture, $"found {inputs[at]} at example {at / width}, input {at % width}"),
                    "finite numbers in the range of float32");
            }
        }

        return inputs;
    }

    /// <summary>The labels [n], whole numbers from 0.</summary>
    /// <exception cref="InvalidDataException">Another type or shape, or a negative or huge label.</exception>
    public ImmutableArray<int> ToLabels()
    {
        if (Array.Shape.Length != 1)
            throw Wrong($"found the shape ({string.Join(", ", Array.Shape)})", "[n], one label for each example");
        long[] labels = Array.Type switch
        {
            NpyType.Int64 => Array.ToLongs(),
            NpyType.Int32 => [.. Array.ToInts().Select(label => (long)label)],
            NpyType.UInt8 => [.. Array.Data.ToArray().Select(label => (long)label)],
            _ => throw Wrong($"found {Array.Type}", "int64, int32 or uint8 labels"),
        };
        for (int example = 0; example < labels.Length; example++)
        {
            if (labels[example] is < 0 or >= Arrays.MostClasses)
            {
                throw Wrong(
                    string.Create(CultureInfo.InvariantCulture, $"found the label {labels[example]} at example {example}"),
                    string.Create(CultureInfo.InvariantCulture, $"0 to {Arrays.MostClasses - 1}"));
            }
        }

        return [.. labels.Select(label => (int)label)];
    }

    private InvalidDataException Wrong(string found, string expected) => new($"{Path}: {found}, expected {expected}");
}
