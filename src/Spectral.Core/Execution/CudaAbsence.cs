using System.Globalization;
using System.Runtime.InteropServices;

namespace Spectral.Core.Execution;

/// <summary>Why libtorch can use no CUDA device here, and what to do about it.</summary>
/// <param name="Reason">What is missing, as a clause.</param>
/// <param name="Remedy">What to do, as a clause.</param>
public sealed record CudaAbsence(string Reason, string Remedy)
{
    /// <summary>Looks at the loaded libtorch and at the driver; libtorch is loaded already.</summary>
    public static CudaAbsence Find()
    {
        string? folder = LibtorchBinaries.Paths()
            .Where(path => Path.GetFileName(path).Contains("torch_cpu", StringComparison.Ordinal))
            .Select(Path.GetDirectoryName)
            .FirstOrDefault();
        string? library = folder is null ? null : Path.Combine(folder, NativeFolders.FileOf("torch_cuda"));
        return Of(
            folder ?? "",
            File.Exists(library),
            File.Exists(library) ? LoadFailure(library) : null,
            CudaDriver.Read(),
            Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"));
    }

    /// <summary>Names the first thing that is missing, in the order in which they are needed.</summary>
    /// <param name="folder">Where libtorch was loaded from.</param>
    /// <param name="hasLibrary">Whether libtorch's part for CUDA lies there.</param>
    /// <param name="loadFailure">What the linker said of that part; null where it is loaded.</param>
    /// <param name="driver">What the driver says.</param>
    /// <param name="visible">The variable CUDA_VISIBLE_DEVICES; null where it is not set.</param>
    public static CudaAbsence Of(
        string folder, bool hasLibrary, string? loadFailure, CudaDriver driver, string? visible)
    {
        if (!hasLibrary)
        {
            return new CudaAbsence(
                $"the libtorch in {folder} is one for CPUs alone (it has no {NativeFolders.FileOf("torch_cuda")})",
                "'dotnet build src/Spectral.Cli -c Release -p:SpectralTorch=cuda' takes TorchSharp's package for CUDA, and a "
                + $"build with -p:SpectralTorch=none takes the PyTorch whose torch/lib {GivenLibtorch.Variable} names");
        }

        if (loadFailure is not null)
        {
            return new CudaAbsence(
                $"libtorch's part for CUDA cannot be loaded: {loadFailure}",
                "put NVIDIA's libraries that it names on LD_LIBRARY_PATH, or reinstall the PyTorch that it belongs to");
        }

        if (!driver.IsInstalled)
        {
            return new CudaAbsence(
                $"there is no NVIDIA driver here ({CudaDriver.FileName} was not found)",
                "install NVIDIA's driver (Debian: apt-get install nvidia-driver); in a container, start it with the GPU "
                + "(docker run --gpus all)");
        }

        if (driver.Devices.IsEmpty)
        {
            string version = driver.Version.Length > 0 ? $" for CUDA {driver.Version}" : "";
            return new CudaAbsence(
                $"the NVIDIA driver{version} is here and finds no device ({Status(driver.Status)})"
                + (visible is null ? "" : $", with CUDA_VISIBLE_DEVICES={visible}"),
                visible is null
                    ? "'nvidia-smi' says what the driver sees; in a container, start it with the GPU"
                    : "unset CUDA_VISIBLE_DEVICES, or let it name a device; 'nvidia-smi' lists them");
        }

        return new CudaAbsence(
            $"the driver (CUDA {driver.Version}) has {driver.Devices[0].Name}, and libtorch cannot use it",
            "libtorch may be built for a newer CUDA than the driver runs: update the driver, or take a libtorch for CUDA "
            + $"{driver.Version} or older");
    }

    private static string Status(int status) => status switch
    {
        0 => "it has none",
        100 => "CUDA_ERROR_NO_DEVICE",
        803 => "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH: its parts are of different versions",
        804 => "CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE",
        _ => string.Create(CultureInfo.InvariantCulture, $"CUDA error {status}"),
    };

    private static string? LoadFailure(string library)
    {
        try
        {
            _ = NativeLibrary.Load(library);
            return null;
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            return NativeFolders.FirstLine(failure);
        }
    }
}
