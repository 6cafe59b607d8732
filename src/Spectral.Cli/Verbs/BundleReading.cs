using System.Collections.Immutable;
using Spectral.Cli.Running;
using Spectral.Core;
using Spectral.Core.Bundles;
using Spectral.Core.Execution;
using Spectral.Core.Formats;
using Spectral.Core.Plans;
using Spectral.Core.Results;

namespace Spectral.Cli.Verbs;

/// <summary>Reads a bundle for a verb; whatever is wrong with it becomes a <see cref="DamagedBundleException"/>.</summary>
internal static class BundleReading
{
    /// <summary>The bundle's folder, with the facts of its bag.</summary>
    public static BundleFolder Open(string path) => Guarded(path, () => BundleFolder.Open(path));

    /// <summary>
    /// Everything that is wrong with a bundle: every hash, every rule of the format, and a plan that this version cannot
    /// read, since nothing can be said of the results of an unknown plan.
    /// </summary>
    public static ImmutableArray<BundleProblem> Problems(string path, CancellationToken cancellation)
    {
        ImmutableArray<BundleProblem> problems = BundleVerifier.VerifyUntil(path, cancellation);
        if (!problems.IsEmpty)
            return problems;
        try
        {
            _ = PlanJson.Parse(Open(path).Payload.Read(ResultFiles.Plan), Catalog.Components);
            return [];
        }
        catch (FormatException fault)
        {
            return
            [
                new BundleProblem(
                    "data/plan.json", fault.Message, $"a plan that {Software.NameAndVersion} reads; a newer version may"),
            ];
        }
    }

    /// <summary>The bundle, after everything was checked.</summary>
    public static BundleFolder OpenSound(string path, CancellationToken cancellation)
    {
        if (Problems(path, cancellation) is { IsEmpty: false } problems)
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
    /// <param name="cancellation">Asks to stop.</param>
    public static BundleDifference Compare(string a, string b, bool verify, CancellationToken cancellation)
    {
        BundleFolder first = verify ? OpenSound(a, cancellation) : Open(a);
        BundleFolder second = verify ? OpenSound(b, cancellation) : Open(b);
        return Guarded($"{a} beside {b}", () => BundleDifference.Of(first, second));
    }

    /// <summary>How far apart the bundle's author lets a rerun be.</summary>
    public static Tolerances Tolerances(string path, BundleFolder bundle) =>
        Guarded(path, () => ToleranceFile.In(bundle.Payload));

    private const int LongestMessage = 1000;

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException or IOException or InvalidOperationException)
        {
            throw new DamagedBundleException($"{path}: {SafeText.Of(failure.Message, LongestMessage)}", failure);
        }
    }
}
