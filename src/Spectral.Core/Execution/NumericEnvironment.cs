using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using static TorchSharp.torch;

namespace Spectral.Core.Execution;

/// <summary>
/// Everything beside the plan that the bits of a result depend on: our code, libtorch's binaries, the vector
/// instructions they chose, the device and the architecture. Equal plans in equal numeric environments give equal bits;
/// in different ones, results agree within tolerances.
/// </summary>
/// <param name="Facts">Name and value of each fact, by name.</param>
public sealed record NumericEnvironment(ImmutableSortedDictionary<string, string> Facts)
{
    /// <summary>Variables that change what libtorch, MKL or oneDNN compute.</summary>
    private static readonly ImmutableArray<string> Variables =
    [
        "ATEN_CPU_CAPABILITY", "CUBLAS_WORKSPACE_CONFIG", "MKL_CBWR", "MKL_ENABLE_INSTRUCTIONS", "MKL_DEBUG_CPU_TYPE",
        "ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA", "NVIDIA_TF32_OVERRIDE",
    ];

    /// <summary>SHA-256 of the facts' canonical JSON, 64 hexadecimal digits.</summary>
    public string Hash => ContentHash.Sha256(CanonicalJson.Serialize(ToJson()));

    /// <summary>
    /// The environment of this process and a device. Loads libtorch and hashes its files: about a second.
    /// </summary>
    /// <exception cref="UnavailableException">libtorch cannot be loaded.</exception>
    public static NumericEnvironment Read(ComputeDevice device)
    {
        NativeRuntime.Load();
        Assembly code = typeof(NumericEnvironment).Assembly;
        ImmutableSortedDictionary<string, string>.Builder facts =
            ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        facts["architecture"] = RuntimeInformation.ProcessArchitecture.ToString();
        facts["code"] = code.ManifestModule.ModuleVersionId.ToString();
        facts["cpu_capability"] = LibtorchBinaries.CpuCapability();
        facts["device"] = device.Kind;
        facts["os"] = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux";
        facts["spectral"] = code.GetName().Version?.ToString(3) ?? "unknown";
        // TorchSharp's own number is that of the headers it was compiled with.
        facts["torch"] = GivenLibtorch.Named is { } given && LibtorchVersion.Of(given) is { } version ? version : __version__;
        foreach ((string file, string digest) in LibtorchBinaries.Digests())
            facts["sha256/" + file] = digest;
        if (device != ComputeDevice.Cpu)
            AddDevice(facts, device);
        foreach (string variable in Variables)
        {
            if (Environment.GetEnvironmentVariable(variable) is { } value)
                facts["env/" + variable] = value;
        }

        return new NumericEnvironment(facts.ToImmutable());
    }

    /// <summary>What bits depend on beside the CPU's facts: the card, how much of it is worked on at once, the switches.</summary>
    private static void AddDevice(ImmutableSortedDictionary<string, string>.Builder facts, ComputeDevice device)
    {
        DeviceFlags.MakeStrict();
        foreach ((string name, string value) in DeviceFlags.Read())
            facts["flag/" + name] = value;
        CudaDriver driver = CudaDriver.Read();
        facts["cuda/driver"] = driver.Version;
        if (device.Index >= driver.Devices.Length)
            return;
        CudaDeviceFacts card = driver.Devices[device.Index];
        facts["cuda/name"] = card.Name;
        facts["cuda/capability"] = card.Capability;
        // Chunks and tiles follow from shapes and from this number.
        facts["cuda/memory"] = card.Bytes.ToString("F0", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The facts as a JSON object.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = [];
        foreach ((string name, string value) in Facts)
            json[name] = value;
        return json;
    }
}
