using System.Collections.Immutable;

namespace Spectral.Core.Bundles;

/// <summary>A bundle that was found, with the stamp of its files at that moment.</summary>
/// <param name="Root">The absolute path of its folder.</param>
/// <param name="Stamp">What <see cref="BundleStamp"/> said.</param>
public sealed record FoundBundle(string Root, string Stamp);

/// <summary>
/// Looks for bundles in folders. Hidden folders, where drafts lie, and what lies in a bundle are passed over.
/// </summary>
public static class BundleSearch
{
    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = true, AttributesToSkip = 0 };

    // A link to a folder further up would make the search endless.
    private static readonly EnumerationOptions Real =
        new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The bundles directly in a folder, damaged ones too, in the order of their names.</summary>
    /// <param name="folder">The folder; where it is a bundle itself, that one alone is found.</param>
    /// <param name="isRecursive">Whether to search folders in the folder too, at any depth, without following links.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImmutableArray<FoundBundle> Find(string folder, bool isRecursive)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(root))
            throw new DirectoryNotFoundException($"there is no folder {folder}");
        if (BundleStamp.Of(root) is { } stamp)
            return [new FoundBundle(root, stamp)];
        return [.. Below(root, isRecursive).OrderBy(bundle => bundle.Root, StringComparer.Ordinal)];
    }

    private static IEnumerable<FoundBundle> Below(string root, bool isRecursive)
    {
        // Thousands of bundles mean tens of thousands of questions to the file system.
        (string Path, string? Stamp)[] folders =
        [
            .. Directory.EnumerateDirectories(root, "*", isRecursive ? Real : Visible)
                .Where(path => !Path.GetFileName(path.AsSpan()).StartsWith("."))
                .AsParallel()
                .Select(path => (path, BundleStamp.Of(path))),
        ];
        foreach ((string path, string? stamp) in folders)
        {
            if (stamp is not null)
                yield return new FoundBundle(path, stamp);
            else if (isRecursive)
            {
                foreach (FoundBundle found in Below(path, isRecursive))
                    yield return found;
            }
        }
    }
}
