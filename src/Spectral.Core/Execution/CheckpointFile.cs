using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Formats;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// Weights as a safetensors file under PyTorch's state-dict names, in the precision in which they were trained.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>The file of a network's weights.</summary>
    public static byte[] Serialize(NetworkLayout layout, ImmutableArray<Tensor> weights) =>
        Safetensors.Serialize(layout.Parameters.Zip(weights, (parameter, weight) => Entry(parameter.Name, weight)));

    /// <summary>
    /// The weights of a file, in the order of the network's parameters; of the caller's dispose scope.
    /// </summary>
    /// <exception cref="FormatException">The file is damaged, or not of this network.</exception>
    public static ImmutableArray<Tensor> Parse(
        ReadOnlyMemory<byte> file, NetworkLayout layout, ScalarType type, Device device)
    {
        Dictionary<string, SafetensorsTensor> byName = Safetensors.Parse(file).ToDictionary(tensor => tensor.Name);
        return
        [
            .. layout.Parameters.Select(parameter =>
                byName.TryGetValue(parameter.Name, out SafetensorsTensor? found)
                    && found.Shape.AsSpan().SequenceEqual(parameter.Slot.Shape.ToLongs())
                    ? ToTensor(found, type, device)
                    : throw new FormatException(
                        $"the checkpoint has no {parameter.Name} of shape {parameter.Slot.Shape}")),
        ];
    }

    /// <summary>A tensor of a file as an array.</summary>
    /// <exception cref="FormatException">Its type is neither F32 nor F64.</exception>
    public static NpyArray ToNpy(SafetensorsTensor tensor) => tensor.DType switch
    {
        "F64" => NpyArray.Of(MemoryMarshal.Cast<byte, double>(tensor.Data.Span), tensor.Shape.AsSpan()),
        "F32" => NpyArray.Of(MemoryMarshal.Cast<byte, float>(tensor.Data.Span), tensor.Shape.AsSpan()),
        _ => throw new FormatException($"{tensor.Name}: expected F32 or F64, got {tensor.DType}"),
    };

    /// <summary>A tensor of a file on a device; of the caller's dispose scope.</summary>
    /// <exception cref="FormatException">Its type is neither F32 nor F64.</exception>
    public static Tensor ToTensor(SafetensorsTensor stored, ScalarType type, Device device)
    {
        NpyArray array = ToNpy(stored);
        return array.Type == NpyType.Float64
            ? AlignedTensor.Of(array.ToDoubles(), [.. array.Shape], type, device)
            : AlignedTensor.Of(array.ToFloats(), [.. array.Shape], type, device);
    }

    /// <summary>A tensor as a file holds it, in binary64 or binary32 as it is.</summary>
    public static SafetensorsTensor Entry(string name, Tensor weight)
    {
        using Tensor held = weight.detach().cpu().contiguous();
        bool wide = held.dtype == ScalarType.Float64;
        byte[] bytes = wide
            ? MemoryMarshal.AsBytes<double>(held.data<double>().ToArray()).ToArray()
            : MemoryMarshal.AsBytes<float>(held.data<float>().ToArray()).ToArray();
        return new SafetensorsTensor(name, wide ? "F64" : "F32", [.. held.shape], bytes);
    }
}
