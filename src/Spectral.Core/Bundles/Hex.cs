namespace Spectral.Core.Bundles;

/// <summary>The one spelling of hashes in a bundle: lower-case hexadecimal of full length.</summary>
internal static class Hex
{
    /// <summary>Digits of a SHA-256.</summary>
    public const int Sha256Length = 64;

    /// <summary>Digits of a SHA-512.</summary>
    public const int Sha512Length = 128;

    /// <summary>Whether a text is a SHA-256 in that spelling.</summary>
    public static bool IsSha256(string? text) => text?.Length == Sha256Length && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Whether a text is a SHA-512 in that spelling.</summary>
    public static bool IsSha512(string? text) => text?.Length == Sha512Length && text.All(char.IsAsciiHexDigitLower);
}
