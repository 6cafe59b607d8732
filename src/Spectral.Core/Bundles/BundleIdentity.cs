using System.Text;

namespace Spectral.Core.Bundles;

/// <summary>
/// What makes a bundle the one that was asked for: the plan, the machine's arithmetic, and a name for people.
/// </summary>
/// <param name="Name">The run's name: a-z, 0-9 and hyphens, 1 to 200 of them.</param>
/// <param name="Description">The author's description; may be empty.</param>
/// <param name="PlanHash">SHA-256 of the canonical plan, 64 lower-case hexadecimal digits.</param>
/// <param name="NumericEnvironment">SHA-256 of everything about the machine that decides bits, likewise.</param>
/// <param name="Software">The program and its version, such as <c>spectral 0.1.0</c>.</param>
/// <exception cref="ArgumentException">A fact is not of its form; the message names it.</exception>
public sealed record BundleIdentity(
    string Name, string Description, string PlanHash, string NumericEnvironment, string Software)
{
    /// <summary>How many digits of the plan hash a bundle's name has.</summary>
    internal const int HashDigits = 12;

    // With it, the longest folder name made from it stays under the 255 bytes that file systems allow.
    private const int LongestName = 200;

    // Checked at once: a lone surrogate, say, would fail only when the bundle is sealed, after hours of work.

    /// <summary>The run's name: a-z, 0-9 and hyphens.</summary>
    public string Name { get; } = IsName(Name) ? Name
        : throw new ArgumentException($"found '{Name}', expected 1 to {LongestName} of a-z, 0-9 and -", nameof(Name));

    /// <summary>The author's description; may be empty and may hold newlines.</summary>
    public string Description { get; } = IsWellFormed(Description) ? Description
        : throw new ArgumentException("the description is not well-formed Unicode", nameof(Description));

    /// <summary>SHA-256 of the canonical plan, 64 lower-case hexadecimal digits.</summary>
    public string PlanHash { get; } = Hex.IsSha256(PlanHash) ? PlanHash
        : throw new ArgumentException($"found '{PlanHash}', expected a lower-case SHA-256", nameof(PlanHash));

    /// <summary>SHA-256 of everything about the machine that decides bits, 64 lower-case hexadecimal digits.</summary>
    public string NumericEnvironment { get; } = Hex.IsSha256(NumericEnvironment) ? NumericEnvironment
        : throw new ArgumentException(
            $"found '{NumericEnvironment}', expected a lower-case SHA-256", nameof(NumericEnvironment));

    /// <summary>The program and its version, such as <c>spectral 0.1.0</c>.</summary>
    public string Software { get; } =
        IsWellFormed(Software) && !string.IsNullOrWhiteSpace(Software) && !Software.Any(char.IsControl) ? Software
        : throw new ArgumentException("the software is named by one line of text", nameof(Software));

    /// <summary>The name of the first bundle's folder: the name, a hyphen, and 12 digits of the plan hash.</summary>
    public string FolderName => $"{Name}-{PlanHash[..HashDigits]}";

    /// <summary>Whether a text can be the name of a run.</summary>
    internal static bool IsName(string? text) => text is { Length: > 0 and <= LongestName }
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static bool IsWellFormed(string? text)
    {
        for (var i = 0; i < text?.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                return false;
            i += rune.Utf16SequenceLength;
        }

        return text is not null;
    }
}
