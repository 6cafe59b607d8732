using System.Text;

namespace Spectral.Core.Bundles;

/// <summary>What makes a bundle the one that was asked for: the plan, the machine's arithmetic, and a name for people.</summary>
public sealed record BundleIdentity
{
    // With it, the longest folder name made from it stays under the 255 bytes that file systems allow.
    private const int LongestName = 200;

    /// <summary>Checks and holds the five facts.</summary>
    /// <param name="name">The run's name: a-z, 0-9 and hyphens, 1 to 200 of them.</param>
    /// <param name="description">The author's description; may be empty.</param>
    /// <param name="planHash">SHA-256 of the canonical plan, 64 lower-case hexadecimal digits.</param>
    /// <param name="numericEnvironment">SHA-256 of everything about the machine that decides bits, likewise.</param>
    /// <param name="software">The program and its version, such as <c>spectral 0.1.0</c>.</param>
    /// <exception cref="ArgumentException">A fact is not of its form; the message names it.</exception>
    public BundleIdentity(
        string name, string description, string planHash, string numericEnvironment, string software)
    {
        if (!IsName(name))
            throw new ArgumentException($"found '{name}', expected 1 to {LongestName} of a-z, 0-9 and -", nameof(name));
        ArgumentNullException.ThrowIfNull(description);
        // A lone surrogate would fail only when the bundle is sealed, after hours of work.
        if (!IsWellFormed(description))
            throw new ArgumentException("the description is not well-formed Unicode", nameof(description));
        if (!Hex.IsSha256(planHash))
            throw new ArgumentException($"found '{planHash}', expected a lower-case SHA-256", nameof(planHash));
        if (!Hex.IsSha256(numericEnvironment))
            throw new ArgumentException(
                $"found '{numericEnvironment}', expected a lower-case SHA-256", nameof(numericEnvironment));
        ArgumentException.ThrowIfNullOrWhiteSpace(software);
        if (software.Any(char.IsControl) || !IsWellFormed(software))
            throw new ArgumentException("the software is named by one line of text", nameof(software));
        (Name, Description, PlanHash, NumericEnvironment, Software) =
            (name, description, planHash, numericEnvironment, software);
    }

    /// <summary>The run's name: a-z, 0-9 and hyphens.</summary>
    public string Name { get; }

    /// <summary>The author's description; may be empty and may hold newlines.</summary>
    public string Description { get; }

    /// <summary>SHA-256 of the canonical plan, 64 lower-case hexadecimal digits.</summary>
    public string PlanHash { get; }

    /// <summary>SHA-256 of everything about the machine that decides bits, 64 lower-case hexadecimal digits.</summary>
    public string NumericEnvironment { get; }

    /// <summary>The program and its version, such as <c>spectral 0.1.0</c>.</summary>
    public string Software { get; }

    /// <summary>The name of the first bundle's folder: the name, a hyphen, and 12 digits of the plan hash.</summary>
    public string FolderName => $"{Name}-{PlanHash[..12]}";

    /// <summary>Whether a text can be the name of a run.</summary>
    internal static bool IsName(string? text) => text is { Length: > 0 and <= LongestName }
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, i, out var rune))
                return false;
            i += rune.Utf16SequenceLength;
        }

        return true;
    }
}
