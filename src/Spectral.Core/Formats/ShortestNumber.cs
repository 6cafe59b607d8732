using System.Globalization;

namespace Spectral.Core.Formats;

/// <summary>The shortest decimal text that reads back as the same double.</summary>
internal static class ShortestNumber
{
    /// <summary>What "R" means to give, such as 0.1, 1E-07 or -0.</summary>
    /// <remarks>
    /// .NET 10's "R" drops a digit too many for two powers of two, 2^-25 and 2^-958, and their text reads back as the
    /// double below (mended in github.com/dotnet/runtime/pull/131131). Both need 17 digits, which "G17" gives in the
    /// spelling of the mended "R": no output changes with the runtime.
    /// </remarks>
    /// <param name="value">A finite double.</param>
    public static string Of(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value)
            ? text
            : value.ToString("G17", CultureInfo.InvariantCulture);
    }
}
