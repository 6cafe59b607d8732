using System.Security.Cryptography;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>The private half of a key pair, ECDSA on P-256 with SHA-256 (FIPS 186-5), that signs bundles.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Id = ContentHash.Sha256(key.ExportSubjectPublicKeyInfo());
    }

    /// <summary>SHA-256 of the public half's SubjectPublicKeyInfo in DER, 64 lower-case hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Reads a key from a PEM file, PKCS#8 or SEC1, not encrypted.</summary>
    /// <param name="path">The file, or a pipe.</param>
    /// <exception cref="InvalidDataException">The file is none; the message says what it is and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SigningKey Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new SigningKey(KeyPem.ReadPrivate(path));
    }

    /// <summary>A signature in DER, which <c>openssl dgst -sha256 -verify</c> checks.</summary>
    /// <param name="bytes">What is signed.</param>
    public byte[] Sign(ReadOnlySpan<byte> bytes) =>
        _key.SignData(bytes, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>The public half.</summary>
    public VerificationKey Public() => VerificationKey.Of(_key.ExportSubjectPublicKeyInfo());

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
