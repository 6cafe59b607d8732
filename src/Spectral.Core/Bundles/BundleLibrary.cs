using System.Globalization;

namespace Spectral.Core.Bundles;

/// <summary>The bundles that stand side by side in one folder.</summary>
public static class BundleLibrary
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0 };

    /// <summary>
    /// Finds a sound bundle of the same run: same name, same plan, same numeric environment. A damaged one is not
    /// complete, and is passed over.
    /// </summary>
    /// <remarks>The cost is reading every file of the bundle that is found, and of damaged ones before it.</remarks>
    /// <param name="outFolder">Where bundles stand; need not exist.</param>
    /// <param name="identity">What is looked for.</param>
    /// <returns>The absolute path of the one with the lowest number, or null.</returns>
    public static string? FindComplete(string outFolder, BundleIdentity identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(outFolder);
        ArgumentNullException.ThrowIfNull(identity);
        var root = Path.GetFullPath(outFolder);
        if (!Directory.Exists(root))
            return null;
        return Directory.GetDirectories(root, identity.FolderName + "*", Everything)
            .Select(path => (Path: path, Number: Number(Path.GetFileName(path), identity)))
            .Where(candidate => candidate.Number is not null)
            .OrderBy(candidate => candidate.Number)
            .Select(candidate => candidate.Path)
            .FirstOrDefault(path => IsOf(path, identity) && BundleVerifier.Verify(path).IsEmpty);
    }

    private static bool IsOf(string path, BundleIdentity identity)
    {
        try
        {
            var bundle = BundleFolder.Open(path);
            return bundle.Name == identity.Name && bundle.PlanHash == identity.PlanHash
                && bundle.NumericEnvironment == identity.NumericEnvironment;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static int? Number(string name, BundleIdentity identity)
    {
        if (name == identity.FolderName)
            return 1;
        var suffix = name[identity.FolderName.Length..];
        return suffix.StartsWith('-')
            && int.TryParse(suffix.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 1 && suffix == string.Create(CultureInfo.InvariantCulture, $"-{number}")
                ? number : null;
    }
}
