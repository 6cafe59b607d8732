using System.Globalization;
using System.Text;

namespace Spectral.Core.Formats;

/// <summary>
/// Text from a source that is not trusted, made fit for a message: one line, of bounded length, that can neither steer
/// a terminal nor turn the direction of what follows.
/// </summary>
public static class SafeText
{
    /// <summary>The text with U+FFFD in place of every character that is not shown as itself, cut where it is long.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="atMost">The most characters of it that are kept, at least 1.</param>
    public static string Of(string text, int atMost)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        if (text.Length <= atMost && text.All(IsShown))
            return text;
        var safe = new StringBuilder();
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, atMost)))
            safe.Append(IsShown(letter) ? letter : '\ufffd');
        return safe.Append(text.Length > atMost ? "..." : "").ToString();
    }

    /// <summary>Whether a character is shown as itself: no control, format or line-separating character.</summary>
    /// <param name="letter">The character; half of a pair counts as shown.</param>
    public static bool IsShown(char letter) => char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
