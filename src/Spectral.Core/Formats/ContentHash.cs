using System.Security.Cryptography;

namespace Spectral.Core.Formats;

/// <summary>Digests of bytes and files as lower-case hexadecimal, the form that <c>sha512sum -c</c> reads.</summary>
public static class ContentHash
{
    /// <summary>The SHA-256 of some bytes: 64 hexadecimal digits.</summary>
    /// <param name="bytes">The content; may be empty.</param>
    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The SHA-512 of some bytes: 128 hexadecimal digits.</summary>
    /// <param name="bytes">The content; may be empty.</param>
    public static string Sha512(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA512.HashData(bytes));

    /// <summary>The SHA-256 of a file, read as a stream so that a large file takes no memory.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static string Sha256OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The SHA-512 of a file, read as a stream so that a large file takes no memory.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static string Sha512OfFile(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA512.HashData(stream));
    }
}
