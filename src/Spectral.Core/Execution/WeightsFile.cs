using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>A safetensors file of weights from elsewhere, held against the network that is to take them.</summary>
public static class WeightsFile
{
    /// <summary>PyTorch's count of batches in every batch normalisation: in no formula here, and passed over.</summary>
    private const string BatchCount = ".num_batches_tracked";

    /// <summary>
    /// What keeps the file from being this network's weights: tensors that are missing, left over, of another shape, of
    /// another type than F32 and F64, or not finite. Empty where nothing does. Cost: every element is read once.
    /// </summary>
    /// <exception cref="FormatException">The bytes are no safetensors file.</exception>
    public static ImmutableArray<string> Faults(ReadOnlyMemory<byte> file, NetworkLayout layout)
    {
        Dictionary<string, SafetensorsTensor> tensors =
            Tensors(file).ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        ImmutableArray<string>.Builder faults = ImmutableArray.CreateBuilder<string>();
        foreach (NamedParameter parameter in layout.Parameters)
        {
            if (!tensors.Remove(parameter.Name, out SafetensorsTensor? tensor))
                faults.Add($"no {parameter.Name}");
            else if (!tensor.Shape.AsSpan().SequenceEqual(parameter.Slot.Shape.ToLongs()))
            {
                string shape = string.Join(", ", tensor.Shape);
                faults.Add($"{parameter.Name} of shape [{shape}] instead of {parameter.Slot.Shape}");
            }
            else if (tensor.DType is not ("F32" or "F64"))
                faults.Add($"{parameter.Name} of type {tensor.DType} instead of F32 or F64");
            else if (!IsFinite(tensor))
                faults.Add($"{parameter.Name} with numbers that are not finite");
        }

        faults.AddRange(
            tensors.Keys.Order(StringComparer.Ordinal).Select(name => $"{name}, which the network does not have"));
        return faults.ToImmutable();
    }

    /// <summary>The precision that holds every tensor of the file exactly.</summary>
    /// <exception cref="FormatException">The bytes are no safetensors file.</exception>
    public static Precision PrecisionOf(ReadOnlyMemory<byte> file) =>
        Tensors(file).Any(tensor => tensor.DType == "F64") ? Precision.Float64 : Precision.Float32;

    private static IEnumerable<SafetensorsTensor> Tensors(ReadOnlyMemory<byte> file) =>
        Safetensors.Parse(file).Where(tensor => !tensor.Name.EndsWith(BatchCount, StringComparison.Ordinal));

    private static bool IsFinite(SafetensorsTensor tensor)
    {
        if (tensor.DType == "F32")
        {
            foreach (float value in MemoryMarshal.Cast<byte, float>(tensor.Data.Span))
            {
                if (!float.IsFinite(value))
                    return false;
            }
        }
        else
        {
            foreach (double value in MemoryMarshal.Cast<byte, double>(tensor.Data.Span))
            {
                if (!double.IsFinite(value))
                    return false;
            }
        }

        return true;
    }
}
