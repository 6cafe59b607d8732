using System.Globalization;

namespace Spectral.Cli.Verbs;

/// <summary>Numbers of bytes as people write and read them.</summary>
internal static class ByteCount
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Three digits and a unit, such as <c>27.4 MiB</c>.</summary>
    public static string Text(long bytes)
    {
        double value = bytes;
        int unit = 0;
        for (; value >= 1000 && unit < Units.Length - 1; unit++)
            value /= 1024;
        string format = unit == 0 || value >= 100 ? "F0" : value >= 10 ? "F1" : "F2";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }

    /// <summary>Reads <c>20GiB</c>, <c>500 MB</c>, <c>0</c>; null where it is none. KB is 1000 bytes, KiB 1024.</summary>
    public static long? Parse(string text)
    {
        string number = text.TrimEnd("iIbBkKmMgGtT ".ToCharArray()), unit = text[number.Length..].Trim().ToUpperInvariant();
        double? factor = unit switch
        {
            "" or "B" => 1,
            "KB" => 1e3,
            "MB" => 1e6,
            "GB" => 1e9,
            "TB" => 1e12,
            "K" or "KIB" => 1L << 10,
            "M" or "MIB" => 1L << 20,
            "G" or "GIB" => 1L << 30,
            "T" or "TIB" => 1L << 40,
            _ => null,
        };
        return factor is { } by
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            && value * by is >= 0 and < long.MaxValue
                ? (long)(value * by)
                : null;
    }
}
