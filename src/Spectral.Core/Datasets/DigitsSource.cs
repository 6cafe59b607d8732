using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Spectral.Core.Formats;

namespace Spectral.Core.Datasets;

/// <summary>The embedded digits file: 1,797 images of 8 x 8 pixels in 0..16, one line "64 pixels, label" each.</summary>
internal static class DigitsSource
{
    /// <summary>The file's name in provenance.</summary>
    public const string Name = "digits.csv";

    /// <summary>SHA-256 of the decompressed file.</summary>
    public const string Sha256 = "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8";

    /// <summary>Pixels of an image.</summary>
    public const int Pixels = 64;

    private static readonly Lazy<(ImmutableArray<byte> Images, ImmutableArray<int> Labels)> Content = new(Read);

    /// <summary>[1797, 64], pixels in 0..16.</summary>
    public static ImmutableArray<byte> Images => Content.Value.Images;

    /// <summary>[1797], the digit that each image shows.</summary>
    public static ImmutableArray<int> Labels => Content.Value.Labels;

    private static (ImmutableArray<byte> Images, ImmutableArray<int> Labels) Read()
    {
        using Stream packed = typeof(DigitsSource).Assembly.GetManifestResourceStream("digits.csv.gz")
            ?? throw new InvalidDataException("the embedded digits.csv.gz is missing from Spectral.Core");
        using GZipStream unpacked = new(packed, CompressionMode.Decompress);
        using MemoryStream bytes = new();
        unpacked.CopyTo(bytes);
        string found = ContentHash.Sha256(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        if (found != Sha256)
            throw new InvalidDataException($"{Name}: expected SHA-256 {Sha256}, got {found}");

        ImmutableArray<byte>.Builder images = ImmutableArray.CreateBuilder<byte>();
        ImmutableArray<int>.Builder labels = ImmutableArray.CreateBuilder<int>();
        string text = Encoding.ASCII.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] cells = line.Split(',');
            images.AddRange(cells.Take(Pixels).Select(cell => byte.Parse(cell, CultureInfo.InvariantCulture)));
            labels.Add(int.Parse(cells[Pixels], CultureInfo.InvariantCulture));
        }

        return (images.ToImmutable(), labels.ToImmutable());
    }
}
