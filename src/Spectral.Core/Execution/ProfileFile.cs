using System.Text.Json;
using System.Text.Json.Nodes;

namespace Spectral.Core.Execution;

/// <summary>What files of measured rates have in common.</summary>
internal static class ProfileFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>How rates are called in a file.</summary>
    public static JsonSerializerOptions Names { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The folder of profiles in the user's cache.</summary>
    public static string Folder => Path.Combine(Caching.CacheFolder.OfMachine(), "machine");

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">It is too large to be a profile.</exception>
    public static byte[] Read(string path) => new FileInfo(path).Length <= LargestFile
        ? File.ReadAllBytes(path)
        : throw new FormatException("it is too large to be one");

    /// <summary>Refuses rates of which a number is not finite and above 0.</summary>
    /// <typeparam name="T">A record of numbers and of rates by threads.</typeparam>
    /// <exception cref="FormatException">A number is none.</exception>
    public static T Sound<T>(T rates)
    {
        foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(rates, Names)!.AsObject())
        {
            IEnumerable<double> numbers = value is JsonObject threaded
                ? threaded.Select(one => one.Value!.GetValue<double>())
                : [value!.GetValue<double>()];
            if (!numbers.All(number => double.IsFinite(number) && number > 0))
                throw new FormatException($"its {name} is no number above 0");
        }

        return rates;
    }
}
