using System.Globalization;
using System.Text;

namespace Spectral.Report;

/// <summary>Text from outside made safe to show: one line, no control characters, no broken surrogate pairs.</summary>
internal static class PlainText
{
    /// <summary>
    /// The text with every character that XML forbids, that steers a terminal or that turns the reading direction
    /// replaced by U+FFFD; line breaks and tabs become spaces.
    /// </summary>
    public static string OneLine(string text)
    {
        StringBuilder safe = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t' || Rune.GetUnicodeCategory(rune) == UnicodeCategory.LineSeparator)
                safe.Append(' ');
            else
                safe.Append(IsShowable(rune) ? rune : Rune.ReplacementChar);
        }

        return safe.ToString();
    }

    /// <summary>At most <paramref name="length"/> characters (1 or more), the last one an ellipsis where some are cut.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
            return text;
        int kept = length - 1;
        return text[..(kept > 0 && char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)] + "…";
    }

    /// <summary>The words of a text in lines of at most <paramref name="width"/> characters; longer words stay whole.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear().Append(word);
            }
            else
            {
                line.Append(line.Length > 0 ? " " : "").Append(word);
            }
        }

        if (line.Length > 0)
            yield return line.ToString();
    }

    private static bool IsShowable(Rune rune) =>
        (rune.Value & 0xFFFE) != 0xFFFE
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
            or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.ParagraphSeparator);
}
