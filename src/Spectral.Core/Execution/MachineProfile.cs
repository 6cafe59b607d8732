using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;

namespace Spectral.Core.Execution;

/// <summary>
/// A machine as a calibration found it. Predictions rest on it; plan hashes, stage keys and content digests never do.
/// </summary>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">Cores that this program may use.</param>
/// <param name="Libtorch">TorchSharp's version, which names libtorch's.</param>
/// <param name="Spectral">This program's version.</param>
/// <param name="Measured">When; null where the rates are assumed.</param>
/// <param name="Rates">The rates.</param>
public sealed record MachineProfile(
    string Processor, int Cores, string Libtorch, string Spectral, DateTimeOffset? Measured, MachineRates Rates)
{
    /// <summary>Whether the rates were measured on this machine.</summary>
    public bool IsCalibrated => Measured is not null;

    /// <summary>The folder of profiles in the user's cache.</summary>
    public static string Folder => ProfileFile.Folder;

    /// <summary>
    /// The file of this machine's profile: its name is a digest of processor, cores and versions, so that another machine,
    /// another libtorch or another release of this program finds none.
    /// </summary>
    public static string Path => System.IO.Path.Combine(Folder, Here(MachineRates.Assumed).Key[..16] + ".json");

    /// <summary>This machine with rates that were not measured here.</summary>
    public static MachineProfile Assumed => Here(MachineRates.Assumed);

    private string Key => ContentHash.Sha256(CanonicalJson.Serialize(Facts()));

    /// <summary>
    /// The stored profile of this machine, or the assumed one where none is stored or what is stored cannot be read.
    /// Loads no libtorch.
    /// </summary>
    /// <returns>The profile, and what is wrong with the stored one; null where nothing is.</returns>
    public static (MachineProfile Profile, string? Fault) OfMachine()
    {
        string path = Path;
        try
        {
            return File.Exists(path)
                ? (Parse(ProfileFile.Read(path)), null)
                : (Assumed, null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException
            or InvalidDataException)
        {
            return (Assumed, $"the calibration {path} cannot be read: {failure.Message}");
        }
    }

    /// <summary>This machine with rates that were measured just now.</summary>
    public static MachineProfile MeasuredNow(MachineRates rates) => Here(rates) with { Measured = DateTimeOffset.UtcNow };

    /// <summary>Reads a profile.</summary>
    /// <exception cref="FormatException">It is none, or a number of it is not finite and above 0.</exception>
    public static MachineProfile Parse(byte[] json)
    {
        try
        {
            JsonObject found = (CanonicalJson.Parse(json) as JsonObject) ?? throw new FormatException("it is no JSON object");
            MachineRates rates = ProfileFile.Sound(found["rates"].Deserialize<MachineRates>(ProfileFile.Names)
                ?? throw new FormatException("it has no rates"));
            return new MachineProfile(
                Text("processor"),
                (int)found["cores"]!.AsValue().GetValue<double>(),
                Text("libtorch"),
                Text("spectral"),
                DateTimeOffset.Parse(Text("measured"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                rates);

            string Text(string key) => found[key]?.AsValue().GetValue<string>() ?? throw new FormatException($"it has no {key}");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new FormatException($"it is no calibration: {failure.Message}", failure);
        }
    }

    /// <summary>The profile as JSON.</summary>
    public JsonObject ToJson()
    {
        JsonObject json = Facts();
        json["measured"] = Measured?.ToString("o", CultureInfo.InvariantCulture);
        json["rates"] = JsonSerializer.SerializeToNode(Rates, ProfileFile.Names);
        return json;
    }

    /// <summary>Stores the profile where <see cref="OfMachine"/> finds it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Store()
    {
        Directory.CreateDirectory(Folder);
        DurableFile.Write(Path, CanonicalJson.Serialize(ToJson()));
    }

    /// <summary>The processor's name where the system tells it, else the architecture's.</summary>
    public static string ProcessorName()
    {
        const string path = "/proc/cpuinfo";
        string? line = File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[^1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static MachineProfile Here(MachineRates rates) => new(
        ProcessorName(),
        Environment.ProcessorCount,
        typeof(TorchSharp.torch).Assembly.GetName().Version?.ToString() ?? "unknown",
        typeof(MachineProfile).Assembly.GetName().Version?.ToString(3) ?? "unknown",
        null,
        rates);

    private JsonObject Facts() => new()
    {
        ["cores"] = Cores,
        ["libtorch"] = Libtorch,
        ["processor"] = Processor,
        ["spectral"] = Spectral,
    };
}
