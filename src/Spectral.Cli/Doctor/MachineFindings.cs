using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Spectral.Cli.Running;
using Spectral.Core.Execution;

namespace Spectral.Cli.Doctor;

/// <summary>What <c>doctor</c> finds on a machine: the runtime, libtorch and its glue, devices, and room to work.</summary>
internal static class MachineFindings
{
    /// <summary>The version of the C++ library's symbols that TorchSharp's glue asks for when it is not mended.</summary>
    private const string GlueNeeds = "GLIBCXX_3.4.32";

    /// <summary>All findings, in the order in which they depend on each other.</summary>
    public static ImmutableArray<Finding> Look()
    {
        ImmutableArray<Finding> machine =
        [
            new("spectral", null, Software.FullVersion),
            new("runtime", null, $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}"),
            new("cores", null, Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)),
            CppLibrary(),
            Temporary(),
            Calibrated(),
            .. CalibratedDevices(),
        ];
        try
        {
            NativeRuntime.Load();
        }
        catch (UnavailableException failure)
        {
            string remedy = GivenLibtorch.Named is null
                ? "build with the SDK on this machine ('dotnet build -c Release'): the build brings libtorch and mends the "
                    + $"glue; or let {GivenLibtorch.Variable} name the folder of a libtorch {GivenLibtorch.WantedVersion}"
                : $"unset {GivenLibtorch.Variable}, or let it name the folder of a libtorch {GivenLibtorch.WantedVersion}";
            return [.. machine, new("libtorch", false, failure.Message, remedy), .. InPython()];
        }

        return [.. machine, .. Libtorch(), .. InPython()];
    }

    private static IEnumerable<Finding> InPython() => PythonTorch.Find() is { } found ? [found.ToFinding()] : [];

    private static IEnumerable<Finding> Libtorch()
    {
        yield return new Finding("libtorch", true, GivenLibtorch.Named is { } named
            ? NativeRuntime.Remark ?? $"{LibtorchVersion.Of(named) ?? "of no known version"}, from {GivenLibtorch.Variable}"
            : TorchSharp.torch.__version__);
        foreach (string path in LibtorchBinaries.Paths())
            yield return new Finding("loaded", null, $"{path}, sha256 {LibtorchBinaries.Digests()[Path.GetFileName(path)][..12]}");
        yield return new Finding("vector instructions", null, LibtorchBinaries.CpuCapability());
        yield return Cuda();
        yield return new Finding("numeric environment", null, NumericEnvironment.Read(ComputeDevice.Cpu).Hash[..12] + " (cpu)");
    }

    /// <summary>The devices that libtorch can use, or why it can use none.</summary>
    private static Finding Cuda()
    {
        int devices = ComputeDevice.CudaDevices();
        if (devices == 0)
        {
            CudaAbsence absence = CudaAbsence.Find();
            return new Finding("CUDA", null, $"no device can be used: {absence.Reason}", absence.Remedy);
        }

        CudaDriver driver = CudaDriver.Read();
        string names = string.Join(", ", driver.Devices.Select((device, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"cuda:{index} {device.Name} ({device.Bytes / 1e9:F0} GB, capability {device.Capability})")));
        return new Finding("CUDA", null, FormattableString.Invariant(
            $"{devices} device(s), driver for CUDA {driver.Version}: {names}"));
    }

    /// <summary>Whether the system's libstdc++ has the symbol version that the unmended glue asks for.</summary>
    private static Finding CppLibrary()
    {
        if (!OperatingSystem.IsLinux())
            return new Finding("libstdc++", null, "not used on this system");
        string? path = ((string[])["/usr/lib/x86_64-linux-gnu/libstdc++.so.6", "/usr/lib64/libstdc++.so.6", "/usr/lib/libstdc++.so.6"])
            .FirstOrDefault(File.Exists);
        if (path is null)
            return new Finding("libstdc++", false, "libstdc++.so.6 was not found", "install the C++ library (Debian: apt-get install libstdc++6)");
        bool has = File.ReadAllBytes(path).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(GlueNeeds)) >= 0;
        return new Finding("libstdc++", true, has
            ? $"{path} has {GlueNeeds}"
            : $"{path} lacks {GlueNeeds}; the build's mended copy of TorchSharp's glue does without");
    }

    private static Finding Calibrated()
    {
        (MachineProfile profile, string? fault) = MachineProfile.OfMachine();
        return profile.Measured is { } moment
            ? new Finding("calibration", true, string.Create(CultureInfo.InvariantCulture, $"of {moment.ToLocalTime():yyyy-MM-dd HH:mm}"))
            : new Finding("calibration", null, fault ?? "none; predicted times are by assumed rates", "spectral calibrate");
    }

    /// <summary>The devices whose rates are stored, where there are any.</summary>
    private static IEnumerable<Finding> CalibratedDevices()
    {
        (ImmutableArray<DeviceProfile> profiles, ImmutableArray<string> faults) = DeviceProfile.Stored();
        foreach (DeviceProfile profile in profiles)
        {
            yield return new Finding($"calibration {profile.Device.Name}", true, string.Create(
                CultureInfo.InvariantCulture, $"of {profile.Measured?.ToLocalTime():yyyy-MM-dd HH:mm}, {profile.Card}"));
        }

        foreach (string fault in faults)
            yield return new Finding("calibration", null, fault, "spectral calibrate --device cuda");
    }

    private static Finding Temporary()
    {
        string folder = Path.GetTempPath();
        try
        {
            string probe = Directory.CreateTempSubdirectory("spectral-doctor-").FullName;
            Directory.Delete(probe);
            DriveInfo drive = new(folder);
            return new Finding("temporary files", true, string.Create(CultureInfo.InvariantCulture, $"{folder}, {drive.AvailableFreeSpace / 1e9:F1} GB free"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Finding("temporary files", false, failure.Message, "set TMPDIR to a folder that can be written; 'rerun' needs one");
        }
    }
}
