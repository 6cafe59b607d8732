namespace Spectral.Core.Formats;

/// <summary>The element types of npy files that this library writes and reads, all little endian.</summary>
public enum NpyType
{
    /// <summary>IEEE 754 single precision, <c>&lt;f4</c>.</summary>
    Float32,

    /// <summary>IEEE 754 double precision, <c>&lt;f8</c>.</summary>
    Float64,

    /// <summary>Signed 32-bit integer, <c>&lt;i4</c>.</summary>
    Int32,

    /// <summary>Signed 64-bit integer, <c>&lt;i8</c>.</summary>
    Int64,

    /// <summary>Unsigned byte, <c>|u1</c>.</summary>
    UInt8,

    /// <summary>One byte, 0 or 1, <c>|b1</c>.</summary>
    Boolean,
}
