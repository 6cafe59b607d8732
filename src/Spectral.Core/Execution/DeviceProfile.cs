using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Execution;

/// <summary>
/// A device as a calibration found it. Predictions rest on it, without the driver and without libtorch; plan hashes, stage
/// keys and content digests never do.
/// </summary>
/// <param name="Device">Which device of the machine it was.</param>
/// <param name="Card">The card's name.</param>
/// <param name="Capability">Its compute capability, such as <c>9.0</c>; empty where it has none.</param>
/// <param name="Bytes">Its memory in bytes, as runs cut their work by it.</param>
/// <param name="Driver">The newest CUDA that the driver runs, such as <c>13.0</c>; empty where there is none.</param>
/// <param name="Libtorch">libtorch's version.</param>
/// <param name="Spectral">This program's version.</param>
/// <param name="Measured">When; null where the rates are assumed.</param>
/// <param name="Rates">The rates.</param>
public sealed record DeviceProfile(
    ComputeDevice Device,
    string Card,
    string Capability,
    double Bytes,
    string Driver,
    string Libtorch,
    string Spectral,
    DateTimeOffset? Measured,
    DeviceRates Rates)
{
    /// <summary>The memory of a card of which nothing is known, in bytes.</summary>
    public const double AssumedBytes = 80e9;

    private const string Prefix = "device-";

    /// <summary>Whether the rates were measured on this device.</summary>
    public bool IsCalibrated => Measured is not null;

    /// <summary>
    /// The file of this profile: its name is a digest of the card and of the versions of driver, libtorch and this program,
    /// so that another card or version has another.
    /// </summary>
    public string Path => System.IO.Path.Combine(
        ProfileFile.Folder, Prefix + ContentHash.Sha256(CanonicalJson.Serialize(Facts()))[..16] + ".json");

    /// <summary>A data-centre card of which nothing was measured.</summary>
    /// <param name="device">Which device it stands for.</param>
    public static DeviceProfile Assumed(ComputeDevice device) => new(
        device, "a data-centre card", "", AssumedBytes, "", LibtorchHere(), SpectralHere(), null, DeviceRates.Assumed);

    /// <summary>A device of this machine with rates that were measured just now; asks the driver.</summary>
    /// <param name="device">The device.</param>
    /// <param name="rates">Its rates.</param>
    public static DeviceProfile MeasuredNow(ComputeDevice device, DeviceRates rates)
    {
        CudaDriver driver = device == ComputeDevice.Cpu ? CudaDriver.Missing : CudaDriver.Read();
        CudaDeviceFacts? card = driver.Devices.ElementAtOrDefault(device.Index);
        return new DeviceProfile(
            device,
            card?.Name ?? (device == ComputeDevice.Cpu ? MachineProfile.ProcessorName() : "an unknown card"),
            card?.Capability ?? "",
            device.Memory(),
            driver.Version,
            LibtorchHere(),
            SpectralHere(),
            DateTimeOffset.UtcNow,
            rates);
    }

    /// <summary>
    /// The stored profiles for the libtorch and the version of this program, of each device the one that was measured last, in
    /// the order of the devices; and what is wrong with files that cannot be read. Loads no libtorch, asks no driver.
    /// </summary>
    public static (ImmutableArray<DeviceProfile> Profiles, ImmutableArray<string> Faults) Stored()
    {
        List<DeviceProfile> found = [];
        List<string> faults = [];
        try
        {
            string[] paths = Directory.Exists(ProfileFile.Folder)
                ? Directory.GetFiles(ProfileFile.Folder, Prefix + "*.json")
                : [];
            foreach (string path in paths.Order(StringComparer.Ordinal))
                Add(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            faults.Add($"the calibrations in {ProfileFile.Folder} cannot be read: {failure.Message}");
        }

        return (
            [
                .. found.Where(profile => profile.Libtorch == LibtorchHere() && profile.Spectral == SpectralHere())
                    .GroupBy(profile => profile.Device)
                    .Select(profiles => profiles.MaxBy(profile => profile.Measured)!)
                    .OrderBy(profile => profile.Device.Kind, StringComparer.Ordinal)
                    .ThenBy(profile => profile.Device.Index),
            ],
            [.. faults]);

        void Add(string path)
        {
            try
            {
                found.Add(Parse(ProfileFile.Read(path)));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException
                or InvalidDataException)
            {
                faults.Add($"the calibration {path} cannot be read: {failure.Message}");
            }
        }
    }

    /// <summary>Reads a profile.</summary>
    /// <exception cref="FormatException">It is none, or a number of it is not finite and above 0.</exception>
    public static DeviceProfile Parse(byte[] json)
    {
        try
        {
            JsonObject found = (CanonicalJson.Parse(json) as JsonObject) ?? throw new FormatException("it is no JSON object");
            DeviceRates rates = ProfileFile.Sound(found["rates"].Deserialize<DeviceRates>(ProfileFile.Names)
                ?? throw new FormatException("it has no rates"));
            double bytes = found["bytes"]!.AsValue().GetValue<double>();
            if (!(double.IsFinite(bytes) && bytes > 0))
                throw new FormatException("its bytes is no number above 0");
            return new DeviceProfile(
                ComputeDevice.Named(Text("device")),
                Text("card"),
                Text("capability"),
                bytes,
                Text("driver"),
                Text("libtorch"),
                Text("spectral"),
                DateTimeOffset.Parse(Text("measured"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                rates);

            string Text(string key) => found[key]?.AsValue().GetValue<string>() ?? throw new FormatException($"it has no {key}");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException
            or ArgumentException or OverflowException)
        {
            throw new FormatException($"it is no calibration of a device: {failure.Message}", failure);
        }
    }

    /// <summary>The profile as JSON.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = Facts();
        json["device"] = Device.Name;
        json["measured"] = Measured?.ToString("o", CultureInfo.InvariantCulture);
        json["rates"] = JsonSerializer.SerializeToNode(Rates, ProfileFile.Names);
        return json;
    }

    /// <summary>Stores the profile where <see cref="Stored"/> finds it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Store()
    {
        _ = Directory.CreateDirectory(ProfileFile.Folder);
        DurableFile.Write(Path, CanonicalJson.Serialize(ToJson()));
    }

    /// <summary>The version of the libtorch that a variable names, else TorchSharp's, which names that of its packages.</summary>
    private static string LibtorchHere() => GivenLibtorch.Named is { } given && LibtorchVersion.Of(given) is { } version
        ? version
        : typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString() ?? "unknown";

    private static string SpectralHere() => typeof(DeviceProfile).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    private JsonObject Facts() => new()
    {
        ["bytes"] = Bytes,
        ["capability"] = Capability,
        ["card"] = Card,
        ["driver"] = Driver,
        ["libtorch"] = Libtorch,
        ["spectral"] = Spectral,
    };
}
