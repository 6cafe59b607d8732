using System.Globalization;
using Spectral.Core.Formats;

namespace Spectral.Core.Bundles;

/// <summary>One fact about a bundle: a text, or a number.</summary>
/// <param name="Number">The number, which may be NaN or infinite; null where the fact is a text.</param>
/// <param name="Text">The text; of a number the shortest that reads back as the same double.</param>
public readonly record struct CardValue(double? Number, string Text)
{
    /// <summary>A number.</summary>
    public static CardValue Of(double number) => new(number, CsvTable.Number(number));

    /// <summary>A text.</summary>
    public static CardValue Of(string text) => new(null, text);

    /// <summary>Orders numbers by size (NaN first) and before texts, texts by their characters.</summary>
    public static int Compare(CardValue one, CardValue other) => (one.Number, other.Number) switch
    {
        ({ } a, { } b) => a.CompareTo(b),
        (null, null) => string.CompareOrdinal(one.Text, other.Text),
        ({ }, null) => -1,
        _ => 1,
    };

    /// <summary>The text as a number, or null where it is none.</summary>
    internal static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
