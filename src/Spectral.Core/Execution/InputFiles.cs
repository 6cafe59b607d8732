using System.Collections.Immutable;
using Spectral.Core.Formats;
using Spectral.Core.Plans;

namespace Spectral.Core.Execution;

/// <summary>
/// The weights files that a plan knows by their SHA-256 alone. A bundle carries their bytes, so that it can be run
/// again wherever it is.
/// </summary>
public static class InputFiles
{
    /// <summary>Where a bundle's payload keeps the file of a digest.</summary>
    public static string PathOf(string sha256) => $"inputs/{sha256}.safetensors";

    /// <summary>The digests of a plan's files, each once.</summary>
    public static ImmutableArray<string> Of(RunPlan plan) =>
    [
        .. (plan.InitialWeights is { } initial ? [initial] : ImmutableArray<string>.Empty)
            .Concat(plan.Weights.Select(given => given.Sha256))
            .Distinct(),
    ];

    /// <summary>
    /// Where a bundle's payload has a plan's files: the <see cref="Experiment.Inputs"/> of running it again.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> In(ArtifactFolder payload, RunPlan plan) =>
        Of(plan).ToImmutableSortedDictionary(
            digest => digest, digest => Path.Combine(payload.Root, PathOf(digest)), StringComparer.Ordinal);

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
