using System.Collections.Immutable;

namespace Spectral.Core.Formats;

/// <summary>One named tensor of a safetensors file.</summary>
/// <remarks>
/// Two tensors of equal content are not <c>==</c>, since a record compares its memory by place: compare the bytes.
/// </remarks>
/// <param name="Name">Its key, such as a state-dict name; any string but <c>__metadata__</c>.</param>
/// <param name="DType">BOOL, U8, I8, I16, U16, F16, BF16, I32, U32, F32, F64, I64 or U64.</param>
/// <param name="Shape">The extents, outermost first; empty for a scalar, and an extent may be 0.</param>
/// <param name="Data">The elements in C order, little endian.</param>
public sealed record SafetensorsTensor(
    string Name, string DType, ImmutableArray<long> Shape, ReadOnlyMemory<byte> Data);
