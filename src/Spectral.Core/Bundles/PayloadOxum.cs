using System.Globalization;

namespace Spectral.Core.Bundles;

/// <summary>The size of a payload, which is checked in no time before any hash (RFC 8493, section 2.2.2).</summary>
/// <param name="Octets">The sum of the files' lengths.</param>
/// <param name="Files">How many files there are.</param>
public readonly record struct PayloadOxum(long Octets, long Files)
{
    /// <summary>The form of bag-info.txt: octets, a full stop, files.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Octets}.{Files}");
}
