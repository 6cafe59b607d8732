namespace Spectral.Core.Formats;

/// <summary>
/// Orders strings by their UTF-8 bytes, which is the order of code points: what Rust, <c>LC_ALL=C sort</c> and the
/// file formats mean. Ordinal comparison of UTF-16 differs above U+FFFF, whose surrogates sort before U+E000.
/// </summary>
internal sealed class Utf8Order : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static readonly Utf8Order Instance = new();

    private Utf8Order()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
            return string.CompareOrdinal(x, y);
        var common = Math.Min(x.Length, y.Length);
        for (var i = 0; i < common; i++)
        {
            if (x[i] == y[i])
                continue;
            var (high, other) = (char.IsSurrogate(x[i]), char.IsSurrogate(y[i]));
            return high == other ? x[i].CompareTo(y[i]) : high ? 1 : -1;
        }

        return x.Length.CompareTo(y.Length);
    }
}
