using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Spectral.Core.Execution;

/// <summary>
/// What NVIDIA's driver says of this machine, asked of the driver's own library, without libtorch: what is missing can
/// then be named.
/// </summary>
/// <param name="IsInstalled">Whether the driver's library could be loaded.</param>
/// <param name="Status">What the driver answered to its initialisation: 0 for success, else a CUresult.</param>
/// <param name="Version">The newest CUDA that the driver runs, such as <c>13.0</c>; empty where it does not say.</param>
/// <param name="Devices">The devices, by their index.</param>
public sealed unsafe record CudaDriver(
    bool IsInstalled, int Status, string Version, ImmutableArray<CudaDeviceFacts> Devices)
{
    /// <summary>A machine without the driver.</summary>
    public static CudaDriver Missing { get; } = new(false, 0, "", []);

    /// <summary>The file that the driver brings, as the linker is asked for it.</summary>
    public static string FileName => OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1";

    /// <summary>Asks the driver. Takes up to a second where there is one.</summary>
    public static CudaDriver Read()
    {
        if (!NativeLibrary.TryLoad(FileName, out nint library))
            return Missing;
        if (Function(library, "cuInit") is not { } initialize)
            return Missing;
        int status = ((delegate* unmanaged<uint, int>)initialize)(0);
        string version = "";
        int number;
        if (Function(library, "cuDriverGetVersion") is { } ask && ((delegate* unmanaged<int*, int>)ask)(&number) == 0)
            version = string.Create(CultureInfo.InvariantCulture, $"{number / 1000}.{number % 1000 / 10}");
        return new CudaDriver(true, status, version, status == 0 ? ReadDevices(library) : []);
    }

    /// <summary>Free and total bytes of a device's memory; null where the driver does not say.</summary>
    /// <param name="index">The device.</param>
    /// <remarks>Uses the device's primary context, the one that libtorch uses.</remarks>
    public static (double Free, double Total)? Memory(int index)
    {
        if (!NativeLibrary.TryLoad(FileName, out nint library)
            || Function(library, "cuInit") is not { } initialize
            || Function(library, "cuDevicePrimaryCtxRetain") is not { } retain
            || Function(library, "cuDevicePrimaryCtxRelease_v2") is not { } release
            || Function(library, "cuCtxPushCurrent_v2") is not { } push
            || Function(library, "cuCtxPopCurrent_v2") is not { } pop
            || Function(library, "cuMemGetInfo_v2") is not { } ask
            || ((delegate* unmanaged<uint, int>)initialize)(0) != 0)
            return null;
        nint context;
        if (((delegate* unmanaged<nint*, int, int>)retain)(&context, index) != 0)
            return null;
        nuint free = 0, total = 0;
        int status = ((delegate* unmanaged<nint, int>)push)(context);
        if (status == 0)
        {
            status = ((delegate* unmanaged<nuint*, nuint*, int>)ask)(&free, &total);
            _ = ((delegate* unmanaged<nint*, int>)pop)(&context);
        }

        _ = ((delegate* unmanaged<int, int>)release)(index);
        return status == 0 ? (free, total) : null;
    }

    private static ImmutableArray<CudaDeviceFacts> ReadDevices(nint library)
    {
        int count;
        if (Function(library, "cuDeviceGetCount") is not { } ask || ((delegate* unmanaged<int*, int>)ask)(&count) != 0)
            return [];
        return [.. Enumerable.Range(0, count).Select(index => ReadDevice(library, index))];
    }

    private static CudaDeviceFacts ReadDevice(nint library, int index)
    {
        const int majorCapability = 75, minorCapability = 76, longestName = 256;
        int device = 0;
        nuint bytes = 0;
        byte* name = stackalloc byte[longestName];
        if (Function(library, "cuDeviceGet") is { } get)
            _ = ((delegate* unmanaged<int*, int, int>)get)(&device, index);
        if (Function(library, "cuDeviceGetName") is { } naming)
            _ = ((delegate* unmanaged<byte*, int, int, int>)naming)(name, longestName - 1, device);
        if (Function(library, "cuDeviceTotalMem_v2") is { } memory)
            _ = ((delegate* unmanaged<nuint*, int, int>)memory)(&bytes, device);
        return new CudaDeviceFacts(
            Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Attribute(library, majorCapability, device)}.{Attribute(library, minorCapability, device)}"),
            bytes);
    }

    private static int Attribute(nint library, int which, int device)
    {
        int value = 0;
        if (Function(library, "cuDeviceGetAttribute") is { } ask)
            _ = ((delegate* unmanaged<int*, int, int, int>)ask)(&value, which, device);
        return value;
    }

    private static nint? Function(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint address) ? address : null;
}

/// <summary>What the driver says of one device.</summary>
/// <param name="Name">Its product name.</param>
/// <param name="Capability">Its compute capability, such as <c>9.0</c>.</param>
/// <param name="Bytes">Its memory.</param>
public sealed record CudaDeviceFacts(string Name, string Capability, double Bytes);
