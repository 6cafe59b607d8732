using System.Globalization;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>Where tensors live: <c>cpu</c>, or a CUDA device by its index.</summary>
/// <param name="Kind"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Index">The CUDA device's index; 0 for the CPU.</param>
public sealed record ComputeDevice(string Kind, int Index)
{
    /// <summary>The CPU.</summary>
    public static ComputeDevice Cpu { get; } = new("cpu", 0);

    /// <summary>The name that <c>--device</c> takes and the environment record holds.</summary>
    public string Name => Kind == "cpu" ? Kind : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}");

    /// <summary>Whether a text is one that <see cref="Resolve"/> understands.</summary>
    public static bool IsWellFormed(string requested) =>
        requested is "auto" or "cpu" or "cuda"
        || (requested.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(requested.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _));

    /// <summary>
    /// The device for <c>auto</c> (CUDA where there is one), <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>; loads libtorch.
    /// </summary>
    /// <exception cref="ArgumentException">The text is none of these.</exception>
    /// <exception cref="UnavailableException">The machine has no such device, or libtorch cannot be loaded.</exception>
    public static ComputeDevice Resolve(string requested)
    {
        if (!IsWellFormed(requested))
        {
            throw new ArgumentException(
                $"expected auto, cpu, cuda or cuda:INDEX, got '{requested}'", nameof(requested));
        }

        NativeRuntime.Load();
        if (requested == "cpu")
            return Cpu;
        int devices = CudaDevices();
        if (requested == "auto")
            return devices > 0 ? new ComputeDevice("cuda", 0) : Cpu;
        ComputeDevice named = Named(requested);
        return named.Index < devices
            ? named
            : throw new UnavailableException(devices == 0 ? Refusal(requested, CudaAbsence.Find()) : Beyond(requested, devices));
    }

    /// <summary>The device for <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>, whether or not there is one; loads nothing.</summary>
    /// <exception cref="ArgumentException">The text is none of these.</exception>
    public static ComputeDevice Named(string requested)
    {
        if (!IsWellFormed(requested) || requested == "auto")
            throw new ArgumentException($"expected cpu, cuda or cuda:INDEX, got '{requested}'", nameof(requested));
        if (requested == "cpu")
            return Cpu;
        return new ComputeDevice(
            "cuda",
            requested == "cuda" ? 0 : int.Parse(requested.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    /// <summary>How many CUDA devices libtorch can use; loads libtorch.</summary>
    /// <exception cref="UnavailableException">libtorch cannot be loaded.</exception>
    public static int CudaDevices()
    {
        NativeRuntime.Load();
        return cuda.is_available() ? cuda.device_count() : 0;
    }

    /// <summary>Why there is nothing to compute on but the CPU, and what to do about it.</summary>
    /// <param name="requested">What was asked for.</param>
    /// <param name="absence">What is missing.</param>
    public static string Refusal(string requested, CudaAbsence absence) =>
        $"no CUDA device can be used here, and {requested} was asked for: {absence.Reason}; {absence.Remedy}; "
        + "'--device cpu' runs on the CPU";

    /// <summary>What is said of an index that no device has.</summary>
    /// <param name="requested">What was asked for.</param>
    /// <param name="devices">How many there are, 1 or more.</param>
    public static string Beyond(string requested, int devices) => devices == 1
        ? $"there is no {requested}: the only device is cuda:0"
        : string.Create(
            CultureInfo.InvariantCulture, $"there is no {requested}: the devices are cuda:0 to cuda:{devices - 1}");

    /// <summary>
    /// The device's whole memory in bytes, by the driver; of the CPU half of what this process may use, for the other half
    /// is the stages' own. A small card's 8 GB where the driver does not say.
    /// </summary>
    public double Memory()
    {
        if (this == Cpu)
            return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2.0;
        CudaDriver driver = CudaDriver.Read();
        return Index < driver.Devices.Length ? driver.Devices[Index].Bytes : 8e9;
    }

    /// <summary>The device as TorchSharp names it.</summary>
    public Device ToTorch() => device(Name);
}

/// <summary>
/// This machine cannot do what was asked: a device or a native library is missing. The message says what to do.
/// </summary>
/// <param name="message">What is missing and what to do.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class UnavailableException(string message, Exception? inner = null) : Exception(message, inner);
