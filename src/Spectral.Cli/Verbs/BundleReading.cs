using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;

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

    /// <summary>Two bundles side by side.</summary>
    /// <param name="a">The first bundle's folder.</param>
    /// <param name="b">The second's.</param>
    /// <param name="verify">Whether to check every hash and rule of both first.</param>
    public static BundleDifference Compare(string a, string b, bool verify)
    {
        BundleFolder first = verify ? OpenSound(a) : Open(a), second = verify ? OpenSound(b) : Open(b);
        return Guarded($"{a} beside {b}", () => BundleDifference.Of(first, second));
    }

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
