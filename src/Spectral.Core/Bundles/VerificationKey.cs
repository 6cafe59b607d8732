using System.Security.Cryptography;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>The public half of a key pair, ECDSA on P-256 with SHA-256 (FIPS 186-5), that checks signatures.</summary>
public sealed class VerificationKey : IDisposable
{
    private readonly ECDsa _key;

    private VerificationKey(ECDsa key)
    {
        _key = key;
        Id = ContentHash.Sha256(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo in DER, 64 lower-case hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Reads a key from a PEM file.</summary>
    /// <param name="path">The file, or a pipe.</param>
    /// <exception cref="InvalidDataException">The file is none; the message says what it is and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static VerificationKey Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new VerificationKey(KeyPem.ReadPublic(path));
    }

    /// <summary>Whether a signature in DER over these bytes was made with the private half.</summary>
    /// <param name="bytes">What was signed.</param>
    /// <param name="signature">The signature; anything that is no DER is wrong, and nothing is thrown.</param>
    public bool Verifies(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature) =>
        _key.VerifyData(bytes, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    internal static VerificationKey Of(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return new VerificationKey(key);
    }
}
