using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Results;

namespace Spectral.Cli.Verbs;

/// <summary>Reads a bundle for a verb; whatever is wrong with it becomes a <see cref="DamagedBundleException"/>.</summary>
internal static class BundleReading
{
    /// <summary>The bundle's folder, with the facts of its bag.</summary>
    public static BundleFolder Open(string path) => Guarded(path, () => BundleFolder.Open(path));

    /// <summary>The bundle, after every hash and every rule was checked.</summary>
    public static BundleFolder OpenSound(string path)
    {
        if (BundleVerifier.Verify(path) is { IsEmpty: false } problems)
        {
            throw new DamagedBundleException(
                $"{path}: {problems[0].Path}: found {problems[0].Found}, expected {problems[0].Expected}"
                + (problems.Length > 1 ? $", and {problems.Length - 1} more; 'spectral verify' lists them" : ""));
        }

        return Open(path);
    }

    /// <summary>The results of a bundle's run.</summary>
    public static RunResult Results(string path, BundleFolder bundle) => Guarded(
        path, () => ResultFiles.Read(bundle.Payload, bundle.Name, bundle.Description, Catalog.Components));

    /// <summary>How far apart the bundle's author lets a rerun be.</summary>
    public static Tolerances Tolerances(string path, BundleFolder bundle) =>
        Guarded(path, () => ToleranceFile.In(bundle.Payload));

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException or IOException or InvalidOperationException)
        {
            throw new DamagedBundleException($"{path}: {failure.Message}", failure);
        }
    }
}
