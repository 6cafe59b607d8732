using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>
/// The files that a plan knows by their SHA-256 alone. A bundle carries the bytes of weights, so that it can be run
/// again wherever it is; of a user's own data its record says where they lay.
/// </summary>
public static class InputFiles
{
    /// <summary>Where a bundle's payload says of data files where they lay: an object, a path for each SHA-256.</summary>
    public const string RecordOfPlaces = "record/inputs.json";

    /// <summary>Where a bundle's payload keeps the file of a digest.</summary>
    public static string PathOf(string sha256) => $"inputs/{sha256}.safetensors";

    /// <summary>The digests of a plan's files of weights, each once.</summary>
    public static ImmutableArray<string> Of(RunPlan plan) =>
    [
        .. (plan.InitialWeights is { } initial ? [initial] : ImmutableArray<string>.Empty)
            .Concat(plan.Weights.Select(given => given.Sha256))
            .Distinct(),
    ];

    /// <summary>
    /// Where a bundle's payload has a plan's files, or says that they lay: the <see cref="Experiment.Inputs"/> of
    /// running it again.
    /// </summary>
    /// <exception cref="InvalidDataException">The record of places is none.</exception>
    public static ImmutableSortedDictionary<string, string> In(ArtifactFolder payload, RunPlan plan) =>
        Places(payload).SetItems(
            Of(plan).Select(digest => KeyValuePair.Create(digest, Path.Combine(payload.Root, PathOf(digest)))));

    /// <summary>Writes down where an experiment's data files lie, for running it again; nothing where there are none.</summary>
    public static void RecordPlaces(ArtifactFolder payload, Experiment experiment)
    {
        ImmutableSortedDictionary<string, string> places = experiment.Inputs.RemoveRange(Of(experiment.Plan));
        if (!places.IsEmpty)
        {
            payload.Write(RecordOfPlaces, CanonicalJson.Serialize(new JsonObject(
                places.Select(place => KeyValuePair.Create(place.Key, (JsonNode?)Path.GetFullPath(place.Value))))));
        }
    }

    private static ImmutableSortedDictionary<string, string> Places(ArtifactFolder payload)
    {
        ImmutableSortedDictionary<string, string> none = ImmutableSortedDictionary<string, string>.Empty;
        if (!payload.Contains(RecordOfPlaces))
            return none;
        try
        {
            return CanonicalJson.Parse(payload.Read(RecordOfPlaces)) is JsonObject places
                ? none.SetItems(places.Select(place => KeyValuePair.Create(place.Key, Place(place.Value))))
                : throw new FormatException("expected an object");
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"{RecordOfPlaces}: {wrong.Message}", wrong);
        }
    }

    /// <summary>A stranger's bundle may name a pipe or a device, which would be read for ever.</summary>
    private static string Place(JsonNode? value)
    {
        string path = value?.GetValue<string>() ?? "";
        return path.Length == 0 || RegularFile.Is(new FileInfo(path))
            ? path
            : throw new FormatException($"found {path}, which is no regular file");
    }

    /// <summary>The bytes of an experiment's file.</summary>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not the file that the plan names.</exception>
    internal static byte[] Read(Experiment experiment, string sha256)
    {
        string path = experiment.Inputs.GetValueOrDefault(sha256)
            ?? throw new FileNotFoundException($"no file is known for the weights of SHA-256 {sha256}");
        byte[] bytes = File.ReadAllBytes(path);
        string found = ContentHash.Sha256(bytes);
        return found == sha256
            ? bytes
            : throw new InvalidDataException($"{path}: expected the weights of SHA-256 {sha256}, got {found}");
    }
}
