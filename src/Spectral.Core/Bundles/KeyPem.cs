using System.Security.Cryptography;
using System.Text;

namespace Spectral.Core.Bundles;

/// <summary>Reads ECDSA keys on the curve P-256 from PEM files (RFC 7468), and says what else a file holds.</summary>
internal static class KeyPem
{
    private const int LongestFile = 1 << 16;
    private const string P256 = "1.2.840.10045.3.1.7"; // RFC 5480, section 2.1.1.1
    private const string MakeKey = "make one with 'openssl ecparam -name prime256v1 -genkey -noout -out KEY'";

    /// <summary>A private key, PKCS#8 or SEC1, not encrypted.</summary>
    /// <exception cref="InvalidDataException">The file is none; the message says what it is and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ECDsa ReadPrivate(string path)
    {
        var text = Text(path);
        if (text.Contains("ENCRYPTED", StringComparison.Ordinal))
            throw new InvalidDataException($"{path}: the key is encrypted, expected one without a passphrase; "
                + "'openssl pkey -in KEY -out PLAIN' makes one, which belongs in a safe place");
        return Import(path, text, "PRIVATE KEY", "EC PRIVATE KEY")
            ?? throw new InvalidDataException($"{path}: found {Contents(text)}, expected a P-256 private key in PEM "
                + $"(PKCS#8 or SEC1); {MakeKey}");
    }

    /// <summary>A public key, SubjectPublicKeyInfo.</summary>
    /// <exception cref="InvalidDataException">The file is none; the message says what it is and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static ECDsa ReadPublic(string path)
    {
        var text = Text(path);
        return Import(path, text, "PUBLIC KEY")
            ?? throw new InvalidDataException($"{path}: found {Contents(text)}, expected a P-256 public key in PEM; "
                + "'openssl pkey -in KEY -pubout -out PUB' makes one of a private key");
    }

    private static ECDsa? Import(string path, string text, params ReadOnlySpan<string> labels)
    {
        if (Labels(text).Count(label => label != "EC PARAMETERS") != 1 || !labels.Contains(Main(text)))
            return null;
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            return key.ExportParameters(false).Curve.Oid?.Value == P256
                ? key
                : throw new InvalidDataException($"{path}: found a key on another curve, expected P-256; {MakeKey}");
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or InvalidDataException)
        {
            key.Dispose();
            throw error as InvalidDataException ?? new InvalidDataException(
                $"{path}: found a {Main(text)} that is no ECDSA key on P-256 ({error.Message}); {MakeKey}", error);
        }
    }

    private static string Main(string text) => Labels(text).First(label => label != "EC PARAMETERS");

    private static string Contents(string text) => Labels(text) is { Count: > 0 } labels
        ? string.Join(" and ", labels) : "no PEM";

    private static List<string> Labels(string text)
    {
        var labels = new List<string>();
        while (PemEncoding.TryFind(text, out var fields))
        {
            labels.Add(text[fields.Label]);
            text = text[fields.Location.End..];
        }

        return labels;
    }

    // A pipe is welcome, such as the shell's <(command): its end is read for, not its length.
    private static string Text(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        var bytes = new byte[LongestFile];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return count < bytes.Length
            ? Encoding.Latin1.GetString(bytes, 0, count)
            : throw new InvalidDataException($"{path}: found {LongestFile} bytes or more, expected a key in PEM");
    }
}
