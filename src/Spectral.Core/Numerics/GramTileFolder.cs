using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Spectral.Core.Formats;

namespace Spectral.Core.Numerics;

/// <summary>
/// Finished tiles of a Gram matrix on disk, so that a computation that was killed goes on where it stood. A tile's file
/// is the SHA-256 of key, name and numbers, then the numbers (binary64, little endian, row-major): a file of another
/// key, a damaged or a foreign one is not taken.
/// </summary>
/// <param name="Folder">The folder; it is created by the first tile. One key at a time may use it.</param>
/// <param name="Key">
/// What stands for everything that the numbers depend on (network, weights, inputs, columns): computations with equal
/// keys have equal bits.
/// </param>
public sealed record GramTileFolder(string Folder, string Key)
{
    /// <summary>Whether the folder holds such a tile; fills the numbers if it does.</summary>
    /// <param name="name">The tile's name.</param>
    /// <param name="numbers">Receives the tile; left as it was, or spoilt, where there is none.</param>
    internal bool TryRead(string name, Span<double> numbers)
    {
        string path = PathOf(name);
        long length = SHA256.HashSizeInBytes + ((long)numbers.Length * sizeof(double));
        if (!File.Exists(path) || new FileInfo(path).Length != length)
            return false;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        using FileStream file = File.OpenRead(path);
        file.ReadExactly(digest);
        file.ReadExactly(MemoryMarshal.AsBytes(numbers));
        return digest.SequenceEqual(Digest(name, numbers));
    }

    /// <summary>Writes a tile, whole or not at all.</summary>
    /// <exception cref="IOException">The disk is full, and so on.</exception>
    internal void Write(string name, ReadOnlySpan<double> numbers) =>
        DurableFile.Write(PathOf(name), [.. Digest(name, numbers), .. MemoryMarshal.AsBytes(numbers)]);

    /// <summary>Removes a tile that a later one replaces.</summary>
    internal void Remove(string name) => File.Delete(PathOf(name));

    /// <summary>The name of a tile.</summary>
    /// <param name="blocks">Canonical blocks of a side of a full tile.</param>
    /// <param name="row">The tile's row.</param>
    /// <param name="column">The tile's column.</param>
    /// <param name="terms">How many terms its numbers hold, counted from the first.</param>
    internal static string NameOf(int blocks, int row, int column, int terms) =>
        string.Create(CultureInfo.InvariantCulture, $"side{blocks}-row{row}-column{column}-terms{terms}.tile");

    private string PathOf(string name) => Path.Combine(Folder, name);

    private byte[] Digest(string name, ReadOnlySpan<double> numbers)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Key + "\n" + name + "\n"));
        hash.AppendData(MemoryMarshal.AsBytes(numbers));
        return hash.GetHashAndReset();
    }
}
