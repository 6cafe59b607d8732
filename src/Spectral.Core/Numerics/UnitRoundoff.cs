namespace Spectral.Core.Numerics;

/// <summary>Unit roundoff u: a rounded operation's relative error is at most u.</summary>
public static class UnitRoundoff
{
    /// <summary>2^-53 of IEEE 754 binary64.</summary>
    public const double Float64 = 1.0 / (1L << 53);

    /// <summary>2^-24 of IEEE 754 binary32.</summary>
    public const double Float32 = 1.0 / (1L << 24);
}
